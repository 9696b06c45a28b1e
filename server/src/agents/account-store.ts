/** Accounts and one-time links in Redis. */

import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { mintToken, type TokenHash } from '../lib/tokens.ts';
import { type AccountStore, accountSchema, linkSchema } from '../records/account-store.ts';
import type { RedisKeys } from '../store/keys.ts';
import { ADD_ACCOUNT, REDEEM_LINK, REMOVE_ACCOUNT } from './account-scripts.ts';

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
