import { randomUUID } from 'node:crypto';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTurnLog } from '../src/conversation/turn-log.ts';
import type { Redis } from '../src/lib/redis.ts';
import type { VisitorMessage } from '../src/store/conversation-outcomes.ts';
import { type ConversationStore, createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';

let server: RedisServer;
let redis: Redis;
let keys: RedisKeys;
let store: ConversationStore;
let conversationId: string;

beforeAll(async () => {
  server = await startRedisServer();
  redis = await server.connect();
});
afterAll(() => server.stop());
beforeEach(() => {
  conversationId = randomUUID();
  keys = createRedisKeys(`test-${conversationId}`);
  store = createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 600 });
});

const message = (text: string, changes: Partial<VisitorMessage> = {}): VisitorMessage => ({
  conversationId,
  siteId: 'acme',
  visitorId: 'visitor-1',
  id: randomUUID(),
  text,
  at: 1,
  turnId: randomUUID(),
  ...changes,
});

const answerOf = (turnId: string, text = 'An answer.') => ({
  state: 'done' as const,
  message: { id: turnId, from: 'assistant' as const, text, at: 2, turnId },
});

describe('append', () => {
  test('numbers concurrent messages 1…N without gaps', async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, index) => store.append(message(`m${index}`))));
    const seqs = outcomes.map((outcome) => (outcome.kind === 'stored' ? outcome.seq : -1)).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect((await store.readAfter(conversationId, 0, 100)).map(({ seq }) => seq)).toEqual(seqs);
  });

  test('returns the first result to a repeated send', async () => {
    const first = message('hello');
    expect(await store.append(first)).toEqual({ kind: 'stored', seq: 1, turnId: first.turnId, history: [] });
    expect(await store.append({ ...first, turnId: randomUUID() })).toEqual({
      kind: 'known',
      seq: 1,
      turnId: first.turnId,
    });
    expect(await store.append({ ...first, text: 'other' })).toEqual({ kind: 'conflict' });
    expect(await store.readAfter(conversationId, 0, 10)).toHaveLength(1);
  });

  test('returns the previous messages, oldest first, up to the limit', async () => {
    for (const text of ['one', 'two', 'three']) await store.append(message(text));
    const outcome = await store.append(message('four', { historyLimit: 2 }));
    expect(outcome).toMatchObject({
      seq: 4,
      history: [
        { seq: 2, text: 'two' },
        { seq: 3, text: 'three' },
      ],
    });
  });

  test('names the turn that it supersedes', async () => {
    const first = message('one');
    await store.append(first);
    expect(await store.append(message('two'))).toMatchObject({ superseded: first.turnId });
  });

  test('starts no turn after an agent has taken over, and refuses messages after it is closed', async () => {
    await redis.hset(keys.head(conversationId), 'responder', 'agent');
    expect(await store.append(message('hello'))).toEqual({ kind: 'stored', seq: 1, history: [] });
    await redis.hset(keys.head(conversationId), 'responder', 'closed');
    expect(await store.append(message('hello?'))).toEqual({ kind: 'closed' });
  });
});

