/** Limits the password attempts for one account, per IP address and in total. */

import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Redis } from '../lib/redis.ts';
import { hashId } from '../lib/tokens.ts';

export interface SignInLimits {
  /** Counts one attempt. @returns how long to wait, in ms, when none is left */
  spend(email: string, ip: string): Promise<{ retryAfterMs: number } | undefined>;
  /** Resets the count after a correct password. */
  forgive(email: string, ip: string): Promise<void>;
}

const WINDOW_SECONDS = 15 * 60;
const ATTEMPTS_FROM_ONE_ADDRESS = 5;
/** More than from one address, so that one stranger can't lock out the account's owner. */
const ATTEMPTS_FROM_ALL_ADDRESSES = 10;

/** @param keyPrefix what the limiters' keys start with */
export function createSignInLimits(redis: Redis, keyPrefix: string): SignInLimits {
  const limiter = (name: string, points: number) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `${keyPrefix}:${name}`,
      points,
      duration: WINDOW_SECONDS,
      // Further attempts are rejected from memory, without a Redis command.
      inMemoryBlockOnConsumed: points + 1,
    });
  const perAddress = limiter('account-address', ATTEMPTS_FROM_ONE_ADDRESS);
  const perAccount = limiter('account', ATTEMPTS_FROM_ALL_ADDRESSES);
  const account = (email: string) => hashId(email);
  const address = (email: string, ip: string) => hashId(`${email} ${ip}`);
  return {
    async spend(email, ip) {
      try {
        await perAddress.consume(address(email, ip));
        await perAccount.consume(account(email));
        return undefined;
      } catch (rejection) {
        if (rejection instanceof RateLimiterRes) return { retryAfterMs: rejection.msBeforeNext };
        throw rejection;
      }
    },
    async forgive(email, ip) {
      await Promise.all([perAddress.delete(address(email, ip)), perAccount.delete(account(email))]);
    },
  };
}
