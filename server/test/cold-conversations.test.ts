import { randomUUID } from 'node:crypto';
import { createDatabase, type Database } from '@firstword/server/records/database';
import { createPostgresConversationArchive } from '@firstword/server/records/postgres-conversation-archive';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ARCHIVE_GROUP } from '../src/archive-change.ts';
import { createArchiveRetention } from '../src/conversation/archive-retention.ts';
import { createEviction } from '../src/conversation/eviction.ts';
import { type Feed, startFeed } from '../src/feed/feed.ts';
import { createFeedConsumers } from '../src/feed-consumers.ts';
import type { ConversationArchive } from '../src/records/conversation-archive.ts';
import { RecordsError } from '../src/records/records-error.ts';
import { createColdConversations } from '../src/store/cold-conversations.ts';
import { createConversationDeletion } from '../src/store/conversation-deletion.ts';
import { type ConversationEviction, createConversationEviction } from '../src/store/conversation-eviction.ts';
import type { VisitorMessage } from '../src/store/conversation-outcomes.ts';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { createEvictionWalk } from '../src/store/eviction-walk.ts';
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';
import { createPreChatStore } from '../src/store/pre-chat-store.ts';
import { createReadMarks } from '../src/store/read-marks.ts';
import { createSharedTurn } from '../src/store/shared-turn.ts';
import { createTieredStore, type TieredStore } from '../src/store/tiered-store.ts';

const HOT_MS = 60_000;
const LONG_AGO = Date.now() - 10 * HOT_MS;
const SITE = 'acme';

let server: RedisServer;
let redis: Redis;
let database: Database;
let given: TestDatabase;
let stored: ConversationArchive;
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

let keys: RedisKeys;
let archive: ConversationArchive;
let isAway: boolean;
let store: TieredStore;
/** As another process has it. */
let other: TieredStore;
let eviction: ConversationEviction;
let feed: Feed;
let conversationId: string;
beforeEach(async () => {
  conversationId = randomUUID();
  keys = createRedisKeys(`test-${conversationId}`);
  isAway = false;
  const whenThere = <Result>(work: () => Promise<Result>): Promise<Result> =>
    isAway ? Promise.reject(new RecordsError('unavailable', 'The database did not answer.')) : work();
  archive = {
    ...stored,
    write: (changes) => whenThere(() => stored.write(changes)),
    completeIds: (ids) => whenThere(() => stored.completeIds(ids)),
    readTail: (...asked) => whenThere(() => stored.readTail(...asked)),
    readAfter: (...asked) => whenThere(() => stored.readAfter(...asked)),
    readBefore: (...asked) => whenThere(() => stored.readBefore(...asked)),
  };
  const tiered = () =>
    createTieredStore(createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 600 }), {
      cold: createColdConversations(redis, keys),
      archive,
      onRestored: () => {},
      log: silentLog,
    });
  [store, other] = [tiered(), tiered()];
  eviction = createConversationEviction(redis, keys, { hotMs: HOT_MS, archiveGroup: ARCHIVE_GROUP });
  feed = await startFeed({
    redis,
    openReader: () => server.connect(),
    keys,
    consumers: createFeedConsumers({
      archive,
      console: { publishMessage: () => {}, publishRead: () => {} },
      replyMail: { schedule: async () => {} },
      tickets: { recordVisitorMessage: async () => {}, notifyAgents: async () => {} },
    }).filter(({ group }) => group === ARCHIVE_GROUP),
    onSetAside: () => {},
    log: silentLog,
  });
});
afterEach(() => feed.close());

