/** Codes with which visitors confirm that an e-mail address is theirs. The confirmed one is kept in the conversation's head. */
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { TokenHash } from '../lib/tokens.ts';
import type { RedisKeys } from './keys.ts';

export interface AddressCodes {
  /** Six digits, which replace the conversation's code before; undefined after too many codes in an hour. */
  issue(conversationId: string, email: string): Promise<string | undefined>;
  /** `gone`: there is no code, or it was tried too often. */
  confirm(conversationId: string, code: string): Promise<'confirmed' | 'wrong' | 'gone'>;
  /** The address that the visitor has confirmed last. */
  confirmedOf(conversationId: string): Promise<string | undefined>;
}

const CODE_SECONDS = 15 * 60;
const TRIES_MAX = 5;
const HOUR_SECONDS = 60 * 60;
/** For one conversation, and for one address, which strangers might enter in many conversations. */
const CODES_PER_HOUR = 5;

/** KEYS counter · ARGV seconds */
const COUNT = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
`;
/** KEYS code · ARGV email, code's hash, seconds */
const ISSUE = `
redis.call('HSET', KEYS[1], 'email', ARGV[1], 'code', ARGV[2], 'tries', 0)
return redis.call('EXPIRE', KEYS[1], ARGV[3])
`;
/** KEYS code, head · ARGV code's hash, tries */
const CONFIRM = `
local code = redis.call('HMGET', KEYS[1], 'email', 'code')
if not code[1] or redis.call('EXISTS', KEYS[2]) == 0 then return 'gone' end
if redis.call('HINCRBY', KEYS[1], 'tries', 1) > tonumber(ARGV[2]) then
  redis.call('DEL', KEYS[1])
  return 'gone'
end
if code[2] ~= ARGV[1] then return 'wrong' end
redis.call('HSET', KEYS[2], 'confirmedEmail', code[1])
redis.call('DEL', KEYS[1])
return 'confirmed'
`;

const outcomeSchema = z.enum(['confirmed', 'wrong', 'gone']);

export function createAddressCodes(redis: Redis, keys: RedisKeys, tokenHash: TokenHash): AddressCodes {
  const count = defineScript(redis, 'fwCodeCount', 1, COUNT);
  const issue = defineScript(redis, 'fwCodeIssue', 1, ISSUE);
  const confirm = defineScript(redis, 'fwCodeConfirm', 2, CONFIRM);
  const isTooMany = async (key: string) => z.int().parse(await count([key], [HOUR_SECONDS])) > CODES_PER_HOUR;
  /** Keyed, because a million codes are soon tried. */
  const hashOf = (conversationId: string, code: string) => tokenHash(`${conversationId} ${code}`);
  return {
    async issue(conversationId, email) {
      if (await isTooMany(keys.addressCodeCount(conversationId))) return undefined;
      if (await isTooMany(keys.codesTo(tokenHash(email.toLowerCase())))) return undefined;
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      await issue([keys.addressCode(conversationId)], [email, hashOf(conversationId, code), CODE_SECONDS]);
      return code;
    },
    async confirm(conversationId, code) {
      const own = [keys.addressCode(conversationId), keys.head(conversationId)];
      return outcomeSchema.parse(await confirm(own, [hashOf(conversationId, code), TRIES_MAX]));
    },
    async confirmedOf(conversationId) {
      return (await redis.hget(keys.head(conversationId), 'confirmedEmail')) ?? undefined;
    },
  };
}
