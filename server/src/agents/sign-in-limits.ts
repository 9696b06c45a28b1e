/** Bounds how many passwords are checked for one account, from one address and from all of them together. */
import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { hashId } from '../lib/tokens.ts';

export interface SignInLimits {
  /** Spends one guess. @returns how long to wait, in ms, when there is none left */
  spend(email: string, ip: string): Promise<{ retryAfterMs: number } | undefined>;
  /** After a right password: the account's owner is not held to earlier typing errors. */
  forgive(email: string, ip: string): Promise<void>;
}

const WINDOW_SECONDS = 15 * 60;
const GUESSES_FROM_ONE_ADDRESS = 5;
/** More than one address has, so that a stranger alone cannot lock somebody else out. */
const GUESSES_FROM_ALL_ADDRESSES = 10;

/** @param keyPrefix what the limiters' keys start with */
export function createSignInLimits(redis: Redis, keyPrefix: string): SignInLimits {
  const limiter = (name: string, points: number) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `${keyPrefix}:${name}`,
      points,
      duration: WINDOW_SECONDS,
      // Whoever goes on guessing is turned away from memory, at no cost to Redis.
      inMemoryBlockOnConsumed: points + 1,
    });
  const perAddress = limiter('account-address', GUESSES_FROM_ONE_ADDRESS);
  const perAccount = limiter('account', GUESSES_FROM_ALL_ADDRESSES);
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
