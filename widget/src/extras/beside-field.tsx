/** What a site adds to the message field: uploads, and a note about drafts. */
import type { Signal } from '@preact/signals';
import type { Chat } from '../chat/create-chat.ts';
import { Attach } from './attach.tsx';
import { readsDrafts, TypingNote } from './typing-note.tsx';

/** `dropped`: see `Attach`. */
export function BesideField({ chat, dropped }: { chat: Chat; dropped: Signal<readonly File[]> }) {
  const { site, responder } = chat.outline.value;
  return (
    <>
      {site?.uploads && <Attach chat={chat} dropped={dropped} />}
      {site?.answerWhileTyping && readsDrafts(responder) && <TypingNote chat={chat} />}
    </>
  );
}
