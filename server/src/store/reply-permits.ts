/** Lets one agent's reply to each version of a ticket reach the visitor. */
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

export interface ReplyPermits {
  /** Idempotency key of the reply that has the permit. */
  holder(ticketId: string, version: number): Promise<string | undefined>;
  /** False when another reply has it. */
  request(ticketId: string, version: number, idempotencyKey: string): Promise<boolean>;
}

/** Longer than a page retries a request, short enough that a closed page does not lock out other agents. */
const PERMIT_SECONDS = 60;

export function createReplyPermits(redis: Redis, keys: RedisKeys): ReplyPermits {
  const holder = async (ticketId: string, version: number) =>
    (await redis.get(keys.replyPermit(ticketId, version))) ?? undefined;
  return {
    holder,
    async request(ticketId, version, idempotencyKey) {
      const permit = keys.replyPermit(ticketId, version);
      const isOurs = (await redis.set(permit, idempotencyKey, 'EX', PERMIT_SECONDS, 'NX')) === 'OK';
      return isOurs || (await holder(ticketId, version)) === idempotencyKey;
    },
  };
}
