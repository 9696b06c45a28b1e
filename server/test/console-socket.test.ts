import { randomUUID } from 'node:crypto';
import type { ConsoleClientEvents, ConsoleServerEvents } from '@firstword/shared/console-events';
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import { EMAIL } from '@firstword/testing/console-agents';
import type { Page } from '@firstword/testing/console-page';
import { type ConsoleServer, startConsoleServer } from '@firstword/testing/console-server';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

type Client = Socket<ConsoleServerEvents, ConsoleClientEvents>;
type Received = { [Event in keyof ConsoleServerEvents]: Parameters<ConsoleServerEvents[Event]>[0][] };

let server: RedisServer;
let consoleServer: ConsoleServer;
let page: Page;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  consoleServer = await startConsoleServer(server, { tickMs: 50 });
  page = await consoleServer.signIn();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await consoleServer.close();
});

function open(headers: Record<string, string>, at = consoleServer): { client: Client; received: Received } {
  const client: Client = io(`${at.origin}/console`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: headers,
  });
  ends.push(() => client.close());
  const received: Received = {
    'ticket-change': [],
    'ticket-detail': [],
    notification: [],
    'conversations-change': [],
    'conversation-erased': [],
    missed: [],
    presence: [],
    'agent-statuses': [],
    message: [],
    'conversation-message': [],
    'answer-text': [],
    'answer-end': [],
    typing: [],
    read: [],
    'agent-typing': [],
  };
  client.onAny((event: keyof Received, payload) => void received[event].push(payload as never));
  return { client, received };
}

async function connect(as: Page = page, at = consoleServer) {
  const opened = open({ origin: at.origin, cookie: as.cookie() }, at);
  await new Promise<void>((resolve, reject) => opened.client.on('connect', resolve).on('connect_error', reject));
  return opened;
}

const disconnected = (client: Client) => new Promise<string>((resolve) => client.on('disconnect', resolve));

async function refusal(headers: Record<string, string>): Promise<unknown> {
  const { client } = open(headers);
  return new Promise((resolve, reject) => {
    client.on('connect', () => reject(new Error('it was let in')));
    client.on('connect_error', (error) => resolve((error as { data?: { code?: unknown } }).data?.code));
  });
}

const watch = async ({ client }: { client: Client }, ticketId: string | null) =>
  expect(await client.emitWithAck('ticket-watch', { ticketId })).toEqual({ ok: true });

const onAcme = (conversationId: string) => ({ conversationId, siteId: 'acme' });
const message = (seq: number): Message => ({ seq, id: randomUUID(), from: 'visitor', text: 'And my desk?', at: 1 });
const viewersOf = ({ presence }: Received, { id }: Ticket) =>
  presence
    .at(-1)
    ?.find(({ ticketId }) => ticketId === id)
    ?.agents.map(({ name }) => name);

describe('connecting', () => {
  test.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1',
    'HTTP://127.0.0.1:1',
    'http://127.0.0.1.evil.example',
  ])('from a page of origin %s is refused', async (origin) => {
    expect(await refusal({ origin, cookie: page.cookie() })).toBe('origin-refused');
  });

  test('without an origin is refused', async () => {
    expect(await refusal({ cookie: page.cookie() })).toBe('origin-refused');
  });

  test.each(['', 'firstword-agent=', `firstword-agent=${'a'.repeat(43)}`, 'other=1'])(
    'with the cookie %j is refused',
    async (cookie) => {
      expect(await refusal({ origin: consoleServer.origin, cookie })).toBe('signed-out');
    },
  );

  test('ends with the session: at once after sign-out, soon after the account is removed', async () => {
    const { client } = await connect();
    const gone = disconnected(client);
    await page.request('DELETE', '/session');
    expect(await gone).toBe('io server disconnect');
    const other = await connect(await consoleServer.signIn('other@shop.example'));
    const removed = disconnected(other.client);
    await consoleServer.agents.remove('other@shop.example');
    expect(await removed).toBe('io server disconnect');
  });
});