describe('a turn', () => {
  test('ends once: a second end returns the first result', async () => {
    const { turnId } = message('q');
    await store.append(message('q', { turnId }));
    expect(await store.endTurn(conversationId, turnId, answerOf(turnId))).toEqual({
      kind: 'done',
      state: 'done',
      seq: 2,
    });
    expect(await store.endTurn(conversationId, turnId, { state: 'stopped' })).toEqual({
      kind: 'ended',
      state: 'done',
      seq: 2,
    });
  });

  test('stores nothing after an agent has replied', async () => {
    const { turnId } = message('q');
    await store.append(message('q', { turnId }));
    await redis.hset(keys.head(conversationId), 'responder', 'agent');
    expect(await store.endTurn(conversationId, turnId, answerOf(turnId))).toEqual({ kind: 'done', state: 'stopped' });
    expect(await store.readAfter(conversationId, 1, 10)).toEqual([]);
  });

  test('logs each delta once, in order, and refuses more after its end', async () => {
    const { turnId } = message('q');
    await store.append(message('q', { turnId }));
    const deltas = [1, 2, 3].map((n) => ({ n, text: `t${n}` }));
    expect(await store.appendDeltas(conversationId, turnId, deltas)).toBe(true);
    expect(await store.appendDeltas(conversationId, turnId, [...deltas, { n: 4, text: 't4' }])).toBe(true);
    expect((await store.readDeltas(conversationId, turnId, 2)).map(({ text }) => text)).toEqual(['t3', 't4']);
    expect(await store.readDeltas(conversationId, turnId, 1)).toEqual([2, 3, 4].map((n) => ({ n, text: `t${n}` })));
    await store.endTurn(conversationId, turnId, answerOf(turnId));
    expect(await store.appendDeltas(conversationId, turnId, [{ n: 5, text: 'ghost' }])).toBe(false);
  });

  test('a delta that replaces the text before it is logged as such, and a dead turn ends with the rest', async () => {
    const { turnId } = message('q');
    await store.append(message('q', { turnId }));
    const deltas = [
      { n: 1, text: 'Let me ' },
      { n: 2, text: 'think.' },
      { n: 3, text: 'Yes', replaces: true as const },
    ];
    await store.appendDeltas(conversationId, turnId, deltas.slice(0, 1));
    await store.appendDeltas(conversationId, turnId, [...deltas, { n: 4, text: ', it is.' }]);
    expect(await store.readDeltas(conversationId, turnId, 0)).toEqual([...deltas, { n: 4, text: ', it is.' }]);
    const [ended] = await createTurnLog(store).end(conversationId, turnId, 'interrupted', false);
    expect(ended).toMatchObject({ type: 'message', message: { text: 'Yes, it is.' } });
  });

  test('logs concurrently with other turns, each to its own log', async () => {
    const sent = await Promise.all(
      ['one', 'two', 'three'].map(async (text) => {
        const own = message(text, { conversationId: randomUUID() });
        await store.append(own);
        return own;
      }),
    );
    await store.endTurn(sent[1]?.conversationId ?? '', sent[1]?.turnId ?? '', { state: 'stopped' });
    const log = (own: VisitorMessage, from: number) =>
      store.appendDeltas(
        own.conversationId,
        own.turnId,
        [0, 1].map((k) => ({ n: from + k, text: own.text + (from + k) })),
      );
    expect(await Promise.all(sent.map((own) => log(own, 1)))).toEqual([true, false, true]);
    expect(await Promise.all(sent.map((own) => log(own, 3)))).toEqual([true, false, true]);
    const read = await Promise.all(sent.map((own) => store.readDeltas(own.conversationId, own.turnId, 0)));
    expect(read.map((deltas) => deltas.map(({ n, text }) => `${n}:${text}`))).toEqual([
      ['1:one1', '2:one2', '3:one3', '4:one4'],
      [],
      ['1:three1', '2:three2', '3:three3', '4:three4'],
    ]);
  });

  test('logs thousands of deltas that waited for Redis', async () => {
    const { turnId } = message('q');
    await store.append(message('q', { turnId }));
    const deltas = Array.from({ length: 10_000 }, (_, index) => ({ n: index + 1, text: 'x' }));
    expect(await store.appendDeltas(conversationId, turnId, deltas)).toBe(true);
    expect(await store.readDeltas(conversationId, turnId, 0)).toEqual(deltas);
    expect(await store.readDeltas(conversationId, turnId, 4321)).toEqual(deltas.slice(4321));
  });

  test('is an orphan only after its lease has expired', async () => {
    const { turnId } = message('q');
    await store.append(message('q', { turnId }));
    expect(await store.endTurn(conversationId, turnId, { state: 'interrupted', onlyIfOrphaned: true })).toEqual({
      kind: 'alive',
    });

    const hasty = createConversationStore(redis, keys, { leaseMs: 0, keepDeltasSeconds: 600 });
    const late = message('q2');
    await hasty.append(late);
    // Listed by the script that stores the question, so that no failure comes between them.
    await expect.poll(() => hasty.orphanedTurns(10)).toEqual([{ conversationId, turnId: late.turnId }]);
    const end = { state: 'interrupted', onlyIfOrphaned: true } as const;
    expect(await hasty.endTurn(conversationId, late.turnId, end)).toMatchObject({ kind: 'done', state: 'interrupted' });
    expect(await hasty.orphanedTurns(10)).toEqual([]);
  });

  test('of a version that listed all turns together is found as well, and ended once', async () => {
    const { turnId } = message('q');
    await store.append(message('q', { turnId }));
    await redis.zrem(keys.runningTurnsOf(conversationId), `${conversationId}/${turnId}`);
    await redis.zadd(keys.formerRunningTurns(), 1, `${conversationId}/${turnId}`);
    await expect.poll(() => store.orphanedTurns(10)).toEqual([{ conversationId, turnId }]);
    expect(await redis.exists(keys.formerRunningTurns())).toBe(0);
    await store.endTurn(conversationId, turnId, { state: 'interrupted' });
    expect(await store.orphanedTurns(10)).toEqual([]);
  });

  test('starts again on request, but not while another one runs', async () => {
    const { turnId } = message('q');
    await store.append(message('q', { turnId }));
    expect(await store.beginTurn(conversationId, randomUUID(), 1)).toBe('busy');
    await store.endTurn(conversationId, turnId, { state: 'failed' });
    expect(await store.beginTurn(conversationId, randomUUID(), 1)).toBe('begun');
  });
});

test('a snapshot contains messages, responder and the running turn of the same moment', async () => {
  const { turnId } = message('q');
  await store.append(message('q', { turnId }));
  await store.appendDeltas(conversationId, turnId, [{ n: 1, text: 'So' }]);
  expect(await store.snapshot(conversationId, 10)).toEqual({
    lastSeq: 1,
    responder: 'assistant',
    messages: [{ seq: 1, id: expect.any(String), from: 'visitor', text: 'q', at: 1 }],
    turn: { turnId, messageSeq: 1, state: 'running', deltas: [{ n: 1, text: 'So' }] },
  });
  await store.endTurn(conversationId, turnId, answerOf(turnId));
  expect(await store.snapshot(conversationId, 1)).toMatchObject({ lastSeq: 2, messages: [{ seq: 2 }] });
  expect(await store.snapshot(conversationId, 1)).not.toHaveProperty('turn');
});
