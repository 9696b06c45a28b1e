/** Redis' memory once all conversations are cold: some really are evicted, and the others get what these have left. */
import { ARCHIVE_GROUP } from '@firstword/server/archive-change';
import { createEviction } from '@firstword/server/conversation/eviction';
import { createConversationEviction } from '@firstword/server/store/conversation-eviction';
import type { ArchivedConversation } from './fill-archive.ts';
import type { Stores } from './stores.ts';

const MIB = 1024 * 1024;
const HEADS_AT_ONCE = 1000;
/** What the ledger keeps of a conversation's model calls. */
const COST = {
  calls: 10,
  promptTokens: 21_345,
  completionTokens: 1234,
  'cost:full:calls': 10,
  'cost:full:picoUsd': 1_234_567_890,
};

export async function coolDown(stores: Stores, hotIds: readonly string[], cold: readonly ArchivedConversation[]) {
  const { redis, keys, archive, log } = stores;
  for (const id of hotIds) await redis.hset(keys.conversationCost(id), COST);
  const hotBytes = await stores.memoryBytes();
  let evicted = 0;
  const eviction = createEviction({
    walk: { next: (_everyMs, work) => work(hotIds) },
    conversations: createConversationEviction(redis, keys, { hotMs: 1, archiveGroup: ARCHIVE_GROUP }),
    archive,
    isUnderstood: async () => true,
    onEvicted: (count) => {
      evicted += count;
    },
    log,
  });
  const startedAt = performance.now();
  await eviction.sweep();
  const evictionMs = performance.now() - startedAt;
  if (evicted !== hotIds.length) throw new Error(`${evicted} of ${hotIds.length} conversations were evicted.`);
  const coldBytes = await stores.memoryBytes();
  const left = await redis.hgetall(keys.head(hotIds[0] ?? ''));
  for (let from = 0; from < cold.length; from += HEADS_AT_ONCE) {
    const heads = cold
      .slice(from, from + HEADS_AT_ONCE)
      .flatMap(({ id, siteId: site, visitorId: visitor, lastSeq: seq, lastAt }) => [
        redis.hset(keys.head(id), { ...left, site, visitor, seq, cold: lastAt }),
        redis.hset(keys.conversationCost(id), COST),
      ]);
    await Promise.all(heads);
  }
  return {
    'KiB of a hot conversation of ten messages': kib((hotBytes - coldBytes) / evicted),
    'MiB of Redis with all conversations cold': Math.round((await stores.memoryBytes()) / MIB),
    'ms to evict a conversation': Math.round((evictionMs / evicted) * 100) / 100,
  };
}

const kib = (bytes: number) => Math.round((bytes / 1024) * 10) / 10;
