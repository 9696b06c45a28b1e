import { randomUUID } from 'node:crypto';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestTickets, type TestTickets } from '@firstword/testing/test-tickets';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createRetention, type Retention } from '../src/conversation/retention.ts';
import type { Redis } from '../src/lib/redis.ts';
import { createTokenHash } from '../src/lib/tokens.ts';
import { createConversationDeletion } from '../src/store/conversation-deletion.ts';
import { type ConversationStore, createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';
import { PARTITIONS } from '../src/store/partition.ts';
import { createPreChatStore } from '../src/store/pre-chat-store.ts';
import { createRetentionWalk, type RetentionStep } from '../src/store/retention-walk.ts';
import { createSessionStore, type SessionStore } from '../src/store/session-store.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);

let server: RedisServer;
let redis: Redis;
let keys: RedisKeys;
let prefix: string;
let store: ConversationStore;
let tickets: TestTickets;
let sessions: SessionStore;
let retention: Retention;
let now: number;

beforeAll(async () => {
  server = await startRedisServer();
  redis = await server.connect();
});
afterAll(() => server.stop());
beforeEach(() => {
  now = START;
  prefix = `test-${randomUUID()}`;
  keys = createRedisKeys(prefix);
  store = createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 600 });
  tickets = createTestTickets({ redis, keys, now: () => now });
  sessions = createSessionStore(redis, keys, createTokenHash('a secret'), { idleSeconds: 60, absoluteSeconds: 600 });
  retention = createRetention({
    ...parts(),
    walk: createRetentionWalk(redis, keys, () => now),
  });
});

const parts = () => ({
  ends: createConversationDeletion(redis, keys),
  tickets,
  keepMs: (siteId: string | undefined) => (siteId === 'keeper' ? undefined : 30 * DAY_MS),
  log: silentLog,
});

/** Steps until one scan of all keys is complete; the first scan only counts. */
async function sweepAll(by: Retention = retention): Promise<void> {
  const walk = async () => {
    do {
      await redis.del(keys.retentionTurn());
      await by.sweep();
    } while ((await redis.hget(keys.retentionWalk(), 'cursor')) !== '0');
  };
  if (!(await redis.hexists(keys.retentionWalk(), 'total'))) await walk();
  await walk();
}

/** A rated question and answer, with the costs of its calls. */
async function talk(siteId: string, conversationId: string = randomUUID()): Promise<string> {
  const turnId = randomUUID();
  await store.append({
    conversationId,
    siteId,
    visitorId: 'v',
    id: randomUUID(),
    text: 'Where is it?',
    at: now,
    turnId,
  });
  await store.appendDeltas(conversationId, turnId, [{ n: 1, text: 'There.' }]);
  const message = { id: turnId, from: 'assistant', text: 'There.', at: now, turnId } as const;
  await store.endTurn(conversationId, turnId, { state: 'done', message });
  await store.rate(conversationId, { of: 'message', messageId: turnId, value: 'up' });
  await redis.hset(keys.conversationCost(conversationId), { calls: 1 });
  await redis.hset(keys.files(conversationId), randomUUID(), 'what is known of a file');
  return conversationId;
}

const AGENT = { kind: 'agent', id: 'a', name: 'An agent' } as const;

async function openTicket(conversationId: string, idempotencyKey: string): Promise<string> {
  const { ticket } = await tickets.openNow({
    siteId: 'acme',
    conversationId,
    openedBy: 'visitor',
    reason: 'visitor-request',
    urgency: 'normal',
    firstLine: 'A person, please',
    waitingSince: now,
    idempotencyKey,
    analyse: false,
  });
  return ticket.id;
}

async function closeTicket(ticketId: string): Promise<void> {
  await tickets.act(ticketId, 'claim', { actor: AGENT, idempotencyKey: 'claim' });
  await tickets.act(ticketId, 'resolve', { actor: AGENT, idempotencyKey: 'resolve', code: 'answered' });
  await tickets.act(ticketId, 'close', { actor: { kind: 'system' }, idempotencyKey: 'close' });
}

/** Every key whose name or value contains the conversation. */
async function traces(of: string): Promise<string[]> {
  // Running turns and tickets missing from the index are handled within seconds, by the real clock; the feed by its consumers.
  const swept = Array.from({ length: PARTITIONS }, (_, partition) => [
    keys.feed(partition),
    keys.runningTurns(partition),
  ]);
  const sweptElsewhere = [keys.ticketIndex('unsettled'), ...swept.flat()];
  const found: string[] = [];
  for (const key of await redis.keys(`${prefix}*`)) {
    const kind = await redis.type(key);
    const value: unknown =
      kind === 'string'
        ? await redis.get(key)
        : kind === 'hash'
          ? await redis.hgetall(key)
          : kind === 'zset'
            ? await redis.zrange(key, '0', '-1')
            : kind === 'list'
              ? await redis.lrange(key, 0, -1)
              : await redis.xrange(key, '-', '+');
    if (!sweptElsewhere.includes(key) && (key.includes(of) || JSON.stringify(value).includes(of))) found.push(key);
  }
  return found;
}

test('a conversation is deleted with everything about it once its retention period is over', async () => {
  const conversationId = await talk('acme');
  now += 30 * DAY_MS - 1;
  await sweepAll();
  expect((await store.snapshot(conversationId, 10)).messages).toHaveLength(2);
  now += 1;
  await sweepAll();
  expect(await traces(conversationId)).toEqual([]);
});

