/** One conversation on a real Redis and a real PostgreSQL that its feed fills, new for each test. */
import { randomUUID } from 'node:crypto';
import { createDatabase, type Database } from '@firstword/server/records/database';
import { createPostgresConversationArchive } from '@firstword/server/records/postgres-conversation-archive';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { ARCHIVE_GROUP } from '../src/archive-change.ts';
import { type Feed, startFeed } from '../src/feed/feed.ts';
import { createArchiveConsumer } from '../src/feed-consumers.ts';
import type { Redis } from '../src/lib/redis.ts';
import type { ConversationArchive } from '../src/records/conversation-archive.ts';
import { RecordsError } from '../src/records/records-error.ts';
import { createColdConversations } from '../src/store/cold-conversations.ts';
import { type ConversationEviction, createConversationEviction } from '../src/store/conversation-eviction.ts';
import type { VisitorMessage } from '../src/store/conversation-outcomes.ts';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';
import { createTieredStore, type TieredStore } from '../src/store/tiered-store.ts';

export const HOT_MS = 60_000;
export const LONG_AGO = Date.now() - 10 * HOT_MS;
export const SITE = 'acme';

export let redis: Redis;
export let keys: RedisKeys;
/** What PostgreSQL has. */
export let stored: ConversationArchive;
/** The same, as the product sees it: away while `setAway(true)`. */
export let archive: ConversationArchive;
export let store: TieredStore;
/** As another process has it. */
export let other: TieredStore;
export let eviction: ConversationEviction;
export let conversationId: string;
let isAway: boolean;
export const setAway = (away: boolean) => {
  isAway = away;
};

/** Call it once in each test file. */
export function openColdStoresForEachTest(): void {
  let server: RedisServer;
  let database: Database;
  let given: TestDatabase;
  let feed: Feed;
  beforeAll(async () => {
    [server, given] = await Promise.all([startRedisServer(), createTestDatabase()]);
    redis = await server.connect();
    database = createDatabase(given.url, silentLog);
    stored = createPostgresConversationArchive(database, () => 'en');
  });
  afterAll(async () => {
    await database.close();
    await given.drop();
    await server.stop();
  });
  beforeEach(async () => {
    conversationId = randomUUID();
    keys = createRedisKeys(`test-${conversationId}`);
    isAway = false;
    archive = awayArchive(stored);
    [store, other] = [openStore(), openStore()];
    eviction = createConversationEviction(redis, keys, { hotMs: HOT_MS, archiveGroup: ARCHIVE_GROUP });
    feed = await startFeed({
      redis,
      openReader: () => server.connect(),
      keys,
      consumers: [createArchiveConsumer(archive)],
      onSetAside: () => {},
      log: silentLog,
    });
  });
  afterEach(() => feed.close());
}

function awayArchive(of: ConversationArchive): ConversationArchive {
  const whenThere = <Result>(work: () => Promise<Result>): Promise<Result> =>
    isAway ? Promise.reject(new RecordsError('unavailable', 'The database did not answer.')) : work();
  return {
    ...of,
    write: (changes) => whenThere(() => of.write(changes)),
    completeIds: (ids) => whenThere(() => of.completeIds(ids)),
    readTail: (...asked) => whenThere(() => of.readTail(...asked)),
    readAfter: (...asked) => whenThere(() => of.readAfter(...asked)),
    readBefore: (...asked) => whenThere(() => of.readBefore(...asked)),
  };
}

const openStore = () =>
  createTieredStore(createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 600 }), {
    cold: createColdConversations(redis, keys),
    archive,
    onRestored: () => {},
    log: silentLog,
  });

export const message = (text: string, changes: Partial<VisitorMessage> = {}): VisitorMessage => ({
  conversationId,
  siteId: SITE,
  visitorId: 'visitor-1',
  id: randomUUID(),
  text,
  at: LONG_AGO,
  turnId: randomUUID(),
  asker: { region: 'eu', locale: 'de', identified: false },
  ...changes,
});

/** A question and its answer, long ago. */
export async function talk(text = 'Where is it?'): Promise<VisitorMessage> {
  const sent = message(text);
  const { turnId } = sent;
  await store.append(sent);
  const answer = { id: turnId, from: 'assistant', text: `About: ${text}`, at: LONG_AGO, turnId } as const;
  await store.endTurn(conversationId, turnId, { state: 'done', message: answer });
  return sent;
}

export const lastSeq = async () => Number(await redis.hget(keys.head(conversationId), 'seq'));
export const isCold = async () => (await redis.hexists(keys.head(conversationId), 'cold')) === 1;
export const texts = async (of: TieredStore = store) =>
  (await of.readAfter(conversationId, 0, 500)).map(({ text }) => text);
/** How many messages PostgreSQL has. */
export const archived = async () => (await stored.completeIds([conversationId])).get(conversationId)?.length ?? 0;

/** Waits until PostgreSQL has everything. */
export async function evict(): Promise<void> {
  const seq = await lastSeq();
  await expect.poll(() => eviction.evict({ id: conversationId, lastSeq: seq })).toBe(true);
  const rest = [keys.log(conversationId), keys.sends(conversationId), keys.ratings(conversationId)];
  expect(await redis.exists(...rest)).toBe(0);
}

/** As if the time had passed since it was restored. */
export async function evictAgain(): Promise<void> {
  await redis.hset(keys.head(conversationId), 'restoredAt', LONG_AGO);
  await evict();
}
