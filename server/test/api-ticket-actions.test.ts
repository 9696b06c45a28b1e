import { randomUUID } from 'node:crypto';
import type { AgentList } from '@firstword/shared/agent-view';
import { apiErrorSchema } from '@firstword/shared/console-wire';
import { ticketActionSchemas } from '@firstword/shared/ticket-requests';
import { consoleServer } from '@firstword/testing/console-server-hooks';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse, detailOf, openTicketForEachTest, page, setTicket, ticket } from './open-ticket.ts';

openTicketForEachTest();

describe('ticket actions', () => {
  test('move a ticket through its states', async () => {
    const states: string[] = [];
    const step = async (action: string, body: object = {}) => {
      const answer = await page.act(ticket, action, body);
      expect([action, answer.status]).toEqual([action, 200]);
      setTicket(answer.body.ticket);
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
    await step('tag', { add: ['Refund', 'vip'] });
    await step('tag', { add: ['vip'], remove: ['refund'] });
    await step('correct-verdict', { handling: 'answer' });
    await step('rerun', {});
    await step('hand-back');
    expect(states).toEqual([
      'claim: in-progress, agent',
      'snooze: snoozed, agent',
      'reply: waiting-visitor, agent',
      'resolve: resolved, assistant',
      'reopen: in-progress, agent',
      'mark-spam: spam, closed',
      'restore: in-progress, agent',
      'note: in-progress, agent',
      'tag: in-progress, agent',
      'tag: in-progress, agent',
      'correct-verdict: in-progress, agent',
      'rerun: in-progress, agent',
      'hand-back: resolved, assistant',
    ]);
    const detail = await detailOf();
    expect(detail.ticket.tags).toEqual(['vip']);
    expect(detail.events.filter(({ action }) => action === 'tag').map(({ reason }) => reason)).toEqual([
      '+refund +vip',
      '−refund',
    ]);
    expect((await page.request('GET', '/tickets?view=all&tag=vip')).body).toMatchObject({
      tickets: [{ id: ticket.id }],
    });
    expect((await page.request('GET', '/ticket-tags')).body).toEqual({ tags: ['vip'] });
    const many = Array.from({ length: 20 }, (_, n) => `tag-${n}`);
    expect((await page.act(detail.ticket, 'tag', { add: many })).body).toMatchObject({ code: 'not-allowed' });
    expect((await page.act(detail.ticket, 'tag', { add: ['two words'] })).status).toBe(400);
    expect(detail.notes).toMatchObject([{ author: 'agent', text: 'Ask the warehouse.' }]);
    expect(detail.verdict?.correctedTo).toBe('answer');
    expect(detail.runs).toMatchObject([{ trigger: 'agent', state: 'queued' }]);
  });

  test('assign a ticket to another agent and change nothing else', async () => {
    await consoleServer.signIn('second-agent@shop.example');
    const { agents } = (await page.request<AgentList>('GET', '/agents')).body;
    const found = agents.find(({ name }) => name === 'second-agent');
    expect(found?.sites).toEqual(['acme', 'other']);
    const secondAgent = { id: found?.id, name: found?.name };
    const { body } = await page.act(ticket, 'assign', { agentId: secondAgent.id });
    expect(body).toMatchObject({ ticket: { state: ticket.state, assignee: secondAgent }, responder: 'waiting-agent' });
    expect(body.events.at(-1)).toMatchObject({ action: 'assign', reason: 'second-agent' });
    expect(await page.act(body.ticket, 'assign', { agentId: 'unknown-agent' })).toMatchObject({
      status: 409,
      body: { code: 'not-allowed', message: "This agent doesn't answer tickets of this site. Choose another one." },
    });
  });

  test('merge a ticket into another one of its site, record it there, and undo it', async () => {
    const other = await consoleServer.openTicket();
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
    '%s on a ticket that another agent has changed is a conflict that returns the current ticket',
    async (action) => {
      const run = await analyse();
      const secondAgent = await consoleServer.signIn('second-agent@shop.example');
      const seen = ticket;
      await secondAgent.act(seen, 'claim');
      const bodies = {
        reply: { text: 'Hello' },
        resolve: { code: 'other' },
        approve: { text: 'Hello', runId: run.id },
      };
      const body = action in bodies ? bodies[action as keyof typeof bodies] : {};
      const late = await page.act(seen, action, body);
      const error = apiErrorSchema.parse(late.body);
      expect([late.status, error.code]).toEqual([409, 'conflict']);
      expect(error.detail?.ticket).toMatchObject({ state: 'in-progress', assignee: { name: 'second-agent' } });
      expect(consoleServer.published).toEqual([]);
    },
  );

  test('that the state does not allow are refused with the reason', async () => {
    const answer = await page.act(ticket, 'reopen');
    const error = apiErrorSchema.parse(answer.body);
    expect([answer.status, error.code]).toEqual([409, 'not-allowed']);
    expect(error.message).toContain('reopen');
    expect(error.detail?.ticket.id).toBe(ticket.id);
  });

  test('at the same moment have one winner', async () => {
    const secondAgent = await consoleServer.signIn('second-agent@shop.example');
    const answers = await Promise.all([page.act(ticket, 'claim'), secondAgent.act(ticket, 'claim')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test.each([
    ['claim', {}],
    ['resolve', { code: 'other' }],
    ['note', { text: 'once' }],
    ['reply', { text: 'once' }],
    ['rerun', {}],
  ])('%s sent five times with one key has one effect', async (action, body) => {
    if (action === 'resolve') setTicket((await page.act(ticket, 'claim')).body.ticket);
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
  ])('%s with %j is a bad request', async (action, body) => {
    const answer = await page.act(ticket, action, body);
    expect([answer.status, apiErrorSchema.parse(answer.body).code]).toEqual([400, 'bad-request']);
    expect((await detailOf()).ticket.version).toBe(ticket.version);
  });

  test('with any other body are refused, never a server error', async () => {
    const invalidBody = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc
        .dictionary(fc.constantFrom('expectedVersion', 'idempotencyKey', 'text', 'runId', '__proto__'), fc.jsonValue())
        .map((body) => JSON.stringify(body)),
      fc.string(),
    );
    const action = fc.constantFrom(...Object.keys(ticketActionSchemas));
    await fc.assert(
      fc.asyncProperty(action, invalidBody, async (name, body) => {
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
