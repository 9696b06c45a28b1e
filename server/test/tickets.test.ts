import { randomUUID } from 'node:crypto';
import type { Actor, Ticket } from '@firstword/shared/ticket';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { createTestTickets, type TestTickets } from '@firstword/testing/test-tickets';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLog } from '../src/lib/log.ts';
import { connectRedis, type Redis } from '../src/lib/redis.ts';
import { createDatabase, type Database } from '../src/records/database.ts';
import { createPostgresTicketStore } from '../src/records/postgres-ticket-store.ts';
import type { TicketStore } from '../src/records/ticket-store.ts';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';
import type { TicketNews } from '../src/store/ticket-channel.ts';
import type { OpenTicket, Tickets } from '../src/tickets/ticket-types.ts';

const log = createLog('silent');
const agent: Actor = { kind: 'agent', id: 'a1', name: 'An agent' };
const otherAgent: Actor = { kind: 'agent', id: 'a2', name: 'Another agent' };
const DAY_MS = 86_400_000;

let server: RedisServer;
let redis: Redis;
let subscriber: Redis;
let keys: RedisKeys;
let tickets: TestTickets;
let given: TestDatabase;
let database: Database;
let clock: number;
let conversationId: string;

beforeAll(async () => {
  server = await startRedisServer();
  redis = await connectRedis(server.url, 'commands', log);
  subscriber = await connectRedis(server.url, 'waiting', log);
  given = await createTestDatabase();
  database = createDatabase(given.url, log);
});
afterAll(async () => {
  redis.disconnect();
  subscriber.disconnect();
  await database.close();
  await Promise.all([server.stop(), given.drop()]);
});
beforeEach(async () => {
  await database.query((db) => sql`TRUNCATE ticket_conversations, ticket_numbers CASCADE`.execute(db));
  keys = createRedisKeys(`test-${randomUUID()}`);
  clock = Date.now();
  conversationId = randomUUID();
  tickets = another();
});

/** The tickets as another process sees them. */
function another(changed: Partial<TicketStore> = {}): TestTickets {
  const store = { ...createPostgresTicketStore(database, () => 'en'), ...changed };
  return createTestTickets({ redis, subscriber, keys, store, now: () => clock });
}

function ticketRequest(more: Partial<OpenTicket> = {}): OpenTicket {
  return {
    siteId: 'demo',
    conversationId,
    openedBy: 'assistant',
    reason: 'complex',
    urgency: 'normal',
    firstLine: 'My parcel is lost and I was charged twice.',
    waitingSince: clock,
    idempotencyKey: randomUUID(),
    ...more,
  };
}

const open = async (more: Partial<OpenTicket> = {}) => (await tickets.openNow(ticketRequest(more))).ticket;

function act(ticket: Ticket, action: Parameters<Tickets['act']>[1], actor: Actor = agent, more: object = {}) {
  return tickets.act(ticket.id, action, {
    actor,
    expectedVersion: ticket.version,
    idempotencyKey: randomUUID(),
    ...more,
  });
}

async function done(outcome: ReturnType<Tickets['act']>): Promise<Ticket> {
  const result = await outcome;
  if (result.kind !== 'done') throw new Error(`expected done, got ${JSON.stringify(result)}`);
  return result.ticket;
}

const responder = async () => (await redis.hget(keys.head(conversationId), 'responder')) ?? 'assistant';
const list = async (view: 'review' | 'mine' | 'open' | 'done', agentId = 'a1') =>
  (await tickets.list({ view, agentId, limit: 50 })).tickets.map(({ id }) => id);

test('opening stores the ticket, the responder, and a queued analysis', async () => {
  const ticket = await open({ verdict: { handling: 'complex', reasons: ['model'] } });
  expect(ticket).toMatchObject({ number: 1, state: 'analyzing', analysis: { state: 'queued' }, revision: 1 });
  expect(await responder()).toBe('waiting-agent');
  const store = createConversationStore(redis, keys, { leaseMs: 1000, keepDeltasSeconds: 60 });
  expect(await store.snapshot(conversationId, 1)).toMatchObject({ responder: 'waiting-agent', ticketId: ticket.id });
  expect(await tickets.verdict(ticket.id)).toMatchObject({ handling: 'complex' });
  expect((await tickets.events(ticket.id)).map(({ action }) => action)).toEqual(['open', 'start-analysis']);
  expect(await tickets.ofConversation(conversationId)).toEqual(ticket);
});

