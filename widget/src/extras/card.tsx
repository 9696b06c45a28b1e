/** A card at the end of the conversation: who answers next, and a button to continue with the assistant. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';

export function Card(props: {
  chat: Pick<Chat, 'ask'>;
  title: string;
  text: string;
  /** Label of the button that continues with the assistant; no button if undefined. */
  goOn: string | undefined;
  children: ComponentChildren;
}) {
  const { chat, title, text, goOn, children } = props;
  const { notSaved } = useExtraTexts();
  const [failed, setFailed] = useState(false);
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
        {children}
        {goOn !== undefined && (
          <button
            type="button"
            class="link"
            onClick={async () => setFailed(!(await chat.ask('hand-off-cancel', {}))?.ok)}
          >
            {goOn}
          </button>
        )}
        {failed && (
          <p class="note note--bad" role="alert">
            {notSaved}
          </p>
        )}
      </div>
    </section>
  );
}
