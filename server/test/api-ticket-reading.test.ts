import { randomUUID } from 'node:crypto';
import type { TicketList } from '@firstword/shared/console-wire';
import type { TicketCalls } from '@firstword/shared/model-calls';
import type { SessionView } from '@firstword/shared/sign-in';
import { consoleServer } from '@firstword/testing/console-server-hooks';
import { createTestLedger } from '@firstword/testing/test-ledger';
import { describe, expect, test } from 'vitest';
import { createPriceTable } from '../src/ledger/price-table.ts';
import type { ModelCall } from '../src/records/ledger-row.ts';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { analyse, detailOf, openTicketForEachTest, page, textsOf, ticket } from './open-ticket.ts';

openTicketForEachTest();

/** Records calls of the ticket's conversation as a web or worker process does. */
async function record(...calls: Partial<ModelCall>[]): Promise<void> {
  const prices = createPriceTable([
    ['priced', { inputUsdPerMillion: 100, outputUsdPerMillion: 500 }],
    ['half-priced', { outputUsdPerMillion: 500 }],
  ]);
  const { redis, keys, records } = consoleServer;
  const ledger = createTestLedger({ redis, keys, usage: records.usage, prices });
  for (const call of calls)
    ledger.record({
      callId: randomUUID(),
      purpose: 'answer',
      owner: { siteId: 'acme', conversationId: ticket.conversationId },
      tier: 'fast',
      region: 'us-east',
      modelId: 'priced',
      endpointId: 'main',
      startedAt: Date.now(),
      totalMs: 10,
      usage: { promptTokens: 2500, completionTokens: 1000, estimated: false },
      outcome: 'done',
      ...call,
    });
  await ledger.close();
}

