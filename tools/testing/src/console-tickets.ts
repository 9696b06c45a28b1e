/** The conversations and tickets of a test console, and what agents sent and typed there. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAttachments } from '@firstword/server/conversation/attachments';
import { createReplySender } from '@firstword/server/conversation/reply-sender';
import type { Redis } from '@firstword/server/lib/redis';
import type { TicketStore } from '@firstword/server/records/ticket-store';
import { createConversationStore } from '@firstword/server/store/conversation-store';
import { createFileStore } from '@firstword/server/store/file-store';
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
  const folder = join(tmpdir(), `firstword-console-${randomUUID()}`);
  const files = createFileStore(redis, keys, { folder, filesMax: 20, graceMs: 60_000 });
  const attachments = createAttachments({
    files,
    quota: { reserve: async () => ({ kind: 'reserved', settle: async () => {} }) },
    uploadsOf: (siteId) => (siteId === 'acme' ? { maxMb: 1, types: ['png', 'pdf', 'txt'] } : undefined),
  });
  return {
    forApi: {
      attachments,
      tickets,
      store,
      sendReply: createReplySender({
        pictureOf: createPictureNames(redis, keys).of,
        permits: createReplyPermits(redis, keys),
        tickets,
        conversations,
        attachments,
        onEdited: (_ticket, share) => void edited.push(share),
      }),
    },
    conversations,
    store,
    published,
    edited,
    files,
    removeFiles: () => rm(folder, { recursive: true, force: true }),
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
