/** The conversations and tickets of a test console, and what agents sent and typed there. */
import { randomUUID } from 'node:crypto';
import { createReplySender } from '@firstword/server/conversation/reply-sender';
import type { Redis } from '@firstword/server/lib/redis';
import type { TicketStore } from '@firstword/server/records/ticket-store';
import { createConversationStore } from '@firstword/server/store/conversation-store';
import type { RedisKeys } from '@firstword/server/store/keys';
import { createPictureNames } from '@firstword/server/store/picture-names';
import { createReplyPermits } from '@firstword/server/store/reply-permits';
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import { createAgentConversations } from './agent-conversations.ts';
import { createTestTickets } from './test-tickets.ts';

export type ConsoleTickets = ReturnType<typeof createConsoleTickets>;

export function createConsoleTickets(parts: {
  readonly redis: Redis;
  readonly subscriber: Redis;
  readonly keys: RedisKeys;
  readonly ticketStore: TicketStore;
  readonly now: () => number;
}) {
  const { redis, subscriber, keys, ticketStore, now } = parts;
  const tickets = createTestTickets({ redis, subscriber, keys, now, store: ticketStore });
  const store = createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 60 });
  const published: Message[] = [];
  const edited: number[] = [];
  const conversations = createAgentConversations(store, (_conversationId, event) => {
    if (event.type === 'message') published.push(event.message);
  });
  return {
    forApi: {
      tickets,
      store,
      sendReply: createReplySender({
        pictureOf: createPictureNames(redis, keys).of,
        permits: createReplyPermits(redis, keys),
        tickets,
        conversations,
        onEdited: (_ticket, share) => void edited.push(share),
      }),
    },
    published,
    edited,
    /** Opens a ticket for a visitor who has sent one message. */
    async openTicket(siteId = 'acme'): Promise<Ticket> {
      const conversationId = randomUUID();
      const sent = { siteId, visitorId: 'v', id: randomUUID(), text: 'Where is my lamp?', at: now() };
      await store.append({ ...sent, conversationId, turnId: randomUUID() });
      const { ticket } = await tickets.openNow({
        siteId,
        conversationId,
        openedBy: 'assistant',
        reason: 'complex',
        urgency: 'normal',
        firstLine: sent.text,
        waitingSince: now(),
        verdict: { handling: 'complex', reasons: ['model'] },
        idempotencyKey: randomUUID(),
        analyse: false,
      });
      return ticket;
    },
  };
}