const message = (text: string, changes: Partial<VisitorMessage> = {}): VisitorMessage => ({
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
async function talk(text = 'Where is it?'): Promise<VisitorMessage> {
  const sent = message(text);
  await store.append(sent);
  const answer = {
    id: sent.turnId,
    from: 'assistant',
    text: `About: ${text}`,
    at: LONG_AGO,
    turnId: sent.turnId,
  } as const;
  await store.endTurn(conversationId, sent.turnId, { state: 'done', message: answer });
  return sent;
}
const lastSeq = async () => Number(await redis.hget(keys.head(conversationId), 'seq'));
const archived = () =>
  expect.poll(async () => (await stored.completeIds([conversationId])).get(conversationId)?.length).toBeGreaterThan(0);
const isCold = async () => (await redis.hexists(keys.head(conversationId), 'cold')) === 1;

/** Waits until the archive has everything. */
async function evict(): Promise<void> {
  const seq = await lastSeq();
  await expect.poll(() => eviction.evict({ id: conversationId, lastSeq: seq })).toBe(true);
  expect(await redis.exists(keys.log(conversationId), keys.sends(conversationId), keys.ratings(conversationId))).toBe(
    0,
  );
}
const texts = async (of: TieredStore = store) => (await of.readAfter(conversationId, 0, 500)).map(({ text }) => text);

describe('a conversation that comes back', () => {
  test('is what it was before it left', async () => {
    const first = await talk('one');
    await talk('two');
    await store.say(conversationId, {
      ...{ id: 'file-1', from: 'visitor', text: 'A file', at: LONG_AGO },
      file: { id: 'f', name: 'a.pdf', type: 'application/pdf', size: 9 },
    });
    await store.say(conversationId, {
      id: 'notice-1',
      from: 'system',
      text: 'Resolved.',
      at: LONG_AGO,
      notice: 'resolved',
    });
    await store.rate(conversationId, { of: 'message', messageId: first.turnId, value: 'down', reason: 'wrong' });
    await store.rate(conversationId, { of: 'conversation', score: 2, comment: 'slow' });
    await createPreChatStore(redis, keys).save(conversationId, SITE, { name: 'Ada' }, LONG_AGO);
    await createReadMarks(redis, keys).move(conversationId, 3);
    const read = async (of: TieredStore) => ({
      snapshot: await of.snapshot(conversationId, 50),
      ratings: (await of.ratings(conversationId)).sort((one, next) => (one.of < next.of ? -1 : 1)),
      all: await of.readAfter(conversationId, 0, 50),
      page: await of.readBefore(conversationId, 4, 2),
      sent: await of.findSent(conversationId, 'file-1'),
      preChat: await createPreChatStore(redis, keys).of(conversationId),
      readSeq: await createReadMarks(redis, keys).of(conversationId),
      head: await redis.hmget(keys.head(conversationId), 'site', 'visitor', 'locale'),
    });
    const before = await read(store);
    expect(before.snapshot.messages).toHaveLength(6);
    await evict();
    expect(await read(other)).toEqual(before);
    expect(await isCold()).toBe(false);
    expect(await stored.find(conversationId, [SITE], { limit: 1 })).toMatchObject({ preChat: { name: 'Ada' } });
    expect(await redis.hmget(keys.head(conversationId), 'site', 'visitor', 'locale')).toEqual([
      SITE,
      'visitor-1',
      'de',
    ]);
  });

  test('numbers the next message on, knows each send, and gives a turn its history', async () => {
    const first = await talk('one');
    await evict();
    expect(await other.append({ ...first, turnId: randomUUID() })).toEqual({ kind: 'known', seq: 1 });
    expect(await other.append({ ...first, text: 'changed' })).toEqual({ kind: 'conflict' });
    await evictAgain();
    const next = message('two', { historyLimit: 12, knownSeq: 2 });
    const outcome = await store.append(next);
    expect(outcome).toMatchObject({ kind: 'stored', seq: 3, turnId: next.turnId });
    expect(outcome.kind === 'stored' && outcome.history.map(({ text }) => text)).toEqual(['one', 'About: one']);
    expect(await texts()).toEqual(['one', 'About: one', 'two']);
  });

  test('knows the sends and the pages before its last hundred messages', async () => {
    const sent: VisitorMessage[] = [];
    for (let at = 0; at < 130; at++) {
      const each = message(`m${at + 1}`);
      sent.push(each);
      await store.say(conversationId, { id: each.id, from: 'visitor', text: each.text, at: LONG_AGO }, each);
    }
    await evict();
    const all = sent.map(({ text }) => text);
    expect(await texts()).toEqual(all);
    expect(await isCold()).toBe(true); // a page is read without bringing it back
    expect((await store.readBefore(conversationId, 21, 20)).map(({ text }) => text)).toEqual(all.slice(0, 20));
    expect((await store.snapshot(conversationId, 50)).messages.map(({ text }) => text)).toEqual(all.slice(80));
    expect(await redis.xlen(keys.log(conversationId))).toBe(100);
    expect((await store.snapshot(conversationId, 500)).messages.map(({ text }) => text)).toEqual(all);
    expect((await store.readBefore(conversationId, 41, 20)).map(({ text }) => text)).toEqual(all.slice(20, 40));
    expect((await store.readBefore(conversationId, 36, 20)).map(({ text }) => text)).toEqual(all.slice(15, 35));
    expect((await store.readAfter(conversationId, 20, 20)).map(({ text }) => text)).toEqual(all.slice(20, 40));
    expect(await texts()).toEqual(all);
    expect(await store.readAfter(conversationId, 130, 20)).toEqual([]);
    for (const { id, text } of [sent[0], sent[129]].filter((each) => each !== undefined))
      expect(await store.say(conversationId, { id, from: 'visitor', text, at: 1 })).toMatchObject({ kind: 'known' });
    expect(await lastSeq()).toBe(130);
  });

  test('is the same when two processes restore it, and while it is written to', async () => {
    await talk('one');
    const twice = message('two');
    await evict();
    const outcomes = await Promise.all([
      ...[store, other, store, other].map((each) => each.append({ ...twice, turnId: randomUUID() })),
      ...Array.from({ length: 10 }, (_, at) => (at % 2 ? store : other).append(message(`more ${at}`))),
      ...[store, other].map((each) => each.makeHot(conversationId)),
    ]);
    const kinds = outcomes.map((outcome) => outcome?.kind);
    expect(kinds.filter((kind) => kind === 'stored')).toHaveLength(11);
    expect(kinds.filter((kind) => kind === 'known')).toHaveLength(3);
    const messages = await other.readAfter(conversationId, 0, 50);
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 13 }, (_, at) => at + 1));
  });

  test('keeps its responder and its last ticket', async () => {
    await talk();
    await redis.hset(keys.head(conversationId), { responder: 'closed', lastTicket: 'ticket-1' });
    await evict();
    expect(await store.append(message('again'))).toEqual({ kind: 'closed' });
    expect(await redis.hget(keys.head(conversationId), 'lastTicket')).toBe('ticket-1');
  });

  test('stays for the same time again, and leaves again', async () => {
    await talk('one');
    await evict();
    await store.makeHot(conversationId);
    expect(await eviction.candidates([conversationId])).toEqual([]);
    expect(await eviction.evict({ id: conversationId, lastSeq: 2 })).toBe(false);
    await evictAgain();
    expect(await texts()).toEqual(['one', 'About: one']);
  });
});

