/** Says what happens next while the visitor waits for an agent, and asks where to reply if they leave. */
import type { ChatState } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { useTexts } from '../texts.ts';
import { useRedraw } from '../ui/use-redraw.ts';
import { Card } from './card.tsx';
import { ContactForm } from './contact-form.tsx';
import { useExtraTexts } from './extra-texts.ts';
import { useUsualReply } from './reply-time.tsx';

const REDRAW_MS = 30_000;

/** `away`: when the team is back, formatted; undefined during opening hours. */
export function HandOffCard({ chat, state, away }: { chat: Chat; state: ChatState; away: string | undefined }) {
  const { handOffTitle, handOffNext, handOffCancel, awayNext, awayNextHere } = useExtraTexts();
  const usual = useUsualReply(state);
  useRedraw(REDRAW_MS);
  // Who has waited longer than usual is not promised the usual time.
  const waitedMs = Date.now() + state.clockOffsetMs - (state.messages.at(-1)?.at ?? 0);
  const isUsual = away === undefined && waitedMs < (state.site?.replyMinutes ?? 0) * 60_000;
  const mail = state.site?.mail === true;
  const { awayTitle } = useTexts();
  const title = away ? awayTitle : handOffTitle;
  const text = away ? (mail ? awayNext : awayNextHere)(away) : state.responder.label || handOffNext;
  return (
    <Card chat={chat} title={title} text={text} goOn={handOffCancel}>
      {isUsual && <p class="card__text">{usual}</p>}
      {mail && <ContactForm chat={chat} state={state} />}
    </Card>
  );
}
