import { randomUUID } from 'node:crypto';
import { silentLog } from '@firstword/testing/silent-log';
import { beforeEach, describe, expect, test } from 'vitest';
import { ARCHIVE_GROUP } from '../src/archive-change.ts';
import { createArchiveRetention } from '../src/conversation/archive-retention.ts';
import { createEviction } from '../src/conversation/eviction.ts';
import type { ConversationArchive } from '../src/records/conversation-archive.ts';
import { createConversationDeletion } from '../src/store/conversation-deletion.ts';
import { COLD_FORMAT, DATA_FORMAT, upgradeStoredData } from '../src/store/data-upgrade.ts';
import { createEvictionWalk } from '../src/store/eviction-walk.ts';
import { createSharedTurn } from '../src/store/shared-turn.ts';
import {
  archive,
  archived,
  conversationId,
  evict,
  eviction,
  HOT_MS,
  isCold,
  keys,
  LONG_AGO,
  lastSeq,
  message,
  openColdStoresForEachTest,
  other,
  redis,
  SITE,
  setAway,
  store,
  stored,
  talk,
  texts,
} from './cold-stores.ts';

openColdStoresForEachTest();

describe('a conversation stays', () => {
  const refused = async () => {
    const candidates = await eviction.candidates([conversationId]);
    expect(await eviction.evict({ id: conversationId, lastSeq: await lastSeq() })).toBe(false);
    return candidates.length;
  };

  test('until it has been quiet for the time', async () => {
    await talk();
    await store.say(conversationId, { id: 'new', from: 'system', text: 'Hello', at: Date.now() });
    await expect.poll(archived).toBeGreaterThan(0);
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
    setAway(true);
    await talk();
    expect(await refused()).toBe(1);
    setAway(false);
    await expect.poll(archived).toBeGreaterThan(0);
    await redis.hset(keys.feedSetAsideOf(conversationId), `${ARCHIVE_GROUP}:1-1`, `about ${conversationId}`);
    expect(await refused()).toBe(1);
    await redis.del(keys.feedSetAsideOf(conversationId));
    await evict();
  });

  test('when a message arrives first', async () => {
    await talk();
    await expect.poll(archived).toBeGreaterThan(0);
    const seq = await lastSeq();
    const late = message('late', { at: Date.now() });
    const outcomes = await Promise.all([store.append(late), eviction.evict({ id: conversationId, lastSeq: seq })]);
    expect(outcomes).toMatchObject([{ kind: 'stored', seq: 3 }, false]);
  });

  test('when it has more messages than were compared with the archive', async () => {
    await talk();
    await talk();
    await expect.poll(archived).toBe(4);
    expect(await eviction.evict({ id: conversationId, lastSeq: 2 })).toBe(false);
    await evict();
  });

  test('and what eviction and sends do at the same time loses nothing', async () => {
    await talk('start');
    const expected = ['start', 'About: start'];
    for (let round = 0; round < 30; round++) {
      await expect.poll(archived).toBe(expected.length);
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

describe('the walk', () => {
  let isUnderstood: boolean;
  beforeEach(() => {
    isUnderstood = true;
  });
  const sweep = async (by: ConversationArchive = archive) => {
    let evicted = 0;
    const walk = createEvictionWalk(redis, keys);
    const run = createEviction({
      walk,
      conversations: eviction,
      archive: by,
      isUnderstood: async () => isUnderstood,
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
    await expect.poll(archived).toBeGreaterThan(0);
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

  test('waits while a process of a version runs that would misread what is cold', async () => {
    await talk('one');
    await expect.poll(archived).toBeGreaterThan(0);
    isUnderstood = false;
    expect(await sweep()).toBe(0);
    expect(await isCold()).toBe(false);
    isUnderstood = true;
    await expect.poll(() => sweep()).toBe(1);
  });

  test('marks the data before the first conversation leaves, so that such a version does not start any more', async () => {
    await upgradeStoredData(redis, keys, silentLog);
    expect(await redis.get(keys.dataFormat())).toBe(String(DATA_FORMAT));
    await talk('one');
    await expect.poll(() => sweep()).toBe(1);
    expect(await redis.get(keys.dataFormat())).toBe(String(COLD_FORMAT));
    await upgradeStoredData(redis, keys, silentLog);
    expect(await redis.get(keys.dataFormat())).toBe(String(COLD_FORMAT));
  });

  test('waits while the database is away', async () => {
    await talk('one');
    setAway(true);
    await expect(sweep()).rejects.toMatchObject({ code: 'unavailable' });
    setAway(false);
    await expect.poll(() => sweep()).toBe(1);
  });
});

test('a cold conversation is deleted after its retention period from both stores, also by a database that was away', async () => {
  await talk('secret');
  await evict();
  const { remove, inspect } = createConversationDeletion(redis, keys);
  expect(await inspect(conversationId)).toMatchObject({ siteId: SITE, lastSeq: 2, lastAt: LONG_AGO });
  setAway(true);
  expect(await remove(conversationId, 2)).toBe(true);
  expect((await redis.keys(`*${conversationId}:*`)).filter((key) => key.includes(':c:'))).toEqual([]);
  setAway(false);
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
