import { randomUUID } from 'node:crypto';
import type { AnalysisContent, AnalysisRun } from '@firstword/shared/analysis';
import {
  type AgentList,
  type ApiError,
  type TicketCalls,
  type TicketDetail,
  type TicketList,
  ticketActionSchemas,
} from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLedger } from '../src/ledger/ledger.ts';
import type { ModelCall } from '../src/ledger/ledger-row.ts';
import { createPriceTable } from '../src/ledger/price-table.ts';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { type Desk, type Page, startDesk } from './harness/desk.ts';
import { silentLog, startTestRedis, type TestRedis } from './harness/private-redis.ts';

let server: TestRedis;
let desk: Desk;
let page: Page;
let ticket: Ticket;
beforeAll(async () => {
  server = await startTestRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  desk = await startDesk(server);
  page = await desk.signIn();
  ticket = await desk.openTicket();
});
afterEach(() => desk.close());

const detailOf = async (of = ticket) => (await page.request<TicketDetail>('GET', `/tickets/${of.id}`)).body;
const textsOf = ({ messages }: TicketDetail) => messages.map(({ from, text }) => `${from}: ${text}`);
const PROPOSED = 'Your lamp ships today.';

/** Queues an analysis of the ticket and stores what a worker would. */
async function analyse(of = ticket): Promise<AnalysisRun> {
  const queued = await desk.tickets.queueRun(of.id, 'hand-off', { idempotencyKey: randomUUID() });
  const begun = await desk.tickets.beginRun(queued?.run.id ?? '');
  if (begun === undefined) throw new Error('the run did not begin');
  await desk.tickets.commitRun(begun.run.id, begun.fencingToken, { state: 'completed', content });
  ticket = (await desk.tickets.get(of.id)) ?? of;
  return begun.run;
}

