/** Triage verdicts of tickets, their corrections by agents, and a confusion matrix of the corrections. */
import { type Actor, type Handling, handlingSchema, type StoredVerdict, type Ticket } from '@firstword/shared/ticket';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from '../store/keys.ts';
import { amended } from './ticket-rules.ts';
import type { TicketStore } from './ticket-store.ts';

export interface TriageCorrections {
  verdict(ticketId: string): Promise<StoredVerdict | undefined>;
  /** Undefined when the ticket does not exist or has no verdict. */
  correctVerdict(
    ticketId: string,
    correction: { handling: Handling; actor: Actor; idempotencyKey: string },
  ): Promise<Ticket | undefined>;
  /** How often a verdict was corrected, by old and new handling. */
  confusion(): Promise<{ from: Handling; to: Handling; count: number }[]>;
  /** Tickets with a corrected verdict, the latest correction first. */
  corrections(limit: number): Promise<{ ticket: Ticket; verdict: StoredVerdict }[]>;
}

export function createTriageCorrections(parts: {
  redis: Redis;
  keys: RedisKeys;
  store: TicketStore;
  now: () => number;
}): TriageCorrections {
  const { redis, keys, store, now } = parts;
  const confusionKey = keys.ticketIndex('confusion');
  /** Ticket → when its verdict was last corrected. */
  const correctedKey = keys.ticketIndex('corrected');

  return {
    verdict: async (ticketId) => (await store.load(ticketId))?.record.inner.verdict,

    async correctVerdict(ticketId, { handling, actor, idempotencyKey }) {
      let replaced: StoredVerdict | undefined;
      const outcome = await store.change<'no-verdict'>(
        ticketId,
        ({ record }) => {
          const { verdict } = record.inner;
          replaced = verdict;
          if (verdict === undefined) return { stop: 'no-verdict' };
          const next = amended(record, {}, { verdict: { ...verdict, correctedTo: handling } });
          const { state, version } = next.ticket;
          const reason = `${verdict.handling} → ${handling}`;
          return {
            store: {
              record: next,
              events: [{ at: now(), action: 'correct-verdict', actor, to: state, version, reason }],
            },
          };
        },
        { key: idempotencyKey, action: 'correct-verdict' },
      );
      if (outcome.kind === 'stored' && replaced !== undefined) {
        const { handling: from, correctedTo } = replaced;
        if (correctedTo !== undefined) await redis.hincrby(confusionKey, `${from}>${correctedTo}`, -1);
        await redis.hincrby(confusionKey, `${from}>${handling}`, 1);
        await redis.zadd(correctedKey, now(), ticketId);
      }
      return 'record' in outcome ? outcome.record.ticket : undefined;
    },

    async confusion() {
      const fields = await redis.hgetall(confusionKey);
      return Object.entries(fields).flatMap(([field, count]) => {
        const [from, to] = field.split('>').map((name) => handlingSchema.safeParse(name).data);
        return from && to && Number(count) > 0 ? [{ from, to, count: Number(count) }] : [];
      });
    },

    async corrections(limit) {
      const ids = await redis.zrevrange(correctedKey, 0, limit - 1);
      const loaded = await Promise.all(ids.map(store.load));
      return loaded.flatMap((found) => {
        const verdict = found?.record.inner.verdict;
        return found === undefined || verdict === undefined ? [] : [{ ticket: found.record.ticket, verdict }];
      });
    },
  };
}
