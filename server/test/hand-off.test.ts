import { randomUUID } from 'node:crypto';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { createTestTickets, type TestTickets } from '@firstword/testing/test-tickets';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { conversationTexts } from '../src/conversation/conversation-texts.ts';
import type { Redis } from '../src/lib/redis.ts';
import { createRedisKeys } from '../src/store/keys.ts';

const AGENT = { kind: 'agent', id: 'agent-1', name: 'An agent' } as const;

let server: TestServer;
let redis: Redis;
let tickets: TestTickets;
const clients: WidgetClient[] = [];
const connect = async (more: object = {}) => {
  const client = await connectWidget(server.port, { site: 'acme', ...more });
  clients.push(client);
  return client;
};

beforeAll(async () => {
  server = await startTestServer();
  redis = await server.redis.connect();
  tickets = createTestTickets({ redis, keys: createRedisKeys('test'), store: server.records.tickets });
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

test('where triage is unsure that an agent is needed, the answer offers one and no ticket is opened', async () => {
  server.endpoint.script({ label: 'person neutral en refund 0.2' });
  const client = await connect();
  await ended(client, await ask(client, 'How long may I return an item?'));
  expect(client.messages.at(-1)).toMatchObject({ from: 'assistant', offer: 'agent' });
  expect(await tickets.ofConversation(client.start.conversationId)).toBeUndefined();
});

test('a visitor whom two answers in a row did not help is handed off, after the offer of an agent', async () => {
  const client = await connect();
  await ended(client, await ask(client, 'How long may I return an item?'));
  await ended(client, await ask(client, 'That did not help'));
  expect(client.messages.at(-1)).toMatchObject({ from: 'assistant', offer: 'agent' });
  const { conversationId } = client.start;
  expect(await tickets.ofConversation(conversationId)).toBeUndefined();
  await ended(client, await ask(client, 'It still does not work'));
  const { id } = await openTicket(conversationId);
  expect((await tickets.verdict(id))?.reasons).toEqual(['rule:repeated-failure']);
});

test('a question in another language than the articles is searched for in theirs, by the terms of the verdict', async () => {
  const text = 'Wie lange kann ich einen Artikel zurückgeben?';
  const promptFor = async (label: string) => {
    server.endpoint.script({ label, answer: 'Sie haben 30 Tage [1].' });
    const client = await connect();
    await ended(client, await ask(client, text));
    const [asked] = server.endpoint.requests.filter(({ isTriage }) => !isTriage).slice(-1);
    return { prompt: asked?.body.messages.at(-1)?.content ?? '', answer: client.messages.at(-1) };
  };
  const searched = await promptFor('answer neutral de returns 0.90\nsearch: return item days');
  expect(searched.prompt).toContain('<article n="1" title="Returns">');
  expect(searched.answer).toMatchObject({ citations: [{ n: 1, title: 'Returns' }] });
  // Without the terms, its own words are searched for.
  expect((await promptFor('answer neutral de returns 0.90')).prompt).not.toContain('<article n="1" title="Returns">');
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
    expect(await tickets.get(id)).toMatchObject({ state: 'resolved', resolution: 'withdrawn' });
    expect((await tickets.events(id)).at(-1)).toMatchObject({
      action: 'resolve',
      actor: { kind: 'visitor' },
      reason: 'withdrawn',
    });
    await ended(client, await ask(client, 'How long may I return an item?'));
    expect(client.messages.at(-1)).toMatchObject({ from: 'assistant' });
  },
);

test.each([
  ['en', 'Oh, never mind'],
  ['de', 'Hat sich erledigt, danke'],
  ['fr', 'Laissez tomber, merci'],
  ['es', 'Ya no hace falta'],
  ['pt', 'Deixa pra lá'],
  ['it', 'Lascia perdere'],
  ['nl', 'Laat maar, bedankt'],
  ['pl', 'Już nie trzeba'],
  ['tr', 'Vazgeçtim'],
  ['ja', 'もういいです'],
  ['zh', '不用了，谢谢'],
  ['ar', 'لا داعي، شكرا'],
  ['he', 'לא משנה, תודה'],
])('a visitor who no longer wants to wait and writes in %s gets one confirmation in it', async (language, text) => {
  const client = await connect();
  await ended(client, await ask(client, 'I want to talk to a real person, please'));
  await openTicket(client.start.conversationId);
  const id = randomUUID();
  const ack = await client.send(text, id);
  expect(ack).toMatchObject({ ok: true });
  expect(ack).not.toHaveProperty('turnId');
  expect(await client.send(text, id)).toEqual(ack);
  const replayed = await client.ask<{ messages: { from: string; text: string }[] }>('replay', { afterSeq: 2 });
  expect(replayed.ok && replayed.messages.map((message) => [message.from, message.text])).toEqual([
    ['visitor', text],
    ['system', conversationTexts(language).agentCancelled],
  ]);
});

describe('after a resolution', () => {
  /** A conversation whose ticket an agent has answered and resolved. */
  async function resolved() {
    const client = await connect();
    await ended(client, await ask(client, 'I want to talk to a real person, please'));
    const { id } = await openTicket(client.start.conversationId);
    const change = () => ({ actor: AGENT, idempotencyKey: randomUUID() });
    await tickets.act(id, 'claim', change());
    await tickets.act(id, 'reply', change());
    await tickets.act(id, 'resolve', { ...change(), code: 'solved' });
    await expect.poll(() => client.messages.at(-1)).toMatchObject({ notice: 'resolved' });
    return { client, id };
  }

  test.each([
    ['en', 'It is not solved'],
    ['en', 'That did not help'],
    ['de', 'Das Problem besteht weiterhin'],
    ['fr', 'Ça ne marche toujours pas'],
    ['es', 'Sigue sin funcionar'],
    ['pt', 'Não foi resolvido'],
    ['it', 'Non è risolto'],
    ['nl', 'Het werkt nog steeds niet'],
    ['pl', 'Nadal nie działa'],
    ['tr', 'Sorun çözülmedi'],
    ['ja', '解決していません'],
    ['zh', '还没解决'],
    ['ar', 'لم تحل المشكلة'],
    ['he', 'זה לא נפתר'],
  ])('the complaint in %s %j reopens the ticket of the same agent, and notifies the visitor', async (locale, text) => {
    const { client, id } = await resolved();
    await ended(client, await ask(client, text));
    await expect
      .poll(() => tickets.get(id))
      .toMatchObject({ state: 'in-progress', reopened: 1, assignee: { id: AGENT.id } });
    expect((await tickets.events(id)).at(-1)).toMatchObject({ action: 'reopen', actor: { kind: 'visitor' } });
    expect(locale).toBeDefined();
    await expect.poll(() => client.messages.at(-1)?.text).toBe(conversationTexts('en').agentWillReply);
  });

  test('a complaint after thanks reopens it; one about a later answer does not, unless it says "not solved"', async () => {
    const thanked = await resolved();
    server.endpoint.script({ label: 'smalltalk positive en thanks 0.9', answer: 'You’re welcome!' });
    await ended(thanked.client, await ask(thanked.client, 'Thanks!'));
    expect(await tickets.get(thanked.id)).toMatchObject({ state: 'resolved' });
    await ended(thanked.client, await ask(thanked.client, 'Oh, it still does not work'));
    await expect.poll(() => tickets.get(thanked.id)).toMatchObject({ state: 'in-progress', reopened: 1 });

    server.endpoint.reset();
    const other = await resolved();
    await ended(other.client, await ask(other.client, 'How long may I return an item?'));
    await ended(other.client, await ask(other.client, 'That did not help'));
    expect(await tickets.get(other.id)).toMatchObject({ state: 'resolved' });
    await ended(other.client, await ask(other.client, 'My first problem is still not solved'));
    await expect.poll(() => tickets.get(other.id)).toMatchObject({ state: 'in-progress', reopened: 1 });
  });

  test.each([
    ['thanks', 'Thanks, great help!', 'smalltalk positive en thanks 0.9'],
    ['small talk', 'Have a nice day', 'smalltalk neutral en greeting 0.9'],
    ['a new question', 'How long may I return an item?', 'answer neutral en returns 0.9'],
    ['a new question of an unhappy visitor', 'Why is delivery so slow here?', 'answer negative en delivery 0.9'],
    ['another subject', 'What will the weather be?', 'off-topic neutral en weather 0.9'],
  ])('%s is answered by the assistant and reopens nothing', async (_, text, label) => {
    const { client, id } = await resolved();
    server.endpoint.script({ label });
    await ended(client, await ask(client, text));
    expect(client.messages.at(-1)).toMatchObject({ from: 'assistant' });
    expect(await tickets.get(id)).toMatchObject({ state: 'resolved', reopened: 0 });
  });

  test.each([
    ['visitor-request', 'Let me talk to a human', 'answer neutral en x 0.9', 'reopened'],
    ['visitor-request', 'Can this go to someone else?', 'person neutral en x 0.9', 'reopened'],
    ['complex', 'The refund came twice and then vanished', 'complex negative en refund 0.9', 'reopened'],
    ['complex', 'Two boxes came and one return is open', 'complex neutral en returns 0.9', 'followed'],
    ['low-confidence', 'Hmm, what is this supposed to mean', 'answer negative en refund 0.1', 'reopened'],
    ['policy', 'The lamp caught fire and smoke came out', 'answer neutral en x 0.9', 'followed'],
    ['legal', 'I will sue you for the scratches', 'answer neutral en x 0.9', 'followed'],
    ['legal', 'It is still not solved, I will sue you', 'answer neutral en x 0.9', 'reopened'],
  ])('a hand-off because of %s, %j (%s): the ticket is %s', async (reason, text, label, outcome) => {
    const { client, id } = await resolved();
    server.endpoint.script({ label });
    await ended(client, await ask(client, text));
    if (outcome === 'reopened') {
      await expect.poll(() => tickets.get(id)).toMatchObject({ state: 'in-progress', reopened: 1 });
      return;
    }
    await expect
      .poll(() => tickets.ofConversation(client.start.conversationId))
      .toMatchObject({ follows: id, reason, reopened: 0 });
    expect(await tickets.get(id)).toMatchObject({ state: 'resolved', reopened: 0 });
  });

  test('two failed answers in a row open a ticket that follows the resolved one', async () => {
    const { client, id } = await resolved();
    server.endpoint.script({ answer: '' });
    await ended(client, await ask(client, 'How long may I return an item?'));
    await ended(client, await ask(client, 'How much is delivery?'));
    await ended(client, await ask(client, 'Where is the shop?'));
    await expect
      .poll(() => tickets.ofConversation(client.start.conversationId))
      .toMatchObject({ follows: id, reason: 'low-confidence' });
    expect(await tickets.get(id)).toMatchObject({ state: 'resolved', reopened: 0 });
  });

  test('the button for an agent reopens it, and tells the visitor what happens next', async () => {
    const { client, id } = await resolved();
    expect(await client.ask('person-request', {})).toMatchObject({ ok: true, ticketId: id });
    await expect.poll(() => tickets.get(id)).toMatchObject({ state: 'in-progress', reopened: 1 });
    await expect.poll(() => client.messages.at(-1)?.text).toBe(conversationTexts('en').agentWillReply);
  });
});

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
  const { ticket } = await tickets.openNow({
    siteId: 'acme',
    conversationId,
    openedBy: 'agent',
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
  ['an answer', 'rating-set', { value: 'down' }],
  ['the whole conversation', 'conversation-rate', { score: 5 }],
] as const)('agents who show the ticket receive the visitor’s rating of %s', async (_, event, rating) => {
  const client = await connect();
  await ended(client, await ask(client, 'I want to talk to a real person, please'));
  const { conversationId } = client.start;
  await expect.poll(() => tickets.ofConversation(conversationId)).toBeDefined();
  const ticketId = (await tickets.ofConversation(conversationId))?.id;
  const subscriber = await server.redis.connect();
  const received: string[] = [];
  subscriber.on('smessage', (_channel, news) => received.push(news));
  await subscriber.ssubscribe(createRedisKeys('test').ticketChanges());
  const messageId = client.messages.at(-1)?.id;
  expect(await client.ask(event, { ...rating, messageId })).toMatchObject({ ok: true });
  await expect.poll(() => received).toContain(JSON.stringify({ detail: ticketId }));
});
