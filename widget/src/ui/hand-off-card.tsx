/** Says what happens next while a person is being called, and asks where to write when the visitor leaves. */
import type { ChatState } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';
import { useAway } from './use-away.ts';
import { useExtras } from './use-extras.ts';

export function HandOffCard({ chat, state }: { chat: Chat; state: ChatState }) {
  const { handOffTitle, handOffNext, awayTitle, awayNext } = texts.value;
  const extras = useExtras();
  const away = useAway(state);
  const title = away ? awayTitle : handOffTitle;
  return (
    <section class="card" aria-label={title}>
      <Icon name="person" />
      <div class="card__body">
        <p class="card__title">{title}</p>
        <p class="card__text" dir="auto">
          {away ? awayNext(away) : state.handler.label || handOffNext}
        </p>
        {extras && <extras.ContactForm chat={chat} state={state} />}
      </div>
    </section>
  );
}
