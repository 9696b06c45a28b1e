/** Accounts and one-time links in Redis. */
import { AGENT_ROLES } from '@firstword/shared/console-wire';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { defineScript } from '../lib/redis-script.ts';
import { mintToken, type TokenHash } from '../lib/tokens.ts';
import type { RedisKeys } from '../store/keys.ts';
import { type Account, accountSchema } from './account.ts';
import { ADD_ACCOUNT, REDEEM_LINK, REMOVE_ACCOUNT } from './account-scripts.ts';

const linkSchema = z.discriminatedUnion('kind', [
  /** Creates the first account; invalid once an account exists. */
  z.object({ kind: z.literal('first-run') }),
  z.object({ kind: z.literal('invite'), email: z.string(), role: z.enum(AGENT_ROLES) }),
  z.object({ kind: z.literal('reset'), email: z.string() }),
]);
export type Link = z.infer<typeof linkSchema>;

export interface AccountStore {
  count(): Promise<number>;
  load(id: string): Promise<Account | undefined>;
  find(email: string): Promise<Account | undefined>;
  list(): Promise<Account[]>;
  /** False when the e-mail address has an account. */
  add(account: Account): Promise<boolean>;
  remove(account: Account): Promise<void>;
  /** @returns the token, of which only the hash is stored */
  openLink(link: Link, seconds: number): Promise<string>;
  readLink(token: string): Promise<Link | undefined>;
  /** Redeems the link; after `taken` it stays usable for another e-mail address. */
  redeem(token: string, link: Link, account: Account): Promise<'done' | 'taken' | 'refused'>;
}

export function createAccountStore(redis: Redis, keys: RedisKeys, tokenHash: TokenHash): AccountStore {
  const add = defineScript(redis, 'fwAgentAdd', 2, ADD_ACCOUNT);
  const remove = defineScript(redis, 'fwAgentRemove', 2, REMOVE_ACCOUNT);
  const redeem = defineScript(redis, 'fwAgentRedeem', 3, REDEEM_LINK);
  const [accounts, emails] = [keys.agentAccounts(), keys.agentEmails()];
  const parse = (json: string) => accountSchema.parse(JSON.parse(json));
  const load = async (id: string) => {
    const json = await redis.hget(accounts, id);
    return json === null ? undefined : parse(json);
  };

  return {
    count: () => redis.hlen(accounts),
    load,
    async find(email) {
      const id = await redis.hget(emails, email);
      return id === null ? undefined : load(id);
    },
    async list() {
      const found = (await redis.hvals(accounts)).map(parse);
      return found.sort((one, other) => one.email.localeCompare(other.email));
    },
    async add(account) {
      return (await add([accounts, emails], [account.id, account.email, JSON.stringify(account)])) === 1;
    },
    async remove({ id, email }) {
      await remove([accounts, emails], [id, email]);
    },
    async openLink(link, seconds) {
      const token = mintToken();
      await redis.set(keys.agentLink(tokenHash(token)), JSON.stringify(link), 'EX', seconds);
      return token;
    },
    async readLink(token) {
      const json = await redis.get(keys.agentLink(tokenHash(token)));
      return json === null ? undefined : linkSchema.parse(JSON.parse(json));
    },
    async redeem(token, { kind }, account) {
      const reply = await redeem(
        [accounts, emails, keys.agentLink(tokenHash(token))],
        [kind, account.id, account.email, JSON.stringify(account)],
      );
      return z.enum(['done', 'taken', 'refused']).parse(reply);
    },
  };
}
