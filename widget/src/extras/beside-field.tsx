/** What a site adds to the message field: uploads, and a note about drafts. */
import type { Signal } from '@preact/signals';
import type { Chat } from '../chat/create-chat.ts';
import { Attach } from './attach.tsx';
import { TypingNote } from './typing-note.tsx';

/** `dropped`: see `Attach`. */
export function BesideField({ chat, dropped }: { chat: Chat; dropped: Signal<readonly File[]> }) {
  const { site, responder } = chat.outline.value;
  const isAssistants = responder.responder === 'assistant' || responder.responder === 'waiting-agent';
  return (
    <>
      {site?.uploads && <Attach chat={chat} dropped={dropped} />}
      {site?.answerWhileTyping && isAssistants && <TypingNote chat={chat} />}
    </>
  );
}
