import { randomUUID } from 'node:crypto';
import { silentLog } from '@firstword/testing/silent-log';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { conversationTexts } from '../src/conversation/conversation-texts.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import type { Tickets } from '../src/tickets/ticket-types.ts';
import { createTickets } from '../src/tickets/tickets.ts';

const AGENT = { kind: 'agent', id: 'agent-1', name: 'An agent' } as const;

let server: TestServer;
let redis: Redis;
let tickets: Tickets;
const clients: WidgetClient[] = [];
const connect = async (more: object = {}) => {
  const client = await connectWidget(server.port, { site: 'acme', ...more });
  clients.push(client);
  return client;
};

beforeAll(async () => {
  server = await startTestServer();
  redis = await server.redis.connect();
  tickets = createTickets({ redis, keys: createRedisKeys('test'), log: silentLog });
});
afterEach(() => {
  server.endpoint.reset();
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server.stop());

async function ask(client: WidgetClient, text: string): Promise<string> {
  const ack = await client.send(text);
  if (!ack.ok || ack.turnId === undefined) throw new Error(`not accepted: ${JSON.stringify(ack)}`);
  return ack.turnId;
}
const ended = (client: WidgetClient, turnId: string) =>
  client.received((event) => event.type === 'turn-end' && event.turnId === turnId);

const openTicket = (conversationId: string) =>
  vi.waitFor(async () => {
    const ticket = await tickets.ofConversation(conversationId);
    if (ticket === undefined) throw new Error('no ticket is open');
    return ticket;
  }, 10_000);

test('a request for an agent is answered without any model, and opens a ticket', async () => {
  const client = await connect();
  const before = server.endpoint.requests.length;
  await ended(client, await ask(client, 'I want to talk to a real person, please'));
  expect(server.endpoint.requests.length).toBe(before);
  const { conversationId } = client.start;
  await expect.poll(() => tickets.ofConversation(conversationId)).toMatchObject({ reason: 'visitor-request' });
  expect((await tickets.verdict((await tickets.ofConversation(conversationId))?.id ?? ''))?.reasons).toEqual([
    'rule:person-request',
  ]);
});

test('a visitor who no longer needs an agent is answered by the assistant, and the next hand-off is a new ticket', async () => {
  const client = await connect();
  const responders: unknown[] = [];
  client.socket.on('responder', ({ responder }) => responders.push(responder));
  expect(await client.ask('hand-off-cancel', {})).toMatchObject({ ok: false, code: 'not-found' });
  await ended(client, await ask(client, 'I want to talk to a real person, please'));
  const { conversationId } = client.start;
  const first = await openTicket(conversationId);
  expect(await client.ask('hand-off-cancel', {})).toEqual({ ok: true });
  await expect.poll(() => responders.at(-1)).toBe('assistant');
  expect(await tickets.get(first.id)).toMatchObject({ state: 'resolved', resolution: 'withdrawn' });
  expect(client.messages.filter(({ notice }) => notice === 'resolved')).toEqual([]);

  await ended(client, await ask(client, 'How long may I return an item?'));
  expect(client.messages.at(-1)).toMatchObject({ from: 'assistant' });
  await ended(client, await ask(client, 'I want to talk to a real person, please'));
  await expect.poll(async () => (await tickets.ofConversation(conversationId))?.id).not.toBe(first.id);
});

test.each(['Never mind, thanks!', 'Hat sich erledigt'])(
  'a visitor who waits and writes %j is answered by the assistant again',
  async (text) => {
    const client = await connect();
    await ended(client, await ask(client, 'I want to talk to a real person, please'));
    const { conversationId } = client.start;
    const { id } = await openTicket(conversationId);
    expect(await client.send('Never mind the noise, the lamp is what broke')).toMatchObject({ ok: true });
    expect((await tickets.get(id))?.state).not.toBe('resolved');
    expect(await client.send(text)).toMatchObject({ ok: true });
    await expect.poll(() => tickets.get(id)).toMatchObject({ state: 'resolved', resolution: 'withdrawn' });
    await ended(client, await ask(client, 'How long may I return an item?'));
    expect(client.messages.at(-1)).toMatchObject({ from: 'assistant' });
  },
);

test('an agent who claimed the ticket and left keeps it while the assistant answers', async () => {
  const client = await connect();
  await ended(client, await ask(client, 'I want to talk to a real person, please'));
  const ticket = await openTicket(client.start.conversationId);
  await tickets.act(ticket.id, 'claim', { actor: AGENT, idempotencyKey: randomUUID() });
  expect(await client.ask('hand-off-cancel', {})).toEqual({ ok: true });
  expect(await tickets.get(ticket.id)).toMatchObject({ state: 'in-progress', assignee: { id: AGENT.id } });
  await ended(client, await ask(client, 'How long may I return an item?'));
  expect(client.messages.at(-1)).toMatchObject({ from: 'assistant' });
});

test('system messages are in the language of the page, also after the hand-off', async () => {
  const client = await connect({ locale: 'de' });
  const labels: unknown[] = [];
  client.socket.on('responder', ({ label }) => labels.push(label));
  await ended(client, await ask(client, 'I want to talk to a real person, please'));
  const notice = conversationTexts('de').responders['waiting-agent'];
  await expect.poll(() => labels.length).toBeGreaterThan(1);
  expect(new Set(labels)).toEqual(new Set([notice]));
});

test('a complex question keeps the text so far and adds the next steps', async () => {
  server.endpoint.script({ label: 'complex neutral en refund 0.9', answer: 'Returns are free for 30 days [1].' });
  const client = await connect();
  await ended(client, await ask(client, 'Two returns went missing and one refund was paid twice, what now?'));
  await expect.poll(() => client.messages.map(({ from }) => from)).toEqual(['visitor', 'assistant', 'system']);
  expect(client.messages.at(-1)?.text).toContain('Someone from our team will look into it');
  expect(await tickets.ofConversation(client.start.conversationId)).toMatchObject({ reason: 'complex' });
});

test('the ticket of a complex question is open while the model still writes its answer', async () => {
  server.endpoint.script({ label: 'complex neutral en refund 0.9', answer: 'Returns are free for 30 days [1].' });
  const release = server.endpoint.holdAfter(7);
  const client = await connect();
  const turnId = await ask(client, 'Two returns went missing and one refund was paid twice, what now?');
  await expect.poll(() => tickets.ofConversation(client.start.conversationId)).toMatchObject({ reason: 'complex' });
  expect(client.events.some(({ type }) => type === 'turn-end')).toBe(false);
  release();
  await ended(client, turnId);
});

test('a running answer ends when an agent claims the ticket, and the assistant sends nothing more', async () => {
  server.endpoint.script({ answer: 'A long answer about returns that an agent interrupts.' });
  const release = server.endpoint.holdAfter(14);
  const client = await connect();
  const { conversationId } = client.start;
  const turnId = await ask(client, 'How do returns work?');
  await client.received((event) => event.type === 'text-delta' && event.turnId === turnId);
  const { ticket } = await tickets.open({
    siteId: 'acme',
    conversationId,
    openedBy: 'agent',
    actor: AGENT,
    reason: 'policy',
    urgency: 'normal',
    firstLine: 'How do returns work?',
    waitingSince: Date.now(),
    idempotencyKey: randomUUID(),
    analyse: false,
  });
  await tickets.act(ticket.id, 'claim', {
    actor: AGENT,
    expectedVersion: ticket.version,
    idempotencyKey: randomUUID(),
  });
  expect(await ended(client, turnId)).toMatchObject({ state: 'stopped' });
  release();
  expect(client.messages.map(({ from }) => from)).toEqual(['visitor']);
  const next = await client.send('Hello?');
  expect(next).toMatchObject({ ok: true, seq: 2 });
  expect(next).not.toHaveProperty('turnId');
});

test.each([
  ['an answer', 'rating-set', { messageId: randomUUID(), value: 'down' }],
  ['the whole conversation', 'conversation-rate', { score: 5 }],
] as const)('agents who show the ticket receive the visitor’s rating of %s', async (_, event, rating) => {
  const client = await connect();
  await ended(client, await ask(client, 'I want to talk to a real person, please'));
  const { conversationId } = client.start;
  await expect.poll(() => tickets.ofConversation(conversationId)).toBeDefined();
  const ticketId = (await tickets.ofConversation(conversationId))?.id;
  const subscriber = await server.redis.connect();
  const received: string[] = [];
  subscriber.on('message', (_channel, news) => received.push(news));
  await subscriber.subscribe(createRedisKeys('test').ticketChanges());
  expect(await client.ask(event, rating)).toMatchObject({ ok: true });
  await expect.poll(() => received).toContain(JSON.stringify({ detail: ticketId }));
});
