/** Accounts, one-time links and API tokens as versions before PostgreSQL stored them here. */
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

export interface FormerLink {
  readonly tokenHash: string;
  readonly json: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface FormerAccounts {
  accounts(): Promise<string[]>;
  links(): Promise<FormerLink[]>;
  apiTokens(): Promise<{ readonly tokenHash: string; readonly json: string }[]>;
  /** Lets them end in a day; until then, processes of the version before still find them. */
  expire(): Promise<void>;
}

const KEEP_SECONDS = 24 * 60 * 60;
const STEP = 500;

export function createFormerAccounts(redis: Redis, keys: RedisKeys, now: () => number = Date.now): FormerAccounts {
  const linkPrefix = keys.agentLink('');
  return {
    accounts: () => redis.hvals(keys.agentAccounts()),
    async links() {
      const found: FormerLink[] = [];
      let cursor = '0';
      do {
        const [next, names] = await redis.scan(cursor, 'MATCH', keys.allAgentLinks(), 'COUNT', STEP);
        for (const name of names) {
          const [json, leftMs] = await Promise.all([redis.get(name), redis.pttl(name)]);
          if (json === null || leftMs <= 0) continue;
          found.push({ tokenHash: name.slice(linkPrefix.length), json, expiresAt: now() + leftMs });
        }
        cursor = next;
      } while (cursor !== '0');
      return found;
    },
    async apiTokens() {
      return Object.entries(await redis.hgetall(keys.apiTokens())).map(([tokenHash, json]) => ({ tokenHash, json }));
    },
    async expire() {
      for (const key of [keys.agentAccounts(), keys.agentEmails(), keys.apiTokens()])
        if ((await redis.ttl(key)) === -1) await redis.expire(key, KEEP_SECONDS);
    },
  };
}
