/** A Redis and a PostgreSQL as `npm start` runs them, with the product's stores on both. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFeed } from '@firstword/server/feed/feed';
import { createArchiveConsumer } from '@firstword/server/feed-consumers';
import { createLog } from '@firstword/server/lib/log';
import { connectRedis } from '@firstword/server/lib/redis';
import { createPrivatePostgres } from '@firstword/server/local/private-postgres';
import { createPrivateRedis } from '@firstword/server/local/private-redis';
import type { ConversationArchive } from '@firstword/server/records/conversation-archive';
import { openRecords } from '@firstword/server/records/records';
import { createColdConversations } from '@firstword/server/store/cold-conversations';
import { createConversationStore } from '@firstword/server/store/conversation-store';
import { createRedisKeys } from '@firstword/server/store/keys';
import { createTieredStore } from '@firstword/server/store/tiered-store';
import { SITES } from './past-conversations.ts';

export type Stores = Awaited<ReturnType<typeof openStores>>;

/** @param onArchived called when events of the feed are committed */
export async function openStores(onArchived: (changes: Parameters<ConversationArchive['write']>[0]) => void) {
  const log = createLog('error');
  const dataDir = await mkdtemp(join(tmpdir(), 'firstword-bench-'));
  const server = createPrivateRedis({ dataDir, log });
  const postgres = createPrivatePostgres({ dataDir, log });
  await Promise.all([server.ready, postgres.ready]);
  const localeOf = (siteId: string) => SITES.find(({ id }) => id === siteId)?.locale ?? 'en';
  const records = await openRecords({ url: postgres.url, localeOf, log });
  const { archive } = records;
  const redisUrl = `unix://${server.path}`;
  const redis = await connectRedis(redisUrl, 'commands', log);
  const keys = createRedisKeys('firstword');
  const feed = await startFeed({
    redis,
    openReader: () => connectRedis(redisUrl, 'waiting', log),
    keys,
    consumers: [
      createArchiveConsumer({
        async write(changes) {
          await archive.write(changes);
          onArchived(changes);
        },
      }),
    ],
    onSetAside: () => {},
    log,
  });
  return {
    redis,
    keys,
    archive,
    tickets: records.tickets,
    log,
    store: createTieredStore(createConversationStore(redis, keys, { leaseMs: 5000, keepDeltasSeconds: 600 }), {
      cold: createColdConversations(redis, keys),
      archive,
      onRestored: () => {},
      log,
    }),
    async memoryBytes() {
      return Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
    },
    async close() {
      await feed.close();
      redis.disconnect();
      await records.close();
      await postgres.stop();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
