/** The kinds of records that are migrated, in the order in which they refer to one another. A new one is listed here. */
import type { Log } from '../../lib/log.ts';
import type { Redis } from '../../lib/redis.ts';
import type { Records } from '../../records/records.ts';
import type { RedisKeys } from '../../store/keys.ts';
import { accountFamily } from './account-family.ts';
import { conversationFamily } from './conversation-family.ts';
import type { RecordFamily } from './record-family.ts';
import { ticketFamily } from './ticket-family.ts';
import { usageFamily } from './usage-family.ts';

export interface FamilyParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly records: Pick<Records, 'archive' | 'tickets' | 'accounts' | 'apiTokens' | 'usage'>;
  readonly log: Log;
}

export function recordFamilies({ redis, keys, records, log }: FamilyParts): readonly RecordFamily[] {
  const { accounts, apiTokens, usage } = records;
  return [
    accountFamily({ redis, keys, accounts, apiTokens }),
    conversationFamily({ redis, keys, archive: records.archive }),
    ticketFamily({ redis, keys, store: records.tickets, log }),
    usageFamily({ redis, keys, usage }),
  ];
}
