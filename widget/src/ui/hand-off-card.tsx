/** Says what happens next while a person is being called, and asks where to write when the visitor leaves. */
import type { ChatState } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';
import { useExtras } from './use-extras.ts';

export function HandOffCard({ chat, state }: { chat: Chat; state: ChatState }) {
  const { handOffTitle, handOffNext } = texts.value;
  const extras = useExtras();
  return (
    <section class="card" aria-label={handOffTitle}>
      <Icon name="person" />
      <div class="card__body">
        <p class="card__title">{handOffTitle}</p>
        <p class="card__text" dir="auto">
          {state.handler.label || handOffNext}
        </p>
        {extras && <extras.ContactForm chat={chat} state={state} />}
      </div>
    </section>
  );
}
