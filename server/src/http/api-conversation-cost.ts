/** What one conversation has cost so far, as the ledger knows it. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Redis } from 'ioredis';
import { createReports } from '../ledger/reports.ts';
import type { RedisKeys } from '../store/keys.ts';

export type ReadCost = (conversationId: string) => Promise<TicketDetail['cost']>;

export function createCostReader(redis: Redis, keys: RedisKeys): ReadCost {
  const reports = createReports(redis, keys);
  return async (conversationId) => {
    const { cost } = await reports.conversationCost(conversationId);
    return { usd: cost.fullUsd + cost.outputOnlyUsd, callsOfUnknownPrice: cost.unknownCalls };
  };
}