test('a conversation has one open ticket, even if several are opened at once', async () => {
  const opened = await Promise.all([...Array(8)].map(() => another().openNow(ticketRequest())));
  expect(new Set(opened.map(({ ticket }) => ticket.id)).size).toBe(1);
  expect(opened.filter(({ created }) => created)).toHaveLength(1);
});

test('who looks for a ticket right after its hand-off gets it once it is stored', async () => {
  const request = ticketRequest();
  const { ticketId } = await tickets.open(request);
  const looking = tickets.ofConversation(request.conversationId);
  expect(await tickets.get(ticketId)).toBeUndefined();
  await tickets.openNow(request);
  expect(await looking).toMatchObject({ id: ticketId });
});

test('opening again with the same key returns the same ticket', async () => {
  const request = ticketRequest();
  const first = await tickets.openNow(request);
  const again = await tickets.openNow(request);
  expect(again).toEqual(first);
  expect(await tickets.runs(first.ticket.id)).toHaveLength(1);
});

test('of two agents who claim at the same moment, one wins and the other gets a conflict', async () => {
  const ticket = await open();
  const outcomes = await Promise.all([act(ticket, 'claim', agent), act(ticket, 'claim', otherAgent)]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['conflict', 'done']);
  const winner = outcomes.find(({ kind }) => kind === 'done');
  const loser = outcomes.find(({ kind }) => kind === 'conflict');
  expect(loser).toMatchObject({ ticket: { assignee: winner?.kind === 'done' ? winner.ticket.assignee : {} } });
  expect((await tickets.events(ticket.id)).filter(({ action }) => action === 'claim')).toHaveLength(1);
});

test('an action sent twice has one effect, even after other changes', async () => {
  const ticket = await open();
  const request = { actor: agent, expectedVersion: ticket.version, idempotencyKey: randomUUID() };
  const claimed = await done(tickets.act(ticket.id, 'claim', request));
  await done(act(claimed, 'reply'));
  const repeated = await tickets.act(ticket.id, 'claim', request);
  expect(repeated).toMatchObject({ kind: 'done', ticket: { state: 'waiting-visitor' } });
  expect(await tickets.act(ticket.id, 'resolve', request)).toMatchObject({ kind: 'conflict' });
  expect((await tickets.events(ticket.id)).filter(({ action }) => action === 'claim')).toHaveLength(1);
});

test('the progress of an analysis is no conflict for an agent', async () => {
  const ticket = await open();
  const [run] = await tickets.runs(ticket.id);
  const begun = await tickets.beginRun(run?.id ?? '');
  expect(await tickets.commitRun(run?.id ?? '', begun?.fencingToken ?? 0, { state: 'failed', problem: 'no' })).toBe(
    'stored',
  );
  expect(await act(ticket, 'claim')).toMatchObject({ kind: 'done', ticket: { analysis: { state: 'failed' } } });
});

test('a failed analysis leaves the ticket to agents', async () => {
  const ticket = await open();
  const [run] = await tickets.runs(ticket.id);
  expect(await tickets.failRun(run?.id ?? '', { wording: 'The endpoint is away.', values: [] })).toBe('stored');
  expect(await tickets.get(ticket.id)).toMatchObject({ state: 'needs-review', analysis: { state: 'failed' } });
  expect(await list('review')).toEqual([ticket.id]);
});

