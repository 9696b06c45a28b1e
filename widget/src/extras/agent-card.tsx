/** Once an agent has taken over: says when the agent is away or does not reply, and offers the assistant until then. */
import type { ChatState } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { useRedraw } from '../ui/use-redraw.ts';
import { Card } from './card.tsx';
import { ContactForm } from './contact-form.tsx';
import { useExtraTexts } from './extra-texts.ts';

const REDRAW_MS = 15_000;

export function AgentCard({ chat, state }: { chat: Chat; state: ChatState }) {
  const { agentAway, agentAwayNext, agentSilent, agentSilentNext, askAssistant } = useExtraTexts();
  useRedraw(REDRAW_MS);
  const { responder, site, messages, clockOffsetMs } = state;
  const { agent } = responder;
  const last = messages.findLast(({ from }) => from === 'visitor' || from === 'agent');
  const isWaiting = last?.from === 'visitor';
  const waitedMs = isWaiting ? Date.now() + clockOffsetMs - last.at : 0;
  const isSilent = waitedMs >= (site?.agentSilenceMinutes ?? 5) * 60_000;
  const isAway = agent?.online === false;
  const form = site?.mail === true && <ContactForm chat={chat} state={state} />;
  if (!isAway && !isSilent) return <>{form}</>;
  return (
    <Card
      chat={chat}
      title={isAway ? agentAway(agent.name) : agentSilent}
      text={isAway ? agentAwayNext : agentSilentNext}
      goOn={isWaiting ? askAssistant : undefined}
    >
      {form}
    </Card>
  );
}