/** Books calls of the ticket's conversation as a web or a worker process does. */
async function book(...calls: Partial<ModelCall>[]): Promise<void> {
  const prices = createPriceTable([
    ['priced', { inputUsdPerMillion: 100, outputUsdPerMillion: 500 }],
    ['half-priced', { outputUsdPerMillion: 500 }],
  ]);
  const ledger = createLedger(
    { redis: desk.redis, keys: desk.keys, prices, log: silentLog },
    { flushMs: 10_000, keepRows: 100, maxWaiting: 100, keepDays: 2 },
  );
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

describe('reading', () => {
  test('lists a view in the order of work, with the counts of all views', async () => {
    await page.act(ticket, 'claim');
    const other = await desk.openTicket();
    const review = await page.request<TicketList>('GET', '/tickets');
    expect(review.body.tickets.map(({ id }) => id)).toEqual([other.id]);
    expect(review.body.counts).toEqual({ review: 1, mine: 1, open: 2, done: 0 });
    const mine = await page.request<TicketList>('GET', '/tickets?view=mine&limit=5');
    expect(mine.body.tickets.map(({ id }) => id)).toEqual([ticket.id]);
  });

  test.each(['view=all', 'limit=0', 'limit=999', 'limit=x', 'site=acme', 'view=mine&view=open'])(
    'refuses the query %s',
    async (query) => {
      expect((await page.request('GET', `/tickets?${query}`)).status).toBe(400);
    },
  );

  test('gives a ticket with its conversation, analyses, history, notes and cost', async () => {
    const run = await analyse();
    await book({ modelId: 'priced' }, { modelId: 'unpriced' }, { modelId: 'unpriced' });
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

  test('gives what the visitor said of single answers and of the whole', async () => {
    expect(await detailOf()).toMatchObject({ ratings: [], readSeq: 0 });
    expect(await detailOf()).not.toHaveProperty('satisfaction');
    const store = createConversationStore(desk.redis, desk.keys, { leaseMs: 60_000, keepDeltasSeconds: 60 });
    const [good, bad] = [randomUUID(), randomUUID()];
    await store.rate(ticket.conversationId, good, { value: 'up' });
    await store.rate(ticket.conversationId, bad, { value: 'down', reason: 'That is another lamp.' });
    await store.rate(ticket.conversationId, 'conversation', { value: '4', reason: 'Quick, in the end.' });
    const { ratings, satisfaction } = await detailOf();
    expect(new Set(ratings)).toEqual(
      new Set([
        { messageId: good, value: 'up' },
        { messageId: bad, value: 'down', reason: 'That is another lamp.' },
      ]),
    );
    expect(satisfaction).toEqual({ score: 4, comment: 'Quick, in the end.' });
  });

  test('gives the calls behind a conversation: which model, why, how fast, at what cost', async () => {
    const { conversationId, id } = ticket;
    const turnId = randomUUID();
    const inTurn = { owner: { siteId: 'acme', conversationId, turnId } };
    await book(
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
    const other = await desk.openTicket();
    const none = { usd: 0, atLeast: false, callsOfUnknownPrice: 0 };
    const empty = await page.request<TicketCalls>('GET', `/tickets/${other.id}/calls`);
    expect(empty.body).toEqual({ calls: [], conversation: none, ticket: none });
  });

  test.each(['unknown', randomUUID(), '..%2f..%2fsession', 'a%3Ab', '%7Bx%7D', '*', 'a%0d%0ab', 'x'.repeat(65)])(
    'knows no ticket %s',
    async (id) => {
      const answer = await page.request('GET', `/tickets/${id}`);
      expect([answer.status, answer.body['code']]).toEqual([404, 'not-found']);
      const change = { expectedVersion: 1, idempotencyKey: randomUUID() };
      expect((await page.request('POST', `/tickets/${id}/claim`, change)).status).toBe(404);
    },
  );

  test('is for agents who are signed in', async () => {
    for (const path of ['/tickets', `/tickets/${ticket.id}`])
      expect((await desk.openPage().request('GET', path)).status).toBe(401);
    expect((await desk.openPage().act(ticket, 'claim')).status).toBe(401);
  });
});

describe('actions', () => {
  test('move a ticket through its life', async () => {
    const states: string[] = [];
    const step = async (action: string, body: object = {}) => {
      const answer = await page.act(ticket, action, body);
      expect([action, answer.status]).toEqual([action, 200]);
      ticket = answer.body.ticket;
      states.push(`${action}: ${ticket.state}, ${answer.body.responder}`);
    };
    await step('claim');
    await step('snooze', { until: Date.now() + 60_000, reason: 'waits for the carrier' });
    await step('reply', { text: 'It ships today.' });
    await step('resolve', { code: 'answered' });
    await step('reopen');
    await step('mark-spam');
    await step('restore');
    await step('note', { text: 'Ask the warehouse.' });
    await step('correct-verdict', { handling: 'answer' });
    await step('rerun', {});
    await step('hand-back');
    expect(states).toEqual([
      'claim: in-progress, agent',
      'snooze: snoozed, agent',
      'reply: waiting-visitor, agent',
      'resolve: resolved, agent',
      'reopen: in-progress, agent',
      'mark-spam: spam, closed',
      'restore: in-progress, agent',
      'note: in-progress, agent',
      'correct-verdict: in-progress, agent',
      'rerun: in-progress, agent',
      'hand-back: resolved, assistant',
    ]);
    const detail = await detailOf();
    expect(detail.notes).toMatchObject([{ author: 'agent', text: 'Ask the warehouse.' }]);
    expect(detail.verdict?.correctedTo).toBe('answer');
    expect(detail.runs).toMatchObject([{ trigger: 'agent', state: 'queued' }]);
  });

  test('give a ticket to a colleague, whose it then is while all else stays', async () => {
    await desk.signIn('colleague@shop.example');
    const { agents } = (await page.request<AgentList>('GET', '/agents')).body;
    const colleague = agents.find(({ name }) => name === 'colleague');
    const { body } = await page.act(ticket, 'assign', { agentId: colleague?.id });
    expect(body).toMatchObject({ ticket: { state: ticket.state, assignee: colleague }, responder: 'waiting-agent' });
    expect(body.events.at(-1)).toMatchObject({ action: 'assign', reason: 'colleague' });
    expect(await page.act(body.ticket, 'assign', { agentId: 'nobody' })).toMatchObject({
      status: 409,
      body: { code: 'not-allowed', message: 'This agent does not exist. Choose another one.' },
    });
  });

  test('merge a ticket into another one of the site, which is told of it, and undo that', async () => {
    const other = await desk.openTicket();
    const merged = await page.act(ticket, 'merge', { intoTicketId: other.id });
    expect(merged.body).toMatchObject({
      ticket: { state: 'merged', mergedInto: { id: other.id, number: other.number } },
      responder: 'closed',
    });
    expect(merged.body.events.at(-1)).toMatchObject({ action: 'merge', reason: `#${other.number}` });
    expect((await detailOf(other)).notes).toMatchObject([{ text: expect.stringContaining(`#${ticket.number}`) }]);
    expect(await page.act(other, 'merge', { intoTicketId: ticket.id })).toMatchObject({
      status: 409,
      body: { message: `Ticket #${ticket.number} is merged. Choose an open ticket.` },
    });
    const undone = await page.act(merged.body.ticket, 'restore');
    expect(undone.body).toMatchObject({ ticket: { state: ticket.state }, responder: 'waiting-agent' });
    expect(undone.body.ticket.mergedInto).toBeUndefined();
    expect((await detailOf(other)).notes).toHaveLength(2);
  });

  test.each([
    ['itself', () => ticket.id, "You can't merge a ticket into itself."],
    [
      'a ticket that does not exist',
      () => 'nothing',
      'This ticket does not exist on the same site. Choose another one.',
    ],
  ])('merge no ticket into %s', async (_, intoTicketId, message) => {
    expect(await page.act(ticket, 'merge', { intoTicketId: intoTicketId() })).toMatchObject({
      status: 409,
      body: { code: 'not-allowed', message },
    });
  });

  test.each(['claim', 'hand-back', 'snooze', 'mark-spam', 'reply', 'resolve', 'approve'] as const)(
    '%s on what somebody has changed meanwhile is a conflict that shows the ticket as it is now',
    async (action) => {
      const run = await analyse();
      const colleague = await desk.signIn('colleague@shop.example');
      const seen = ticket;
      await colleague.act(seen, 'claim');
      const bodies = {
        reply: { text: 'Hello' },
        resolve: { code: 'other' },
        approve: { text: 'Hello', runId: run.id },
      };
      const body = action in bodies ? bodies[action as keyof typeof bodies] : {};
      const late = await page.act(seen, action, body);
      const error = late.body as unknown as ApiError;
      expect([late.status, error.code]).toEqual([409, 'conflict']);
      expect(error.detail?.ticket).toMatchObject({ state: 'in-progress', assignee: { name: 'colleague' } });
      expect(desk.published).toEqual([]);
    },
  );

  test('that do not fit the state say why', async () => {
    const answer = await page.act(ticket, 'reopen');
    const error = answer.body as unknown as ApiError;
    expect([answer.status, error.code]).toEqual([409, 'not-allowed']);
    expect(error.message).toContain('reopen');
    expect(error.detail?.ticket.id).toBe(ticket.id);
  });

  test('of which two come at the same moment have one winner', async () => {
    const colleague = await desk.signIn('colleague@shop.example');
    const answers = await Promise.all([page.act(ticket, 'claim'), colleague.act(ticket, 'claim')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test.each([
    ['claim', {}],
    ['resolve', { code: 'other' }],
    ['note', { text: 'once' }],
    ['reply', { text: 'once' }],
    ['rerun', {}],
  ])('%s sent five times with one key has one effect', async (action, body) => {
    if (action === 'resolve') ticket = (await page.act(ticket, 'claim')).body.ticket;
    const idempotencyKey = randomUUID();
    const send = () => page.act(ticket, action, { ...body, idempotencyKey });
    const answers = [await send(), ...(await Promise.all([send(), send(), send()])), await send()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const { events, notes, runs, messages } = await detailOf();
    expect(events.filter((event) => event.action === action)).toHaveLength(1);
    expect(notes.length + runs.length + messages.length).toBeLessThanOrEqual(2);
  });

  test.each([
    ['claim', { extra: 1 }],
    ['claim', { expectedVersion: '1' }],
    ['claim', { expectedVersion: 0 }],
    ['claim', { idempotencyKey: 'x' }],
    ['claim', { idempotencyKey: null }],
    ['resolve', {}],
    ['resolve', { code: 'nonsense' }],
    ['reply', { text: ' ' }],
    ['reply', { text: ['a'] }],
    ['reply', { text: 'x'.repeat(4001) }],
    ['note', { text: { $gt: '' } }],
    ['reject', { runId: 'x', reason: 'because' }],
  ])('%s with %j is not understood', async (action, body) => {
    const answer = await page.act(ticket, action, body);
    expect([answer.status, (answer.body as unknown as ApiError).code]).toEqual([400, 'bad-request']);
    expect((await detailOf()).ticket.version).toBe(ticket.version);
  });

  test('whatever a body holds, the answer is a refusal and never a fault', async () => {
    const odd = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc
        .dictionary(fc.constantFrom('expectedVersion', 'idempotencyKey', 'text', 'runId', '__proto__'), fc.jsonValue())
        .map((body) => JSON.stringify(body)),
      fc.string(),
    );
    const action = fc.constantFrom(...Object.keys(ticketActionSchemas));
    await fc.assert(
      fc.asyncProperty(action, odd, async (name, body) => {
        const { status } = await page.request('POST', `/tickets/${ticket.id}/${name}`, body);
        expect(status).toBe(400);
      }),
      { numRuns: 200 },
    );
    expect((await detailOf()).ticket.version).toBe(ticket.version);
  });

  test('that do not exist are not found', async () => {
    expect((await page.act(ticket, 'archive')).status).toBe(404);
    expect((await page.act(ticket, 'constructor')).status).toBe(404);
  });
});

describe('speaking to the visitor', () => {
  test('a reply claims the ticket, silences the assistant, is stored, told and mailed', async () => {
    const { body } = await page.act(ticket, 'reply', { text: ' It ships today. ' });
    expect(body.ticket).toMatchObject({ state: 'waiting-visitor', assignee: { name: 'agent' } });
    expect(body.responder).toBe('agent');
    expect(textsOf(body)).toEqual(['visitor: Where is my lamp?', 'agent: It ships today.']);
    expect(desk.published).toMatchObject([{ seq: 2, from: 'agent', agent: { name: 'agent' } }]);
    expect(desk.mailed).toEqual([{ ticketId: ticket.id, text: 'It ships today.' }]);
  });

  test('of two replies to what both agents saw, one goes out', async () => {
    const colleague = await desk.signIn('colleague@shop.example');
    ticket = (await page.act(ticket, 'claim')).body.ticket;
    for (const seen of [ticket, await desk.openTicket()]) {
      const before = desk.published.length;
      const answers = await Promise.all([
        page.act(seen, 'reply', { text: 'one' }),
        colleague.act(seen, 'reply', { text: 'two' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(desk.published.length - before).toBe(1);
    }
  });

  test('a reply is no conflict when only an analysis has finished meanwhile', async () => {
    const seen = (await page.act(ticket, 'claim')).body.ticket;
    await analyse();
    expect(ticket.version).toBeGreaterThan(seen.version);
    expect((await page.act(seen, 'reply', { text: 'It ships today.' })).status).toBe(200);
  });

  test('a reply whose process died before the ticket moved is finished by its repetition, and sent once', async () => {
    ticket = (await page.act(ticket, 'claim')).body.ticket;
    const { act } = desk.tickets;
    Object.assign(desk.tickets, { act: () => Promise.reject(new Error('the process dies here')) });
    const body = { text: 'It ships today.', idempotencyKey: randomUUID() };
    expect((await page.act(ticket, 'reply', body)).status).toBe(503);
    Object.assign(desk.tickets, { act });
    await desk.tickets.visitorSpoke(ticket.conversationId, 3); // moves the ticket in between
    const healed = await page.act(ticket, 'reply', body);
    expect([healed.status, healed.body.ticket.state]).toEqual([200, 'waiting-visitor']);
    expect(textsOf(healed.body).filter((text) => text.startsWith('agent'))).toEqual(['agent: It ships today.']);
    expect(desk.mailed).toHaveLength(1);
  });

  test('a key that was used for another text is refused', async () => {
    const idempotencyKey = randomUUID();
    await page.act(ticket, 'reply', { text: 'one', idempotencyKey });
    const other = await page.act(ticket, 'reply', { text: 'two', idempotencyKey });
    expect([other.status, (other.body as unknown as ApiError).code]).toEqual([409, 'conflict']);
    expect(textsOf(await detailOf())).toHaveLength(2);
  });

  test('a proposed reply that is sent as it is counts as approved', async () => {
    const run = await analyse();
    const { status, body } = await page.act(ticket, 'approve', { runId: run.id, text: PROPOSED });
    expect(status).toBe(200);
    expect(body.ticket).toMatchObject({ state: 'waiting-visitor', analysis: { verdict: 'approved' } });
    expect(body.runs[0]?.review).toMatchObject({ verdict: 'approved', editDistance: 0, messageSeq: 2 });
    expect(textsOf(body).at(-1)).toBe(`agent: ${PROPOSED}`);
  });

  test('a proposed reply that is sent with changes counts as edited, by how much', async () => {
    const run = await analyse();
    const idempotencyKey = randomUUID();
    const send = () =>
      page.act(ticket, 'approve', { runId: run.id, text: 'Your lamp ships tomorrow.', idempotencyKey });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([200, 200]);
    const { review } = second.body.runs[0] ?? {};
    expect(review).toMatchObject({
      verdict: 'edited',
      finalText: 'Your lamp ships tomorrow.',
      reviewer: { name: 'agent' },
    });
    expect(review?.editDistance).toBeGreaterThan(0);
    expect(desk.published.map(({ seq }) => seq)).toEqual([2, 2]);
    expect(desk.mailed).toHaveLength(1);
  });

  test('a reply that somebody has turned down cannot be approved', async () => {
    const run = await analyse();
    const rejected = await page.act(ticket, 'reject', { runId: run.id, reason: 'wrong-facts', note: 'It was a desk.' });
    expect(rejected.body.runs[0]?.review).toMatchObject({ verdict: 'rejected', reason: 'wrong-facts' });
    const late = await page.act(rejected.body.ticket, 'approve', { runId: run.id, text: PROPOSED });
    expect((late.body as unknown as ApiError).code).toBe('not-allowed');
    expect(desk.published).toEqual([]);
  });

  test('a rejection may ask for another analysis, once', async () => {
    const run = await analyse();
    const body = { runId: run.id, reason: 'incomplete', rerun: true, idempotencyKey: randomUUID() };
    const [first, second] = [await page.act(ticket, 'reject', body), await page.act(ticket, 'reject', body)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.runs.map(({ trigger, state }) => `${trigger} ${state}`)).toEqual([
      'rejection queued',
      'hand-off completed',
    ]);
  });

  test("another ticket's analysis is not this one's", async () => {
    const run = await analyse(await desk.openTicket());
    ticket = await desk.openTicket();
    for (const [action, body] of [
      ['approve', { text: PROPOSED }],
      ['reject', { reason: 'other' }],
    ] as const)
      expect((await page.act(ticket, action, { ...body, runId: run.id })).status).toBe(404);
    expect((await page.act(ticket, 'approve', { text: PROPOSED, runId: 'x.1' })).status).toBe(404);
  });
});

const contentOfModel: AnalysisContent = {
  reading: {
    summary: 'A lamp has not come.',
    visitorGoal: 'To know when it comes.',
    category: 'delivery',
    alternatives: [],
    urgency: 'normal',
    urgencyReason: '',
    sentiment: 'neutral',
    trend: 'steady',
    language: 'en',
  },
  hypotheses: [],
  evidence: [],
  missingInfo: [],
  reply: { language: 'en', sentences: [{ text: PROPOSED, citations: [] }] },
  nextActions: [],
  confidence: { value: 0.8, reasons: [] },
};
const content: AnalysisRun['content'] = {
  ...contentOfModel,
  evidence: [],
  policy: [],
  reply: { text: PROPOSED, language: 'en', sentences: [{ text: PROPOSED, citations: [], supported: false }] },
  confidence: { value: 0.8, band: 'high', reasons: [] },
  flags: [],
  dropped: [],
  alreadySaid: '',
};
