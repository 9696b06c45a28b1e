/** What the server's events change in the chat, once this tab has joined its conversation. */
import type { Message, TurnEvent, WidgetServerEvents } from '@firstword/shared/wire';
import { applyMessage, applyResponder } from './apply-event.ts';
import type { ChatState } from './chat-state.ts';
import type { FrameBatch } from './frame-batch.ts';

export type ChatReport = (...report: ['message', Message] | ['ticket' | 'error', object]) => void;

export function createChatEvents(
  read: () => ChatState,
  change: (next: (state: ChatState) => ChatState) => void,
  deltas: Pick<FrameBatch<TurnEvent>, 'add' | 'flush'>,
  report: ChatReport,
): Omit<WidgetServerEvents, 'session-start' | 'resync' | 'drain'> {
  return {
    message(message) {
      deltas.flush();
      const fresh = !read().messages.some(({ seq }) => seq === message.seq);
      change((held) => applyMessage(held, message));
      if (fresh) report('message', message);
    },
    'turn-event'(event) {
      deltas.add(event);
      if (event.type !== 'text-delta') deltas.flush();
    },
    responder(responder) {
      const before = read().responder.ticketId;
      change((held) => applyResponder(held, responder));
      if (responder.ticketId && responder.ticketId !== before) report('ticket', responder);
    },
    read: ({ seq }) => change((held) => (seq > held.readSeq ? { ...held, readSeq: seq } : held)),
    seen: ({ seq }) => change((held) => ({ ...held, seenSeq: seq })),
    typing: ({ on }) => change((held) => ({ ...held, agentTyping: on })),
    'other-message': ({ conversationId }) =>
      change((held) => ({ ...held, others: [...new Set([...(held.others ?? []), conversationId])] })),
    'other-erased': ({ conversationId }) =>
      change((held) => ({ ...held, others: held.others?.filter((id) => id !== conversationId) })),
  };
}
