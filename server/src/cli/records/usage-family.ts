/** Model calls and visits of a version before PostgreSQL, with their totals. Only this command takes them over. */
import { entriesOf, takeOverUsage } from '../../ledger/take-over-usage.ts';
import type { Redis } from '../../lib/redis.ts';
import type { UsageStore } from '../../records/usage-store.ts';
import { createFormerUsage } from '../../store/former-usage.ts';
import type { RedisKeys } from '../../store/keys.ts';
import type { RecordFamily } from './record-family.ts';

interface UsageParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly usage: UsageStore;
}

export function usageFamily({ redis, keys, usage }: UsageParts): RecordFamily {
  const former = createFormerUsage(redis, keys);
  return {
    name: 'model calls and totals',
    async *batches() {
      for await (const record of former.read()) {
        const entries = entriesOf(record);
        // What is taken over leaves Redis, so what is found is missing.
        yield { found: entries, missing: entries, write: () => takeOverUsage({ former, usage }, record) };
      }
    },
  };
}
