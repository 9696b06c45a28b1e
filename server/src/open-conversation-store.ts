/** Puts the store of conversations together: Redis, its replicas where writes wait for them, and the archive behind it. */
import type { Log } from './lib/log.ts';
import type { Redis } from './lib/redis.ts';
import type { ConversationArchive } from './records/conversation-archive.ts';
import { createColdConversations } from './store/cold-conversations.ts';
import { createConversationStore } from './store/conversation-store.ts';
import type { RedisKeys } from './store/keys.ts';
import { createReplicatedStore } from './store/replicated-store.ts';
import { createTieredStore } from './store/tiered-store.ts';

const KEEP_DELTAS_SECONDS = 10 * 60;

export interface ConversationStoreParts {
  readonly redis: Redis;
  /** Where writes wait for replicas. */
  readonly confirmed: Redis | undefined;
  readonly keys: RedisKeys;
  readonly archive: ConversationArchive;
  readonly onRestored: () => void;
  readonly log: Log;
}

export function openConversationStore(
  { redis, confirmed, keys, archive, onRestored, log }: ConversationStoreParts,
  { leaseMs, replicas }: { readonly leaseMs: number; readonly replicas: number },
) {
  const storeOn = (connection: Redis) =>
    createConversationStore(connection, keys, { leaseMs, keepDeltasSeconds: KEEP_DELTAS_SECONDS });
  const hotStore =
    confirmed === undefined
      ? storeOn(redis)
      : createReplicatedStore(storeOn(redis), storeOn(confirmed), { writer: confirmed, keys, replicas });
  return createTieredStore(hotStore, { cold: createColdConversations(redis, keys), archive, onRestored, log });
}
