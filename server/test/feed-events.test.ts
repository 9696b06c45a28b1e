import { randomUUID } from 'node:crypto';
import type { FeedEvent } from '@firstword/shared/feed-event';
import { startRedisServer } from '@firstword/testing/redis-server';
import { createTestTickets } from '@firstword/testing/test-tickets';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { readEntry } from '../src/feed/feed-entry.ts';
import { createConversationDeletion } from '../src/store/conversation-deletion.ts';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { createPreChatStore } from '../src/store/pre-chat-store.ts';
import { createReadMarks } from '../src/store/read-marks.ts';

const server = await startRedisServer();
const redis = await server.connect();
const keys = createRedisKeys('test');
const store = createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 600 });
const tickets = createTestTickets({
  redis,
  keys,
  queue: { add: async () => {}, state: async () => 'waiting' },
});
let conversationId: string;
beforeEach(() => {
  conversationId = randomUUID();
});
afterAll(() => server.stop());

const eventsOf = async (id = conversationId): Promise<FeedEvent[]> =>
  (await redis.xrange(keys.feedOf(id), '-', '+'))
    .map(([entryId, fields]) => readEntry({ id: entryId, fields }))
    .filter((event) => event.conversationId === id);
const typesOf = async () => (await eventsOf()).map(({ type }) => type);

const ask = (text: string, id = randomUUID(), turnId = randomUUID()) =>
  store.append({
    ...{ conversationId, siteId: 'acme', visitorId: 'v', id, text, at: 1, turnId },
    asker: { region: 'eu', identified: true, locale: 'de-AT' },
  });
const answer = (turnId: string, text = 'Here.') =>
  store.endTurn(conversationId, turnId, {
    state: 'done',
    why: 'small',
    message: {
      ...{ id: turnId, from: 'assistant', text, at: 2, turnId, state: 'done' },
      citations: [{ n: 1, title: 'Returns', url: '/returns' }],
    },
  });
const origin = { v: 1, siteId: 'acme', visitorId: 'v', locale: 'de-AT' };
const agent = { kind: 'agent', id: 'a', name: 'Ada' } as const;
const handOver = async () => {
  const { ticket } = await tickets.openNow({
    ...{ siteId: 'acme', conversationId, openedBy: 'visitor', reason: 'visitor-request', urgency: 'high' },
    ...{ firstLine: 'An agent, please', locale: 'de-AT', language: 'de', waitingSince: 5, idempotencyKey: 'k' },
    analyse: false,
  });
  return ticket;
};

test('a message and its answer are three events that need no further reading', async () => {
  const [id, turnId] = [randomUUID(), randomUUID()];
  await ask('Where is it?', id, turnId);
  await store.noteFirstSeq(conversationId, turnId, 1);
  await answer(turnId);
  const at = expect.any(Number);
  const from = { ...origin, conversationId, eventId: expect.stringMatching(/^\d+-\d+$/), at };
  expect(await eventsOf()).toEqual([
    {
      ...from,
      ...{ type: 'message', region: 'eu', identified: true },
      message: { seq: 1, id, from: 'visitor', text: 'Where is it?', at: 1 },
    },
    {
      ...from,
      type: 'message',
      message: {
        ...{ seq: 2, id: turnId, from: 'assistant', text: 'Here.', at: 2, turnId, state: 'done' },
        citations: [{ n: 1, title: 'Returns', url: '/returns' }],
      },
    },
    { ...from, type: 'turn-ended', turnId, messageSeq: 1, firstSeq: 1, state: 'done', seq: 2, why: 'small' },
  ]);
});

test('what has no effect is no event', async () => {
  const [id, turnId] = [randomUUID(), randomUUID()];
  await ask('Where is it?', id, turnId);
  await ask('Where is it?', id);
  await ask('Another text', id);
  await answer(turnId);
  await answer(turnId);
  const marks = createReadMarks(redis, keys);
  for (const seq of [2, 2, 1, 9]) await marks.move(conversationId, seq);
  for (let i = 0; i < 2; i++) await store.rate(conversationId, { of: 'message', messageId: turnId, value: 'up' });
  expect(await typesOf()).toEqual(['message', 'message', 'turn-ended', 'read', 'rated']);
});

test('a turn without an answer ends without a message', async () => {
  const turnId = randomUUID();
  await ask('Where is it?', randomUUID(), turnId);
  await store.endTurn(conversationId, turnId, { state: 'failed' });
  expect((await eventsOf()).slice(1)).toMatchObject([{ type: 'turn-ended', state: 'failed' }]);
  expect((await eventsOf())[1]).not.toHaveProperty('seq');
});

