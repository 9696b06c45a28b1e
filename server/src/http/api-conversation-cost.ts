/** What one conversation has cost so far, from the totals that the ledger keeps for it. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Redis } from 'ioredis';
import type { RedisKeys } from '../store/keys.ts';

export type ReadCost = (conversationId: string) => Promise<TicketDetail['cost']>;

export function createCostReader(redis: Redis, keys: RedisKeys): ReadCost {
  return async (conversationId) => {
    const totals = Object.entries(await redis.hgetall(keys.conversationCost(conversationId)));
    const sum = (field: string) =>
      totals.reduce((total, [name, value]) => (name.endsWith(`:${field}`) ? total + Number(value) : total), 0);
    return { usd: sum('usd'), callsOfUnknownPrice: sum('callsOfUnknownPrice') };
  };
}
