/** Below the visitor's last message: that it has arrived, and when, or that the agent has read it. The assistant's answer says as much by itself. */
import type { Message } from '@firstword/shared/wire';
import type { Chat } from '../chat/create-chat.ts';
import { Time } from '../ui/time.tsx';
import { useExtraTexts } from './extra-texts.ts';

export function Delivered({ chat, message }: { chat: Chat; message: Message }) {
  const { delivered, seen } = useExtraTexts();
  const { responder, messages, outgoing, clockOffsetMs, seenSeq = 0 } = chat.outline.value;
  const isAgents = responder.responder === 'agent' || responder.responder === 'waiting-agent';
  const isLast = messages.findLast(({ from }) => from === 'visitor')?.seq === message.seq;
  if (!isAgents || !isLast || outgoing.length > 0) return null;
  if (responder.responder === 'agent' && seenSeq >= message.seq) return <p class="note delivered">{seen}</p>;
  return (
    <p class="note delivered">
      {delivered} · <Time at={message.at} clockOffsetMs={clockOffsetMs} />
    </p>
  );
}