test('every page receives a ticket change, and pages that show the ticket are asked to reload it', async () => {
  const ticket = await consoleServer.openTicket();
  const [watching, other] = [await connect(), await connect()];
  await watch(watching, ticket.id);
  await page.act(ticket, 'claim');
  await vi.waitFor(() => {
    for (const { received } of [watching, other])
      expect(received['ticket-change'].at(-1)?.ticket).toMatchObject({ id: ticket.id, state: 'in-progress' });
    expect(watching.received['ticket-detail']).toContainEqual({ ticketId: ticket.id });
  });
  expect(other.received['ticket-detail']).toEqual([]);
});

test('messages, typing and read marks of the visitor reach the pages that show the ticket, until they show another one', async () => {
  const [ticket, elsewhere] = [await consoleServer.openTicket(), await consoleServer.openTicket()];
  const [watching, other] = [await connect(), await connect()];
  await watch(watching, ticket.id);
  await watch(other, elsewhere.id);
  const sent = message(2);
  consoleServer.namespace.publishMessage(ticket.id, sent);
  consoleServer.namespace.publishTyping(ticket.conversationId, true);
  consoleServer.namespace.publishRead(ticket.id, 2, 5);
  await vi.waitFor(() => {
    expect(watching.received.message).toEqual([{ ticketId: ticket.id, message: sent }]);
    expect(watching.received.typing).toEqual([{ ticketId: ticket.id, on: true }]);
    expect(watching.received.read).toEqual([{ ticketId: ticket.id, seq: 2, at: 5 }]);
  });
  await watch(watching, elsewhere.id);
  consoleServer.namespace.publishMessage(ticket.id, message(3));
  consoleServer.namespace.publishMessage(elsewhere.id, sent);
  const last = { ticketId: elsewhere.id, message: sent };
  await vi.waitFor(() => {
    expect(watching.received.message).toEqual([{ ticketId: ticket.id, message: sent }, last]);
    expect(other.received.message).toEqual([last]);
  });
});

test('what the agent who has the ticket reads is noted, and what others look at is not', async () => {
  const ticket = await consoleServer.openTicket();
  const other = await connect(await consoleServer.signIn('reader@shop.example'));
  const own = await connect();
  const marks = () => consoleServer.readMarks.all(ticket.conversationId);
  const read = ({ client }: typeof own, seq: number) =>
    client.timeout(10_000).emitWithAck('read', { ticketId: ticket.id, seq });
  expect(await read(own, 1)).toMatchObject({ ok: false, code: 'not-found' });
  for (const each of [own, other]) await watch(each, ticket.id);
  await page.act(ticket, 'claim');
  await vi.waitFor(() => expect(own.received['ticket-change'].at(-1)?.ticket.assignee).toBeDefined());
  expect(await read(other, 1)).toEqual({ ok: true });
  expect(await marks()).toMatchObject({ agentReadSeq: 0 });
  expect(await read(own, 1)).toEqual({ ok: true });
  expect(await marks()).toMatchObject({ agentReadSeq: 1 });
});

test('agents are notified of tickets, assignments and replies once, but not of what they did or what is another one’s', async () => {
  const second = await consoleServer.signIn('second@shop.example');
  const elsewhere = await consoleServer.signIn('elsewhere@shop.example', 'agent', ['other']);
  const viewer = await consoleServer.signIn('viewer@shop.example', 'viewer');
  const pages = await Promise.all([page, second, elsewhere, viewer].map((as) => connect(as)));
  const kinds = () => pages.map(({ received }) => received.notification.map(({ kind }) => kind));
  const ticket = await consoleServer.openTicket();
  await expect.poll(kinds).toEqual([['new-ticket'], ['new-ticket'], [], []]);
  const now = async () => (await consoleServer.tickets.get(ticket.id)) ?? ticket;
  const idOf = async (as: typeof second) =>
    (await as.request<{ agent: { id: string } }>('GET', '/session')).body.agent.id;
  const secondId = await idOf(second);
  await page.act(ticket, 'assign', { agentId: secondId });
  await expect.poll(kinds).toEqual([['new-ticket'], ['new-ticket', 'assigned'], [], []]);
  const reply = { seq: 5, text: 'Is anyone there?' };
  await consoleServer.tickets.recordVisitorMessage(ticket.id, reply);
  await consoleServer.tickets.recordVisitorMessage(ticket.id, reply);
  await second.act(await now(), 'claim');
  await second.act(await now(), 'resolve', { code: 'answered' });
  await consoleServer.tickets.recordVisitorMessage(ticket.id, { seq: 6, text: 'Thanks' });
  await page.act(await now(), 'reopen');
  await expect.poll(kinds).toEqual([['new-ticket'], ['new-ticket', 'assigned', 'reply', 'reopened'], [], []]);
  const note = { text: '@second, please call them.', mentions: [secondId], idempotencyKey: randomUUID() };
  for (let time = 0; time < 2; time++) await page.act(await now(), 'note', note);
  await expect
    .poll(() => pages[1]?.received.notification.map(({ kind, line }) => [kind, line]).slice(4))
    .toEqual([['mention', note.text]]);
  expect(kinds().map(({ length }) => length)).toEqual([1, 5, 0, 0]);
  const wrong = await page.act(await now(), 'note', { text: '@viewer', mentions: [await idOf(viewer)] });
  expect(wrong.body).toMatchObject({ code: 'not-allowed' });
  expect(pages[1]?.received.notification[2]).toEqual({
    id: expect.any(String),
    ...{ kind: 'reply', ticketId: ticket.id, number: ticket.number, siteId: 'acme', line: 'Is anyone there?' },
  });
});