test('the responder follows the ticket', async () => {
  const ticket = await open();
  const claimed = await done(act(ticket, 'claim'));
  expect(await responder()).toBe('agent');
  const handedBack = await done(act(claimed, 'hand-back'));
  expect(await responder()).toBe('assistant');
  const next = await open();
  expect(next).toMatchObject({ follows: ticket.id, number: 2 });
  clock += 30 * DAY_MS;
  await tickets.sweep(clock);
  expect(await tickets.get(handedBack.id)).toMatchObject({ state: 'closed' });
  expect(await responder()).toBe('waiting-agent');
});

test('a message of the visitor wakes the ticket and makes its analysis outdated', async () => {
  const ticket = await open();
  const [run] = await tickets.runs(ticket.id);
  const begun = await tickets.beginRun(run?.id ?? '');
  const replied = await done(act(ticket, 'reply'));
  expect(replied).toMatchObject({ state: 'waiting-visitor', assignee: { id: 'a1' } });
  const woken = await tickets.recordVisitorMessage(ticket.id, { seq: 9, text: 'Hello?' });
  expect(woken).toMatchObject({ state: 'in-progress', revision: 2, analysis: { stale: true } });
  expect(await tickets.recordVisitorMessage(ticket.id, { seq: 9, text: 'Hello?' })).toEqual(woken);
  expect(await tickets.commitRun(run?.id ?? '', begun?.fencingToken ?? 0, { state: 'completed' })).toBe('stored');
  expect(await tickets.get(ticket.id)).toMatchObject({
    state: 'in-progress',
    analysis: { state: 'completed', stale: true },
  });
});

test('a wish for an agent reopens a resolved ticket for the same owner', async () => {
  const ticket = await open();
  const replied = await done(act(ticket, 'reply'));
  const resolved = await done(act(replied, 'resolve', agent, { code: 'solved' }));
  expect(resolved).toMatchObject({ resolution: 'solved' });
  const { ticket: joined, created, reopened } = await tickets.openNow(ticketRequest({ reason: 'visitor-request' }));
  expect([created, reopened]).toEqual([false, true]);
  expect((await tickets.events(ticket.id)).at(-1)).toMatchObject({ action: 'reopen', reason: 'visitor-request' });
  expect(joined).toMatchObject({ id: ticket.id, state: 'in-progress', reopened: 1, assignee: { id: 'a1' } });
});

test('a hand-off for another matter opens one ticket that follows the resolved one, which stays resolved', async () => {
  const first = await open();
  const replied = await done(act(first, 'reply'));
  await done(act(replied, 'resolve', agent, { code: 'solved' }));
  const opened = await Promise.all([...Array(4)].map(() => another().openNow(ticketRequest({ reason: 'policy' }))));
  expect(opened.filter(({ created }) => created)).toHaveLength(1);
  expect(opened.map(({ ticket }) => ticket.follows)).toEqual(Array(4).fill(first.id));
  expect(await tickets.get(first.id)).toMatchObject({ state: 'resolved', resolution: 'solved', reopened: 0 });
  expect(await responder()).toBe('waiting-agent');
  clock += 30 * DAY_MS;
  await tickets.sweep(clock);
  expect(await tickets.get(first.id)).toMatchObject({ state: 'closed' });
  expect(await responder()).toBe('waiting-agent');
});

test('timers resolve, wake and close, and the conversation ends with its ticket', async () => {
  const ticket = await open();
  const replied = await done(act(ticket, 'reply'));
  await tickets.sweep(clock + DAY_MS);
  expect(await tickets.get(ticket.id)).toEqual(replied);
  clock += 4 * DAY_MS;
  await Promise.all([tickets.sweep(clock), another().sweep(clock)]);
  expect(await tickets.get(ticket.id)).toMatchObject({ state: 'resolved', resolution: 'no-reply' });
  clock += 5 * DAY_MS;
  await tickets.sweep(clock);
  expect(await tickets.get(ticket.id)).toMatchObject({ state: 'closed', resolution: 'no-reply' });
  expect(await responder()).toBe('closed');
  expect(await open()).toMatchObject({ follows: ticket.id });
  expect(await responder()).toBe('waiting-agent');
});