test('a file as the first message names its visitor', async () => {
  const file = { id: 'f', name: 'a.png', type: 'image/png', size: 3 };
  const message = { id: randomUUID(), from: 'visitor', text: 'a.png', at: 1, file } as const;
  await store.say(conversationId, message, { siteId: 'acme', visitorId: 'v' });
  expect(await eventsOf()).toMatchObject([{ siteId: 'acme', visitorId: 'v', message: { ...message, seq: 1 } }]);
});

test('ratings of answers and of the whole conversation, a changed one too', async () => {
  const messageId = randomUUID();
  await ask('Where is it?', messageId);
  const ratings = [
    { of: 'message', messageId, value: 'down', reason: 'It is wrong.' },
    { of: 'message', messageId, value: 'up' },
    { of: 'conversation', score: 4, comment: 'Fine' },
  ] as const;
  for (const rating of ratings) expect(await store.rate(conversationId, rating)).toBe(true);
  expect((await eventsOf()).slice(1)).toMatchObject(ratings.map((rating) => ({ type: 'rated', rating })));
});

test('a conversation without a message cannot be rated, and leaves nothing behind', async () => {
  expect(await store.rate(conversationId, { of: 'conversation', score: 5 })).toBe(false);
  expect(await redis.keys(`*${conversationId}*`)).toEqual([]);
  expect(await eventsOf()).toEqual([]);
});

test('a filled-in form, once', async () => {
  const preChat = { name: 'Ada', email: 'ada@shop.example' };
  for (let time = 1; time < 3; time++)
    await createPreChatStore(redis, keys).save(conversationId, 'acme', preChat, time);
  expect(await eventsOf()).toMatchObject([{ type: 'pre-chat-answered', siteId: 'acme', preChat }]);
});

test('a hand-off, its claim and its end, with the ticket in each event between', async () => {
  await ask('Where is it?');
  const { id } = await handOver();
  await ask('Hello?');
  await tickets.act(id, 'claim', { actor: agent, idempotencyKey: 'claim' });
  await tickets.act(id, 'resolve', { actor: agent, idempotencyKey: 'resolve', code: 'answered' });
  await tickets.act(id, 'close', { actor: { kind: 'system' }, idempotencyKey: 'close' });
  const of = { ticketId: id };
  const [before, ...events] = await eventsOf();
  expect(before).not.toHaveProperty('ticketId');
  expect(events).toMatchObject([
    {
      ...{ ...of, type: 'hand-off-requested' },
      request: {
        ...{ openedBy: 'visitor', reason: 'visitor-request', urgency: 'high', firstLine: 'An agent, please' },
        ...{ language: 'de', waitingSince: 5, analyse: false },
      },
    },
    { ...of, type: 'responder-changed', responder: 'waiting-agent' },
    { ...of, type: 'message', message: { text: 'Hello?' } },
    { ...of, type: 'responder-changed', responder: 'agent', agent: { id: 'a', name: 'Ada' } },
    { ...of, type: 'responder-changed', responder: 'assistant' },
    { ...of, type: 'responder-changed', responder: 'closed' },
    { ...of, type: 'conversation-closed', resolution: 'answered' },
  ]);
});

test('a hand-off that is requested twice is one event', async () => {
  await handOver();
  await handOver();
  expect(await typesOf()).toEqual(['hand-off-requested', 'responder-changed']);
});

test('a deleted conversation is erased, and events of it that were set aside go with it', async () => {
  await ask('Where is it?');
  await store.endTurn(conversationId, (await store.snapshot(conversationId, 1)).turn?.turnId ?? '', {
    state: 'stopped',
  });
  const aside = keys.feedSetAsideOf(conversationId);
  await redis.hset(aside, { own: `… "${conversationId}" …`, other: `… "${randomUUID()}" …` });
  expect(await createConversationDeletion(redis, keys).remove(conversationId, 0)).toBe(false);
  expect(await typesOf()).not.toContain('conversation-erased');
  expect(await createConversationDeletion(redis, keys).remove(conversationId, 1)).toBe(true);
  expect((await eventsOf()).at(-1)).toMatchObject({ ...origin, type: 'conversation-erased', conversationId });
  expect(await redis.hkeys(aside)).toEqual(['other']);
});
