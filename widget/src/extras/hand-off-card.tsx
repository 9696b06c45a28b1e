/** Says what happens next while the visitor waits for an agent, and asks where to reply if they leave. */

import { useState } from 'preact/hooks';
import type { ChatState } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { useTexts } from '../texts.ts';
import { ContactForm } from './contact-form.tsx';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';

/** `away`: when the team is back, formatted; undefined during opening hours. */
export function HandOffCard({ chat, state, away }: { chat: Chat; state: ChatState; away: string | undefined }) {
  const { handOffTitle, handOffNext, handOffCancel, awayNext, awayNextHere, notSaved } = useExtraTexts();
  const [failed, setFailed] = useState(false);
  const mail = state.site?.mail === true;
  const { awayTitle } = useTexts();
  const title = away ? awayTitle : handOffTitle;
  const text = away ? (mail ? awayNext : awayNextHere)(away) : state.responder.label || handOffNext;
  return (
    <section class="card" aria-label={title}>
      <ExtraIcon name="person" />
      <div class="card__body">
        <p class="card__title" key={title}>
          {title}
        </p>
        <p class="card__text" key={text} dir="auto">
          {text}
        </p>
        {mail && <ContactForm chat={chat} state={state} />}
        <button
          type="button"
          class="link"
          onClick={async () => setFailed(!(await chat.ask('hand-off-cancel', {}))?.ok)}
        >
          {handOffCancel}
        </button>
        {failed && (
          <p class="note note--bad" role="alert">
            {notSaved}
          </p>
        )}
      </div>
    </section>
  );
}
