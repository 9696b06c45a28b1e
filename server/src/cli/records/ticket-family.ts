/** Tickets of a release before PostgreSQL. A start of the server moves them, too. */
import type { Log } from '../../lib/log.ts';
import type { Redis } from '../../lib/redis.ts';
import type { TicketStore } from '../../records/ticket-store.ts';
import { createFormerTickets } from '../../store/former-tickets.ts';
import type { RedisKeys } from '../../store/keys.ts';
import { createTicketChannel } from '../../store/ticket-channel.ts';
import { createTicketHeads } from '../../store/ticket-heads.ts';
import { importFormerTickets } from '../../tickets/former-ticket-import.ts';
import type { RecordFamily } from './record-family.ts';

interface TicketParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly store: TicketStore;
  readonly log: Log;
}

export function ticketFamily({ redis, keys, store, log }: TicketParts): RecordFamily {
  const former = createFormerTickets(redis, keys);
  const heads = createTicketHeads(redis, keys);
  const channel = createTicketChannel(redis, keys);
  return {
    name: 'tickets',
    async *batches() {
      const found = await former.count(); // only those that are not moved yet
      yield {
        found,
        missing: found,
        write: async () => void (await importFormerTickets({ former, store, heads, channel, log })),
      };
    },
  };
}