test('pre-chat answers without a chat and records of files expire in time', async () => {
  const [asked, sent] = [randomUUID(), randomUUID()];
  const preChat = createPreChatStore(redis, keys);
  await preChat.save(asked, 'acme', { email: 'visitor@shop.example' }, now);
  await preChat.save(sent, 'keeper', {}, now);
  await redis.hset(keys.files(asked), randomUUID(), '{}');
  now += 30 * DAY_MS - 1;
  await sweepAll();
  expect(await preChat.of(asked)).toEqual({ email: 'visitor@shop.example' });
  now += 1;
  await sweepAll();
  expect(await traces(asked)).toEqual([]);
  expect(await preChat.of(sent)).toEqual({});
});

test('all its tickets are deleted with it', async () => {
  const conversationId = await talk('acme');
  const first = await openTicket(conversationId, 'one');
  await tickets.note(first, { actor: AGENT, text: 'Called back.', idempotencyKey: 'note' });
  await closeTicket(first);
  const second = await openTicket(conversationId, 'two');
  await closeTicket(second);
  expect(await tickets.get(second)).toMatchObject({ follows: first, state: 'closed' });
  now += 31 * DAY_MS;
  await sweepAll();
  for (const trace of [conversationId, first, second]) expect(await traces(trace)).toEqual([]);
});

test('an open or recently changed ticket keeps its conversation', async () => {
  const conversationId = await talk('acme');
  const ticketId = await openTicket(conversationId, 'one');
  now += 40 * DAY_MS;
  await sweepAll();
  expect(await tickets.get(ticketId)).toMatchObject({ state: 'new' });
  await closeTicket(ticketId);
  await sweepAll();
  expect(await tickets.get(ticketId)).toMatchObject({ state: 'closed' });
  now += 31 * DAY_MS;
  await sweepAll();
  expect(await traces(conversationId)).toEqual([]);
});

test('a recent conversation is kept, and so is any of a site without a retention period', async () => {
  const kept = await talk('keeper');
  const old = await talk('acme');
  now += 29 * DAY_MS;
  await talk('acme', old);
  now += 29 * DAY_MS;
  await sweepAll();
  expect((await store.snapshot(old, 10)).messages).toHaveLength(4);
  expect((await store.snapshot(kept, 10)).messages).toHaveLength(2);
});

test('an identified visitor starts a new conversation afterwards', async () => {
  const { session } = await sessions.openFor('acme', { subject: 'visitor-7' });
  await talk('acme', session.conversationId);
  now += 31 * DAY_MS;
  await sweepAll();
  const again = await sessions.openFor('acme', { subject: 'visitor-7' });
  expect(again.session.conversationId).not.toBe(session.conversationId);
});

test('a message that arrives while a conversation is deleted keeps it', async () => {
  const ends = createConversationDeletion(redis, keys);
  const conversationId = await talk('acme');
  const found = await ends.inspect(conversationId);
  await talk('acme', conversationId);
  expect(await ends.remove(conversationId, found?.lastSeq ?? 0)).toBe(false);
  expect((await store.snapshot(conversationId, 10)).messages).toHaveLength(4);
});

test('a failed step is repeated, by one of several processes', async () => {
  const conversationId = await talk('acme');
  const walk = createRetentionWalk(redis, keys);
  const seen: string[] = [];
  const nothing = { deleted: 0, heldBack: false };
  await expect(walk.next(1, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  await expect.poll(() => redis.exists(keys.retentionTurn())).toBe(0);
  const note = async ({ conversationIds }: RetentionStep) => {
    seen.push(...conversationIds);
    return nothing;
  };
  await Promise.all(Array.from({ length: 5 }, () => walk.next(60_000, note)));
  expect(seen).toEqual([conversationId]);
});

const count = async () => (await redis.keys(keys.allHeads())).length;
async function talkMany(conversations: number) {
  for (let n = 0; n < conversations; n += 1) await talk('acme');
}

test('at most a tenth of the conversations is deleted in an hour; then a warning is logged until the next hour', async () => {
  const warn = vi.fn();
  const braked = createRetention({
    ...parts(),
    walk: createRetentionWalk(redis, keys, () => now),
    log: { ...silentLog, warn },
  });
  await talkMany(150);
  now += 40 * DAY_MS;
  await sweepAll(braked);
  expect(await count()).toBe(135);
  for (let step = 0; step < 3; step += 1) {
    await redis.del(keys.retentionTurn());
    await braked.sweep();
  }
  expect(await count()).toBe(135);
  expect(warn.mock.calls).toEqual([
    [expect.objectContaining({ deleted: 15, total: 150, share: 0.1 }), expect.stringContaining('until the next hour')],
  ]);
  now += 3_600_000;
  await redis.del(keys.retentionTurn());
  await braked.sweep();
  expect(await count()).toBe(120);
});

test('the age of a conversation is measured by the clock of Redis, not by that of the process', async () => {
  now = Date.now();
  await talk('acme');
  const clock = vi.spyOn(Date, 'now').mockReturnValue(now + 400 * DAY_MS);
  try {
    await sweepAll(createRetention({ ...parts(), walk: createRetentionWalk(redis, keys) }));
  } finally {
    clock.mockRestore();
  }
  expect(await count()).toBe(1);
});

test('in a full Redis old conversations are still deleted, with their tickets', async () => {
  const conversationId = await talk('acme');
  await closeTicket(await openTicket(conversationId, 'one'));
  await talk('keeper');
  now += 40 * DAY_MS;
  await redis.config('SET', 'maxmemory', '1');
  try {
    await expect(redis.set(keys.readyCheck(), '1')).rejects.toThrow('OOM');
    for (let step = 0; step < 100 && (await count()) > 1; step += 1) await retention.sweep();
  } finally {
    await redis.config('SET', 'maxmemory', '0');
  }
  expect(await traces(conversationId)).toEqual([]);
  expect(await count()).toBe(1);
});