describe('reading tickets', () => {
  test('lists a view in the order of work, with the counts of all views', async () => {
    await page.act(ticket, 'claim');
    const other = await consoleServer.openTicket();
    const review = await page.request<TicketList>('GET', '/tickets');
    expect(review.body.tickets.map(({ id }) => id)).toEqual([other.id]);
    expect(review.body.counts).toMatchObject({ review: 1, mine: 1, open: 2, done: 0 });
    const mine = await page.request<TicketList>('GET', '/tickets?view=mine&limit=5');
    expect(mine.body.tickets.map(({ id }) => id)).toEqual([ticket.id]);
  });

  test('has the visitor as the archive knows them, also before the archive does', async () => {
    expect(await detailOf()).not.toHaveProperty('visitor');
    const { conversationId, siteId } = ticket;
    const message = { seq: 1, id: 'm1', from: 'visitor', text: 'Where is my lamp?', at: 1 } as const;
    const from = { visitorId: 'v', locale: 'de-AT', region: 'eu' };
    await consoleServer.records.archive.write([{ type: 'message', conversationId, siteId, at: 1, message, ...from }]);
    expect((await detailOf()).visitor).toEqual({ id: 'v', locale: 'de-AT', region: 'eu' });
  });

  test.each([
    'view=none',
    'limit=0',
    'limit=999',
    'limit=x',
    'page=2',
    'cursor=x',
    'state=away',
    'view=mine&view=open',
  ])('refuses the query %s', async (query) => {
    expect((await page.request('GET', `/tickets?${query}`)).status).toBe(400);
  });

  test('filters and searches, and goes on page by page', async () => {
    const tickets = [ticket, await consoleServer.openTicket(), await consoleServer.openTicket()];
    const list = async (query: string) => (await page.request<TicketList>('GET', `/tickets?${query}`)).body;
    const idsOf = async (query: string) => (await list(query)).tickets.map(({ id }) => id);
    await page.act(ticket, 'claim');
    const { agent } = (await page.request<SessionView>('GET', '/session')).body;
    expect(await idsOf(`view=all&assignee=${agent.id}`)).toEqual([ticket.id]);
    expect(await idsOf('view=all&state=in-progress')).toEqual([ticket.id]);
    expect(await idsOf('view=open&urgency=critical')).toEqual([]);
    expect(await idsOf('view=open&q=lamp&site=acme')).toHaveLength(3);
    expect(await idsOf(`q=%23${tickets[2]?.number}`)).toEqual([tickets[2]?.id]);
    expect(await list('view=all&site=other')).toMatchObject({
      tickets: [],
      counts: { review: 0, mine: 0, unassigned: 0, open: 0, waiting: 0, snoozed: 0, done: 0 },
      sites: [{ id: 'acme' }, { id: 'other' }],
    });
    expect(await idsOf('view=open&reason=complex')).toHaveLength(3);
    expect(await idsOf('view=open&reason=legal')).toEqual([]);
    expect((await page.request('GET', '/tickets?language=German')).status).toBe(400);
    expect((await page.request('GET', '/tickets?site=unknown')).status).toBe(404);

    const first = await list('view=open&limit=2');
    const second = await list(`view=open&limit=2&cursor=${first.nextCursor}`);
    expect([...first.tickets, ...second.tickets].map(({ id }) => id)).toEqual(await idsOf('view=open'));
    expect(second).not.toHaveProperty('nextCursor');
  });

  test('returns a ticket with its conversation, analyses, history, notes and cost', async () => {
    const run = await analyse();
    await record({ modelId: 'priced' }, { modelId: 'unpriced' }, { modelId: 'unpriced' });
    const detail = await detailOf();
    expect(detail).toMatchObject({
      ticket: { id: ticket.id, state: 'needs-review' },
      responder: 'waiting-agent',
      runs: [{ id: run.id, state: 'completed' }],
      verdict: { handling: 'complex' },
      notes: [],
      cost: { usd: 0.75, atLeast: false, callsOfUnknownPrice: 2 },
    });
    expect(textsOf(detail)).toEqual(['visitor: Where is my lamp?']);
    expect(detail.events.map(({ action }) => action)).toContain('open');
  });

  test('returns the visitor’s ratings of single answers and of the conversation', async () => {
    expect(await detailOf()).toMatchObject({ ratings: [], readSeq: 0 });
    expect(await detailOf()).not.toHaveProperty('satisfaction');
    const store = createConversationStore(consoleServer.redis, consoleServer.keys, {
      leaseMs: 60_000,
      keepDeltasSeconds: 60,
    });
    const [good, bad] = [randomUUID(), randomUUID()];
    for (const id of [good, bad])
      await store.say(ticket.conversationId, { id, from: 'assistant', text: 'A lamp.', at: 1 });
    await store.rate(ticket.conversationId, { of: 'message', messageId: good, value: 'up' });
    await store.rate(ticket.conversationId, {
      of: 'message',
      messageId: bad,
      value: 'down',
      reason: 'That is another lamp.',
    });
    await store.rate(ticket.conversationId, { of: 'conversation', score: 4, comment: 'Quick, in the end.' });
    const { ratings, satisfaction } = await detailOf();
    expect(new Set(ratings)).toEqual(
      new Set([
        { messageId: good, value: 'up' },
        { messageId: bad, value: 'down', reason: 'That is another lamp.' },
      ]),
    );
    expect(satisfaction).toEqual({ score: 4, comment: 'Quick, in the end.' });
  });

  test('returns the model calls of a conversation: model, reason, timing, cost', async () => {
    const { conversationId, id } = ticket;
    const turnId = randomUUID();
    const inTurn = { owner: { siteId: 'acme', conversationId, turnId } };
    await record(
      { ...inTurn, modelId: 'half-priced', role: 'hedge', outcome: 'aborted', reason: 'hedge-lost' },
      { ...inTurn, modelId: 'priced', role: 'first', ttftMs: 180, why: 'fast tier, us-east: priced' },
      { owner: { siteId: 'acme', conversationId, ticketId: id }, purpose: 'analysis', tier: 'quality' },
      { owner: { siteId: 'acme', conversationId: randomUUID() } },
    );
    const { body } = await page.request<TicketCalls>('GET', `/tickets/${id}/calls`);
    expect(body.calls).toMatchObject([
      { turnId, role: 'hedge', outcome: 'aborted', reason: 'hedge-lost', costKnown: 'output-only', costUsd: 0.5 },
      { turnId, modelId: 'priced', region: 'us-east', ttftMs: 180, why: 'fast tier, us-east: priced', costUsd: 0.75 },
      { ticketId: id, purpose: 'analysis', costUsd: 0.75 },
    ]);
    expect(body.conversation).toEqual({ usd: 2, atLeast: true, callsOfUnknownPrice: 0 });
    expect(body.ticket).toEqual({ usd: 0.75, atLeast: false, callsOfUnknownPrice: 0 });
    const other = await consoleServer.openTicket();
    const none = { usd: 0, atLeast: false, callsOfUnknownPrice: 0 };
    const empty = await page.request<TicketCalls>('GET', `/tickets/${other.id}/calls`);
    expect(empty.body).toEqual({ calls: [], conversation: none, ticket: none });
  });

  test.each(['unknown', randomUUID(), '..%2f..%2fsession', 'a%3Ab', '%7Bx%7D', '*', 'a%0d%0ab', 'x'.repeat(65)])(
    'finds no ticket %s',
    async (id) => {
      const answer = await page.request('GET', `/tickets/${id}`);
      expect([answer.status, answer.body['code']]).toEqual([404, 'not-found']);
      const change = { expectedVersion: 1, idempotencyKey: randomUUID() };
      expect((await page.request('POST', `/tickets/${id}/claim`, change)).status).toBe(404);
    },
  );

  test('requires a session', async () => {
    for (const path of ['/tickets', `/tickets/${ticket.id}`])
      expect((await consoleServer.openPage().request('GET', path)).status).toBe(401);
    expect((await consoleServer.openPage().act(ticket, 'claim')).status).toBe(401);
  });
});