/** As if the time had passed since it was restored. */
async function evictAgain(): Promise<void> {
  await redis.hset(keys.head(conversationId), 'restoredAt', LONG_AGO);
  await evict();
}

describe('a conversation stays', () => {
  const refused = async () => {
    const candidates = await eviction.candidates([conversationId]);
    expect(await eviction.evict({ id: conversationId, lastSeq: await lastSeq() })).toBe(false);
    return candidates.length;
  };

  test('until it has been quiet for the time', async () => {
    await talk();
    await store.say(conversationId, { id: 'new', from: 'system', text: 'Hello', at: Date.now() });
    await archived();
    expect(await refused()).toBe(0);
  });

  test('while a turn runs or a ticket is open', async () => {
    await talk();
    await evict();
    await store.makeHot(conversationId);
    await redis.hset(keys.head(conversationId), { restoredAt: LONG_AGO, turn: 't' });
    expect(await refused()).toBe(0);
    await redis.hdel(keys.head(conversationId), 'turn');
    await redis.hset(keys.head(conversationId), 'ticket', 'ticket-1');
    expect(await refused()).toBe(0);
  });

  test('while an event of it waits for the archive, or was set aside', async () => {
    isAway = true;
    await talk();
    expect(await refused()).toBe(1);
    isAway = false;
    await archived();
    await redis.hset(keys.feedSetAsideOf(conversationId), `${ARCHIVE_GROUP}:1-1`, `about ${conversationId}`);
    expect(await refused()).toBe(1);
    await redis.del(keys.feedSetAsideOf(conversationId));
    await evict();
  });

  test('when a message arrives first', async () => {
    await talk();
    await archived();
    const seq = await lastSeq();
    const late = message('late', { at: Date.now() });
    const outcomes = await Promise.all([store.append(late), eviction.evict({ id: conversationId, lastSeq: seq })]);
    expect(outcomes).toMatchObject([{ kind: 'stored', seq: 3 }, false]);
  });

  test('and what eviction and sends do at the same time loses nothing', async () => {
    await talk('start');
    const expected = ['start', 'About: start'];
    for (let round = 0; round < 30; round++) {
      await expect
        .poll(async () => (await stored.completeIds([conversationId])).get(conversationId)?.length)
        .toBe(expected.length);
      await redis.hset(keys.head(conversationId), 'restoredAt', LONG_AGO);
      await redis.hdel(keys.head(conversationId), 'turn');
      const [sent] = await Promise.all([
        (round % 2 ? store : other).say(conversationId, {
          id: `r${round}`,
          from: 'system',
          text: `r${round}`,
          at: LONG_AGO,
        }),
        eviction.evict({ id: conversationId, lastSeq: expected.length }),
      ]);
      expect(sent).toMatchObject({ kind: 'stored', message: { seq: expected.length + 1 } });
      expected.push(`r${round}`);
    }
    expect(await texts()).toEqual(expected);
  });
});

