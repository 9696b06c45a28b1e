import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { VisitorMessage } from '../src/store/conversation-outcomes.ts';
import { createPreChatStore } from '../src/store/pre-chat-store.ts';
import { createReadMarks } from '../src/store/read-marks.ts';
import type { TieredStore } from '../src/store/tiered-store.ts';
import {
  conversationId,
  evict,
  evictAgain,
  eviction,
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

describe('while the database is away', () => {
  test('a cold conversation can be neither read nor continued until the archive is back', async () => {
    await talk('one');
    await evict();
    setAway(true);
    const unavailable = { code: 'unavailable' };
    await expect(store.append(message('two'))).rejects.toMatchObject(unavailable);
    await expect(store.snapshot(conversationId, 50)).rejects.toMatchObject(unavailable);
    await expect(store.readAfter(conversationId, 0, 50)).rejects.toMatchObject(unavailable);
    await expect(store.makeHot(conversationId)).rejects.toMatchObject(unavailable);
    expect(await isCold()).toBe(true);
    setAway(false);
    expect(await store.append(message('two'))).toMatchObject({ kind: 'stored', seq: 3 });
    expect(await texts()).toEqual(['one', 'About: one', 'two']);
  });

  test('new and hot conversations do not notice', async () => {
    setAway(true);
    await store.makeHot(conversationId);
    await talk('one');
    expect(await texts()).toEqual(['one', 'About: one']);
    expect(await store.readBefore(conversationId, 1, 20)).toEqual([]);
    expect((await store.snapshot(conversationId, 50)).messages).toHaveLength(2);
  });
});