test('a page that shows conversations receives together which have changed, until it shows something else', async () => {
  const [showing, other] = [await connect(), await connect()];
  const show = async (on: boolean) =>
    expect(await showing.client.emitWithAck('conversations-watch', { on })).toEqual({ ok: true });
  await show(true);
  consoleServer.namespace.publishConversations(['one', 'two'].map(onAcme));
  consoleServer.namespace.publishConversations(['two'].map(onAcme));
  const change = { conversationIds: ['one', 'two'] };
  await vi.waitFor(() => expect(showing.received['conversations-change']).toEqual([change]), { timeout: 10_000 });
  await show(false);
  const [again] = [await connect()];
  expect(await again.client.emitWithAck('conversations-watch', { on: true })).toEqual({ ok: true });
  consoleServer.namespace.publishConversations(['three'].map(onAcme));
  await vi.waitFor(() => expect(again.received['conversations-change']).toHaveLength(1), { timeout: 10_000 });
  expect(showing.received['conversations-change']).toEqual([change]);
  expect(other.received['conversations-change']).toEqual([]);
});

test('after events were lost, every page of the process is asked to fetch what it shows', async () => {
  const [one, two] = [await connect(), await connect()];
  consoleServer.namespace.publishMissed('this-process');
  await vi.waitFor(() => {
    for (const { received } of [one, two]) expect(received.missed).toHaveLength(1);
  });
});

test('every agent sees who views which ticket, also from another process, until they leave', async () => {
  const ticket = await consoleServer.openTicket();
  const second = await startConsoleServer(server, { prefix: consoleServer.prefix, tickMs: 50 });
  ends.push(second.close);
  const secondAgent = await consoleServer.signIn('second-agent@shop.example');
  const [mine, theirs] = [await connect(), await connect(secondAgent, second)];
  await watch(mine, ticket.id);
  await watch(theirs, ticket.id);
  const both = ['agent', 'second-agent'];
  await vi.waitFor(() => {
    for (const { received } of [mine, theirs]) expect(viewersOf(received, ticket)?.toSorted()).toEqual(both);
  });
  const secondPage = await connect();
  await watch(secondPage, ticket.id);
  await vi.waitFor(() => expect(viewersOf(secondPage.received, ticket)?.toSorted()).toEqual(both));
  await watch(theirs, null);
  await vi.waitFor(() => expect(viewersOf(mine.received, ticket)).toEqual(['agent']));
  mine.client.close();
  secondPage.client.close();
  await vi.waitFor(() => expect(theirs.received.presence.at(-1)).toEqual([]));
});