test('a sweep leaves a ticket alone that another sweep has resolved since both found it due', async () => {
  const ticket = await open();
  await done(act(ticket, 'reply'));
  clock += 4 * DAY_MS;
  const { due } = createPostgresTicketStore(database, () => 'en');
  const slow = another({
    async due(...query) {
      const listed = await due(...query);
      await tickets.sweep(clock);
      return listed;
    },
  });
  await slow.sweep(clock);
  expect(await tickets.get(ticket.id)).toMatchObject({ state: 'resolved', resolution: 'no-reply' });
});

test('a snoozed ticket wakes at its time', async () => {
  const claimed = await done(act(await open(), 'claim'));
  await done(act(claimed, 'snooze', agent, { until: clock + 1000, reason: 'stock arrives' }));
  await tickets.sweep(clock + 999);
  expect(await tickets.get(claimed.id)).toMatchObject({ state: 'snoozed', snoozedUntil: clock + 1000 });
  const idsOf = async (view: 'mine' | 'open' | 'done') =>
    (await tickets.list({ view, agentId: agent.id, limit: 10 })).tickets.map(({ id }) => id);
  expect(await Promise.all([idsOf('mine'), idsOf('open'), idsOf('done')])).toEqual([[], [], [claimed.id]]);
  await tickets.sweep(clock + 1000);
  expect(await tickets.get(claimed.id)).toMatchObject({ state: 'in-progress' });
});

test('an older ticket cannot be reopened while a newer one is open', async () => {
  const claimed = await done(act(await open(), 'claim'));
  const handedBack = await done(act(claimed, 'hand-back'));
  await open();
  expect(await act(handedBack, 'reopen')).toMatchObject({
    kind: 'not-allowed',
    why: { wording: expect.stringContaining('newer') },
  });
});

test('views are sorted by urgency, then by waiting time', async () => {
  const of = (urgency: Ticket['urgency'], waitedMs: number) =>
    open({ conversationId: randomUUID(), urgency, waitingSince: clock - waitedMs });
  const normal = await of('normal', 10);
  const critical = await of('critical', 1);
  const patient = await of('normal', 50);
  expect(await list('review')).toEqual([critical.id, patient.id, normal.id]);
  const claimed = await done(act(normal, 'claim'));
  expect(await list('mine')).toEqual([normal.id]);
  await done(act(claimed, 'claim', otherAgent));
  expect(await list('mine')).toEqual([]);
  expect(await list('mine', 'a2')).toEqual([normal.id]);
  await done(act(critical, 'mark-spam'));
  expect(await list('open')).toEqual([patient.id, normal.id]);
  expect(await list('done')).toEqual([critical.id]);
  expect(await tickets.counts('a2')).toEqual({
    ...{ review: 1, mine: 1, unassigned: 1, open: 2, waiting: 0, snoozed: 0, done: 1 },
  });
});

test('a change whose process died after the commit reaches the conversation and agents’ pages', async () => {
  const ticket = await open();
  const leave = new AbortController();
  const news = another().changes(leave.signal)[Symbol.asyncIterator]();
  const next = news.next();
  await expect.poll(() => redis.pubsub('SHARDNUMSUB', keys.ticketChanges())).toEqual([keys.ticketChanges(), 1]);
  const dying = createTestTickets({
    redis: new Proxy(redis, {
      get: (target, name) => (name === 'fwTickets' ? () => new Promise(() => {}) : Reflect.get(target, name)),
    }),
    keys,
    store: createPostgresTicketStore(database, () => 'en'),
  });
  void dying.act(ticket.id, 'claim', { actor: agent, idempotencyKey: randomUUID() });
  await expect.poll(() => tickets.get(ticket.id)).toMatchObject({ state: 'in-progress' });
  expect(await responder()).toBe('waiting-agent');
  await expect
    .poll(async () => {
      await Promise.all([tickets.deliverOld(), another().deliverOld()]);
      return responder();
    })
    .toBe('agent');
  expect((await next).value).toMatchObject({ ticket: { id: ticket.id, state: 'in-progress' } });
  leave.abort();
  const { rows } = await database.query((db) => sql`SELECT * FROM ticket_outbox`.execute(db));
  expect(rows).toEqual([]);
});

