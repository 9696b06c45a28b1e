/** API tokens, which programs use instead of an agent's session. Only their hashes are stored. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { mintToken, type TokenHash } from '../lib/tokens.ts';
import type { RedisKeys } from '../store/keys.ts';

/** `models` is only for the model API; the others are for the REST API. */
export const API_SCOPES = ['read', 'write', 'models'] as const;
const programSchema = z.object({
  id: z.string(),
  /** Shown as the author of the program's actions. */
  name: z.string(),
  /** `write` includes reading. */
  scope: z.enum(API_SCOPES),
  createdAt: z.number(),
});
export type Program = z.infer<typeof programSchema>;

export interface ApiTokens {
  /** @returns the token, which can't be shown again */
  add(name: string, scope: Program['scope']): Promise<{ token: string; program: Program }>;
  /** Oldest first. */
  list(): Promise<Program[]>;
  /** Revokes the token immediately. False when the program does not exist. */
  remove(id: string): Promise<boolean>;
  /** The program behind a token; undefined when there is none. */
  check(token: string): Promise<Program | undefined>;
}

/** Lets secret scanners recognize a leaked token. */
const PREFIX = 'fw_';

export function createApiTokens(redis: Redis, keys: RedisKeys, tokenHash: TokenHash): ApiTokens {
  const parse = (json: string) => programSchema.parse(JSON.parse(json));
  return {
    async add(name, scope) {
      const token = `${PREFIX}${mintToken()}`;
      const program: Program = { id: randomUUID(), name, scope, createdAt: Date.now() };
      await redis.hset(keys.apiTokens(), tokenHash(token), JSON.stringify(program));
      return { token, program };
    },
    async list() {
      const programs = (await redis.hvals(keys.apiTokens())).map(parse);
      return programs.sort((one, other) => one.createdAt - other.createdAt);
    },
    async remove(id) {
      const entries = Object.entries(await redis.hgetall(keys.apiTokens()));
      const hashes = entries.flatMap(([hash, json]) => (parse(json).id === id ? [hash] : []));
      return hashes.length > 0 && (await redis.hdel(keys.apiTokens(), ...hashes)) > 0;
    },
    async check(token) {
      if (!token.startsWith(PREFIX)) return undefined;
      const json = await redis.hget(keys.apiTokens(), tokenHash(token));
      return json === null ? undefined : parse(json);
    },
  };
}