test('an agent stays away in every tab, on every process and after a reload, until they choose to be online', async () => {
  const second = await startConsoleServer(server, { prefix: consoleServer.prefix, tickMs: 50 });
  ends.push(second.close);
  const colleague = await consoleServer.signIn('second-agent@shop.example');
  const billing = await consoleServer.signIn('billing@shop.example', 'billing');
  const idOf = async (as: Page) => (await as.request<{ agent: { id: string } }>('GET', '/session')).body.agent.id;
  const [mine, theirs, other] = [await connect(), await connect(colleague, second), await connect(billing)];
  const [me, them, payer] = [await idOf(page), await idOf(colleague), await idOf(billing)];
  const statusOf = (id: string, { received } = theirs) =>
    received['agent-statuses'].at(-1)?.find((agent) => agent.id === id)?.status;
  await vi.waitFor(() => expect([me, them, payer].map((id) => statusOf(id))).toEqual(Array(3).fill('online')));
  expect(second.namespace.isOnline(me)).toBe(true);

  expect((await page.request('POST', '/status', { status: 'away' })).body).toEqual({ status: 'away' });
  await vi.waitFor(() =>
    expect([statusOf(me), statusOf(me, mine), statusOf(them)]).toEqual(['away', 'away', 'online']),
  );
  expect([consoleServer, second].map(({ namespace }) => namespace.isOnline(me))).toEqual([false, false]);
  // Who pays the bills sees no agent but themselves.
  expect(other.received['agent-statuses'].at(-1)).toEqual([{ id: payer, status: 'online' }]);
  const again = await connect(page, second);
  await vi.waitFor(() => expect(statusOf(me, again)).toBe('away'));

  await page.request('POST', '/status', { status: 'online' });
  await vi.waitFor(() => expect(second.namespace.isOnline(me)).toBe(true));
  for (const status of ['busy', '', null]) expect((await page.request('POST', '/status', { status })).status).toBe(400);
});

test('typing is shown only to the visitor of the open ticket', async () => {
  const [ticket, other] = [await consoleServer.openTicket(), await consoleServer.openTicket()];
  const { client } = await connect();
  await watch({ client }, ticket.id);
  expect(await client.emitWithAck('typing', { ticketId: ticket.id, on: true })).toEqual({ ok: true });
  expect(consoleServer.typed).toEqual([{ conversationId: ticket.conversationId, on: true }]);
  expect(await client.emitWithAck('typing', { ticketId: other.id, on: true })).toMatchObject({ code: 'not-found' });
  expect(consoleServer.typed).toHaveLength(1);
});

test('other agents on the ticket see who is writing', async () => {
  const [ticket, other] = [await consoleServer.openTicket(), await consoleServer.openTicket()];
  const [writer, reader, elsewhere] = [await connect(), await connect(), await connect()];
  await watch(writer, ticket.id);
  await watch(reader, ticket.id);
  await watch(elsewhere, other.id);
  await writer.client.emitWithAck('typing', { ticketId: ticket.id, on: true });
  await vi.waitFor(() => expect(reader.received['agent-typing']).toMatchObject([{ ticketId: ticket.id, on: true }]));
  expect([writer.received['agent-typing'], elsewhere.received['agent-typing']]).toEqual([[], []]);
});

test('an agent who follows a conversation live is in the audit log, once', async () => {
  const ticket = await consoleServer.openTicket();
  for (const follower of [await connect(), await connect()]) await watch(follower, ticket.id);
  const { entries } = await consoleServer.auditLog.list({ limit: 9, action: 'conversation-read' });
  expect(entries.map(({ actor, target, address }) => [actor.name, target?.id, address])).toEqual([
    ['agent', ticket.conversationId, '127.0.0.1'],
  ]);
});

test('no malformed event of a page ends the process', async () => {
  const { client } = await connect();
  const untyped: { emit(event: string, ...args: unknown[]): void } = client as never;
  for (const event of ['ticket-watch', 'typing', 'unknown'])
    for (const payload of [undefined, null, [], 'x', 1, { ticketId: {} }, { ticketId: 'x'.repeat(65) }]) {
      untyped.emit(event, payload);
      untyped.emit(event, payload, () => {});
      untyped.emit(event);
    }
  expect(await client.emitWithAck('ticket-watch', { ticketId: 'unknown' })).toMatchObject({ code: 'not-found' });
  expect(await client.emitWithAck('ticket-watch', { ticketId: 7 as never })).toMatchObject({ code: 'bad-message' });
  expect((await consoleServer.agents.list()).map(({ email }) => email)).toEqual([EMAIL]);
});