describe('while the database is away', () => {
  test('a cold conversation refuses to be read or continued, and goes on afterwards', async () => {
    await talk('one');
    await evict();
    isAway = true;
    const unavailable = { code: 'unavailable' };
    await expect(store.append(message('two'))).rejects.toMatchObject(unavailable);
    await expect(store.snapshot(conversationId, 50)).rejects.toMatchObject(unavailable);
    await expect(store.readAfter(conversationId, 0, 50)).rejects.toMatchObject(unavailable);
    await expect(store.makeHot(conversationId)).rejects.toMatchObject(unavailable);
    expect(await isCold()).toBe(true);
    isAway = false;
    expect(await store.append(message('two'))).toMatchObject({ kind: 'stored', seq: 3 });
    expect(await texts()).toEqual(['one', 'About: one', 'two']);
  });

  test('new and hot conversations do not notice', async () => {
    isAway = true;
    await store.makeHot(conversationId);
    await talk('one');
    expect(await texts()).toEqual(['one', 'About: one']);
    expect(await store.readBefore(conversationId, 1, 20)).toEqual([]);
    expect((await store.snapshot(conversationId, 50)).messages).toHaveLength(2);
  });
});

describe('the walk', () => {
  const sweep = async (by: ConversationArchive = archive) => {
    let evicted = 0;
    const walk = createEvictionWalk(redis, keys);
    const run = createEviction({
      walk,
      conversations: eviction,
      archive: by,
      onEvicted: (count) => (evicted += count),
      log: silentLog,
    });
    do {
      await redis.del(keys.evictionTurn());
      await run.sweep();
    } while ((await redis.get(keys.evictionWalk())) !== '0');
    return evicted;
  };

  test('evicts what is archived, message by message', async () => {
    await talk('one');
    await archived();
    await expect.poll(() => lastSeq()).toBe(2);
    const differing: ConversationArchive = {
      ...archive,
      completeIds: async () => new Map([[conversationId, ['other', 'ids']]]),
    };
    expect(await sweep(differing)).toBe(0);
    await expect.poll(() => sweep()).toBe(1);
    expect(await isCold()).toBe(true);
    expect(await sweep()).toBe(0);
  });

  test('waits while the database is away', async () => {
    await talk('one');
    isAway = true;
    await expect(sweep()).rejects.toMatchObject({ code: 'unavailable' });
    isAway = false;
    await expect.poll(() => sweep()).toBe(1);
  });
});

test('a cold conversation is deleted after its retention period from both stores, also by a database that was away', async () => {
  await talk('secret');
  await evict();
  const { remove, inspect } = createConversationDeletion(redis, keys);
  expect(await inspect(conversationId)).toMatchObject({ siteId: SITE, lastSeq: 2, lastAt: LONG_AGO });
  isAway = true;
  expect(await remove(conversationId, 2)).toBe(true);
  expect((await redis.keys(`*${conversationId}:*`)).filter((key) => key.includes(':c:'))).toEqual([]);
  isAway = false;
  await expect.poll(() => stored.readAfter(conversationId, 0, 9)).toEqual([]);
  expect(await stored.find(conversationId, [SITE], { limit: 9 })).toBeUndefined();
});

test('conversations that only the archive has are deleted after their retention period, once', async () => {
  await talk('of Redis, too');
  await evict();
  const site = `site-${conversationId}`;
  const lost = { conversationId: randomUUID(), siteId: site, at: LONG_AGO };
  const kept = { ...lost, conversationId: randomUUID() };
  const hello = (at: number) =>
    ({ type: 'message', message: { seq: 1, id: 'm', from: 'visitor', text: 'Hello', at } }) as const;
  await stored.write([
    { ...lost, ...hello(LONG_AGO) },
    { ...kept, ...hello(Date.now()) },
  ]);
  const retention = createArchiveRetention({
    turn: createSharedTurn(redis, keys.archiveRetentionTurn(), 60_000),
    conversations: createConversationDeletion(redis, keys),
    archive,
    siteIds: () => [SITE, site, 'for-ever'],
    keepMs: (siteId) => (siteId === 'for-ever' ? undefined : HOT_MS),
    log: silentLog,
  });
  await retention.sweep();
  const left = async (id: string) => (await stored.readAfter(id, 0, 9)).length;
  expect([await left(conversationId), await left(lost.conversationId), await left(kept.conversationId)]).toEqual([
    2, 0, 1,
  ]);
  await stored.write([{ ...lost, conversationId: lost.conversationId.replaceAll('-', ''), ...hello(LONG_AGO) }]);
  await retention.sweep(); // another process had its turn in this period
  expect(await left(lost.conversationId.replaceAll('-', ''))).toBe(1);
});