test('an older state never replaces a newer one in the conversation', async () => {
  const ticket = await open();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = createTestTickets({
    redis: new Proxy(redis, {
      get(target, name) {
        if (name !== 'fwTickets') return Reflect.get(target, name);
        return async (...values: never[]) => {
          await held;
          return Reflect.get(target, name)(...values);
        };
      },
    }),
    keys,
    store: createPostgresTicketStore(database, () => 'en'),
  });
  const claiming = slow.act(ticket.id, 'claim', { actor: agent, idempotencyKey: randomUUID() });
  await expect.poll(() => tickets.get(ticket.id)).toMatchObject({ state: 'in-progress' });
  await tickets.act(ticket.id, 'hand-back', { actor: agent, idempotencyKey: randomUUID() });
  expect(await responder()).toBe('assistant');
  release();
  await claiming;
  expect(await responder()).toBe('assistant');
});

test('a hand-off while the conversation is being closed is kept: its ticket is open, and the visitor waits for an agent', async () => {
  const replied = await done(act(await open(), 'reply'));
  const resolved = await done(act(replied, 'resolve', agent, { code: 'solved' }));
  const { ticketId } = await tickets.open(ticketRequest({ reason: 'policy' }));
  clock += 30 * DAY_MS;
  await tickets.sweep(clock);
  expect(await tickets.get(resolved.id)).toMatchObject({ state: 'closed' });
  expect(await responder()).toBe('waiting-agent');
  const { ticket } = await tickets.openNow(ticketRequest());
  expect(ticket).toMatchObject({ id: ticketId, state: 'analyzing', follows: resolved.id });
  expect(await responder()).toBe('waiting-agent');
});

test('a wish for an agent that meets an agent’s resolution reopens the ticket', async () => {
  const replied = await done(act(await open(), 'reply'));
  const joined = await tickets.open(ticketRequest({ reason: 'visitor-request' }));
  expect(joined).toMatchObject({ ticketId: replied.id, created: false, reopened: false });
  await done(act(replied, 'resolve', agent, { code: 'solved' }));
  expect(await responder()).toBe('assistant');
  await tickets.openNow(ticketRequest({ reason: 'visitor-request' }));
  expect(await tickets.get(replied.id)).toMatchObject({ state: 'in-progress', reopened: 1 });
  expect(await responder()).toBe('agent');
});

test('a hand-off is stored once, however often its event is delivered and by however many processes', async () => {
  const request = ticketRequest();
  const { ticket } = await tickets.openNow(request);
  await Promise.all([...Array(4)].map(() => another().openNow(request)));
  expect(await tickets.get(ticket.id)).toEqual(ticket);
  expect((await tickets.events(ticket.id)).map(({ action }) => action)).toEqual(['open', 'start-analysis']);
});

test('every process receives every change until its listener unsubscribes', async () => {
  const leave = new AbortController();
  const received: TicketNews[] = [];
  const listening = (async () => {
    for await (const news of another().changes(leave.signal)) received.push(news);
  })();
  await expect.poll(() => redis.pubsub('SHARDNUMSUB', keys.ticketChanges())).toEqual([keys.ticketChanges(), 1]);
  const ticket = await open();
  await tickets.note(ticket.id, { actor: agent, text: 'Called the carrier.', idempotencyKey: randomUUID() });
  await tickets.notifyAgents(conversationId);
  await expect.poll(() => received.length).toBe(4);
  expect(received).toMatchObject([
    { ticket: { version: 2 } },
    { notification: { kind: 'new-ticket', ticketId: ticket.id } },
    { ticket: { version: 3 } },
    { detail: ticket.id },
  ]);
  leave.abort();
  await listening;
});

