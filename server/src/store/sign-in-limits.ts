/**
 * Limits the password attempts of strangers: for one account, from one address, and in all. A browser in which the account
 * has signed in before has a limit of its own, which strangers can't use up. Sign-ins at the identity provider are counted separately.
 */
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Redis } from '../lib/redis.ts';
import type { TokenHash } from '../lib/tokens.ts';

export type SignInAttempt = PasswordAttempt | ProviderAttempt;

export interface PasswordAttempt {
  readonly email: string;
  /** The client's address, or its network. */
  readonly address: string;
  /** Id of a browser in which this account has signed in before. */
  readonly device: string | undefined;
}

/** At the identity provider: nothing can be guessed there, but each attempt asks the provider. */
export interface ProviderAttempt {
  readonly atProvider: true;
  readonly address: string;
}

export interface SignInLimits {
  /** Counts one attempt. @returns how long to wait, in ms, when none is left */
  spend(attempt: SignInAttempt): Promise<{ retryAfterMs: number } | undefined>;
  /** Takes one attempt back: its password was not checked. */
  refund(attempt: SignInAttempt): Promise<void>;
  /** Resets the count after a correct password. */
  forgive(attempt: SignInAttempt): Promise<void>;
}

const WINDOW_SECONDS = 15 * 60;
const LIMITS = {
  'account-address': 5,
  /** For all accounts: what a small office may mistype. Correct passwords don't count. */
  address: 20,
  /** More than from one address, so that one stranger can't lock out an owner who uses a new browser. */
  account: 10,
  /** By strangers, whatever account and address: bounds spraying from many networks. */
  all: 300,
  device: 10,
  provider: 20,
} as const;
type LimitName = keyof typeof LIMITS;
/** Limits that agents share: one who signs in takes back only their own attempt. */
const OF_MANY: readonly LimitName[] = ['address', 'all', 'provider'];

/**
 * @param keyPrefix what the limiters' keys start with
 * @param hide e-mail and network addresses are stored in no other form
 */
export function createSignInLimits(redis: Redis, keyPrefix: string, hide: TokenHash): SignInLimits {
  const limiter = (name: LimitName) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `${keyPrefix}:${name}`,
      points: LIMITS[name],
      duration: WINDOW_SECONDS,
      // Further attempts are rejected from memory, without a Redis command.
      inMemoryBlockOnConsumed: LIMITS[name] + 1,
    });
  const limiters = {
    'account-address': limiter('account-address'),
    address: limiter('address'),
    account: limiter('account'),
    all: limiter('all'),
    device: limiter('device'),
    provider: limiter('provider'),
  };
  /** From the narrowest to the widest, so that what a narrow one refuses doesn't count for a wide one. */
  const keysOf = (attempt: SignInAttempt): [limiter: LimitName, key: string][] => {
    if ('atProvider' in attempt) return [['provider', hide(attempt.address)]];
    const { email, address, device } = attempt;
    return device === undefined
      ? [
          ['account-address', hide(`${email} ${address}`)],
          ['address', hide(address)],
          ['account', hide(email)],
          ['all', 'all'],
        ]
      : [['device', hide(`${email} ${device}`)]];
  };
  return {
    async spend(attempt) {
      try {
        for (const [name, key] of keysOf(attempt)) await limiters[name].consume(key);
        return undefined;
      } catch (rejection) {
        if (rejection instanceof RateLimiterRes) return { retryAfterMs: rejection.msBeforeNext };
        throw rejection;
      }
    },
    async refund(attempt) {
      await Promise.all(keysOf(attempt).map(([name, key]) => limiters[name].reward(key)));
    },
    async forgive(attempt) {
      await Promise.all(
        keysOf(attempt).map(([name, key]) =>
          OF_MANY.includes(name) ? limiters[name].reward(key) : limiters[name].delete(key),
        ),
      );
    },
  };
}
