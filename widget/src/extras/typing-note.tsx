/** Informs visitors that drafts are sent, and fetches the code that sends them once the message field has the focus. */
import { DRAFT_TEXT_MAX, DRAFTS_PER_MESSAGE } from '@firstword/shared/limits';
import type { ResponderChange } from '@firstword/shared/wire';
import { useEffect, useRef } from 'preact/hooks';
import { runningTurn } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { useExtraTexts } from './extra-texts.ts';

export function TypingNote({ chat }: { chat: Chat }) {
  const note = useRef<HTMLParagraphElement>(null);
  const { answerWhileTyping } = useExtraTexts();
  useEffect(() => {
    const area = note.current?.parentElement?.querySelector('textarea');
    if (!area) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    async function watch() {
      // Fetched again after a failure, at the next focus.
      const loaded = await import('../typing.ts').catch(() => undefined);
      if (area && loaded && !isOver) stop ??= loaded.watchTyping(area, chat.draft, draftsOf(chat));
    }
    area.setAttribute('aria-describedby', 'typing-note');
    area.addEventListener('focus', watch);
    if (area.matches(':focus')) void watch();
    return () => {
      isOver = true;
      stop?.();
      area.removeAttribute('aria-describedby');
      area.removeEventListener('focus', watch);
    };
  }, [chat]);
  return (
    <p ref={note} id="typing-note" class="typing-note">
      {answerWhileTyping}
    </p>
  );
}

/** Also asked when a draft is sent: an agent may have taken over since the note was drawn. */
export const readsDrafts = ({ responder }: Pick<ResponderChange, 'responder'>) =>
  responder === 'assistant' || responder === 'waiting-agent';

function draftsOf(chat: Chat) {
  return {
    ask: (text: string) => chat.ask('draft', { text }),
    maySend() {
      const state = chat.state.value;
      if (!readsDrafts(state.responder)) return false;
      return state.connection.kind === 'online' && state.outgoing.length === 0 && runningTurn(state) === undefined;
    },
    textMax: DRAFT_TEXT_MAX,
    draftsPerMessage: DRAFTS_PER_MESSAGE,
  };
}
