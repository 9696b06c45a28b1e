/** Says what happens next while the visitor waits for an agent, and asks where to reply if they leave. */
import type { ChatState } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { useTexts } from '../texts.ts';
import { Card } from './card.tsx';
import { ContactForm } from './contact-form.tsx';
import { useExtraTexts } from './extra-texts.ts';

/** `away`: when the team is back, formatted; undefined during opening hours. */
export function HandOffCard({ chat, state, away }: { chat: Chat; state: ChatState; away: string | undefined }) {
  const { handOffTitle, handOffNext, handOffCancel, awayNext, awayNextHere } = useExtraTexts();
  const mail = state.site?.mail === true;
  const { awayTitle } = useTexts();
  const title = away ? awayTitle : handOffTitle;
  const text = away ? (mail ? awayNext : awayNextHere)(away) : state.responder.label || handOffNext;
  return (
    <Card chat={chat} title={title} text={text} goOn={handOffCancel}>
      {mail && <ContactForm chat={chat} state={state} />}
    </Card>
  );
}
