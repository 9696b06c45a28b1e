/** Accounts, one-time links and API tokens of a version before PostgreSQL. The server also takes them over when it starts. */
import { readFormerAccount, takeOverAccounts } from '../../agents/take-over-accounts.ts';
import type { Redis } from '../../lib/redis.ts';
import type { Records } from '../../records/records.ts';
import { createFormerAccounts } from '../../store/former-accounts.ts';
import type { RedisKeys } from '../../store/keys.ts';
import type { RecordFamily } from './record-family.ts';

interface AccountParts extends Pick<Records, 'accounts' | 'apiTokens'> {
  readonly redis: Redis;
  readonly keys: RedisKeys;
}

export function accountFamily({ redis, keys, accounts, apiTokens }: AccountParts): RecordFamily {
  const former = createFormerAccounts(redis, keys);
  return {
    name: 'accounts, links and API tokens',
    async *batches() {
      const [jsons, links, tokens] = await Promise.all([former.accounts(), former.links(), former.apiTokens()]);
      const stored = await Promise.all([
        ...jsons.map((json) => accounts.load(readFormerAccount(json).id)),
        ...links.map(({ tokenHash }) => accounts.readLink(tokenHash)),
        ...tokens.map(({ tokenHash }) => apiTokens.find(tokenHash)),
      ]);
      yield {
        found: stored.length,
        missing: stored.filter((each) => each === undefined).length,
        write: async () => void (await takeOverAccounts({ former, accounts, apiTokens })),
      };
    },
  };
}