test('an edited reply gets the verdict "edited" once, with the amount of change', async () => {
  const ticket = await open();
  const runId = (await tickets.runs(ticket.id))[0]?.id ?? '';
  const begun = await tickets.beginRun(runId);
  await tickets.commitRun(runId, begun?.fencingToken ?? 0, { state: 'failed', problem: 'unreadable' });
  const reviewer = { id: 'a1', name: 'An agent' };
  const review = {
    reviewer,
    idempotencyKey: randomUUID(),
    outcome: { kind: 'sent', text: 'Hello.', messageSeq: 3 },
  } as const;
  const first = await tickets.review(runId, review);
  expect(first).toMatchObject({ kind: 'done', run: { review: { verdict: 'edited', editDistance: 6, messageSeq: 3 } } });
  expect(await tickets.review(runId, review)).toEqual(first);
  const late = {
    ...review,
    idempotencyKey: randomUUID(),
    outcome: { kind: 'rejected', reason: 'wrong-tone' },
  } as const;
  expect(await tickets.review(runId, late)).toMatchObject({ kind: 'not-allowed' });
});

test('the confusion matrix counts the latest correction of a verdict', async () => {
  const ticket = await open({ verdict: { handling: 'answer', reasons: ['model'] } });
  const correct = (handling: 'complex' | 'agent') =>
    tickets.correctVerdict(ticket.id, { handling, actor: agent, idempotencyKey: randomUUID() });
  await correct('complex');
  await correct('agent');
  expect(await tickets.verdict(ticket.id)).toMatchObject({ handling: 'answer', correctedTo: 'agent' });
  expect(await tickets.confusion([ticket.siteId])).toEqual([{ from: 'answer', to: 'agent', count: 1 }]);
});

test('a ticket deleted while its analysis ran stays deleted', async () => {
  const ticket = await open();
  const runId = (await tickets.runs(ticket.id))[0]?.id ?? '';
  const begun = await tickets.beginRun(runId);
  await tickets.forget(conversationId);
  expect(await tickets.commitRun(runId, begun?.fencingToken ?? 0, { state: 'completed' })).toBe('refused');
  await tickets.sweep(clock + 60_000);
  expect(await tickets.get(ticket.id)).toBeUndefined();
  const counts = ['tickets', 'ticket_events', 'ticket_runs', 'ticket_effects', 'ticket_outbox'].map(
    (table) => sql`SELECT count(*)::int AS count FROM ${sql.table(table)}`,
  );
  for (const count of counts) expect((await database.query((db) => count.execute(db))).rows).toEqual([{ count: 0 }]);
  expect(await list('open')).toEqual([]);
});

test('an analysis that ends after its ticket was closed is kept and does not change the ticket', async () => {
  const ticket = await open();
  const runId = (await tickets.runs(ticket.id))[0]?.id ?? '';
  const begun = await tickets.beginRun(runId);
  const spam = await done(act(ticket, 'mark-spam'));
  expect(await tickets.commitRun(runId, begun?.fencingToken ?? 0, { state: 'completed' })).toBe('stored');
  expect(await tickets.get(ticket.id)).toMatchObject({ state: 'spam', version: spam.version + 1 });
  expect(await tickets.beginRun(runId)).toBeUndefined();
});

test('a rerun with another model supersedes the running analysis, whose late result is refused', async () => {
  const ticket = await open();
  const first = (await tickets.runs(ticket.id))[0]?.id ?? '';
  const begun = await tickets.beginRun(first);
  const again = await tickets.queueRun(ticket.id, 'agent', { idempotencyKey: 'k', actor: agent, modelId: 'glm-5' });
  expect(again?.run).toMatchObject({ number: 2, trigger: 'agent' });
  expect(await tickets.queueRun(ticket.id, 'agent', { idempotencyKey: 'k', actor: agent })).toMatchObject({
    run: { number: 2 },
  });
  expect(await tickets.commitRun(first, begun?.fencingToken ?? 0, { state: 'completed' })).toBe('refused');
  expect((await tickets.runs(ticket.id)).map(({ state }) => state)).toEqual(['queued', 'superseded']);
  expect((await tickets.beginRun(again?.run.id ?? ''))?.modelId).toBe('glm-5');
});
