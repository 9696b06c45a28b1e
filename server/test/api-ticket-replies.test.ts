import { randomUUID } from 'node:crypto';
import { apiErrorSchema } from '@firstword/shared/console-wire';
import { consoleServer } from '@firstword/testing/console-server-hooks';
import { describe, expect, test } from 'vitest';
import { analyse, detailOf, openTicketForEachTest, PROPOSED, page, setTicket, textsOf, ticket } from './open-ticket.ts';

openTicketForEachTest();

describe('replying to the visitor', () => {
  test('a reply claims the ticket, mutes the assistant, and is stored and published', async () => {
    const { body } = await page.act(ticket, 'reply', { text: ' It ships today. ' });
    expect(body.ticket).toMatchObject({ state: 'waiting-visitor', assignee: { name: 'agent' } });
    expect(body.responder).toBe('agent');
    expect(textsOf(body)).toEqual(['visitor: Where is my lamp?', 'agent: It ships today.']);
    expect(consoleServer.published).toMatchObject([{ seq: 2, from: 'agent', agent: { name: 'agent' } }]);
  });

  test('each agent has a draft of their own, which the reply ends', async () => {
    const second = await consoleServer.signIn('drafting-agent@shop.example');
    const path = `/drafts/${ticket.id}`;
    expect((await page.request('POST', path, { text: 'It ships', afterSeq: 1 })).status).toBe(204);
    expect((await second.request('GET', path)).body).toEqual({});
    await second.request('POST', path, { text: 'Mine' });
    expect((await page.request('GET', path)).body).toEqual({ draft: { text: 'It ships', afterSeq: 1 } });
    await page.act(ticket, 'reply', { text: 'It ships today.' });
    expect((await page.request('GET', path)).body).toEqual({});
    expect((await second.request('GET', path)).body).toEqual({ draft: { text: 'Mine' } });
    await second.request('DELETE', path);
    expect((await second.request('GET', path)).body).toEqual({});
  });

  test('of two replies to the same version, one is sent', async () => {
    const secondAgent = await consoleServer.signIn('second-agent@shop.example');
    setTicket((await page.act(ticket, 'claim')).body.ticket);
    for (const seen of [ticket, await consoleServer.openTicket()]) {
      const before = consoleServer.published.length;
      const answers = await Promise.all([
        page.act(seen, 'reply', { text: 'one' }),
        secondAgent.act(seen, 'reply', { text: 'two' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(consoleServer.published.length - before).toBe(1);
    }
  });

  test('a reply does not conflict with an analysis that finished meanwhile', async () => {
    const seen = (await page.act(ticket, 'claim')).body.ticket;
    await analyse();
    expect(ticket.version).toBeGreaterThan(seen.version);
    expect((await page.act(seen, 'reply', { text: 'It ships today.' })).status).toBe(200);
  });

  test('a reply whose process died before it changed the ticket is completed by the repeated request, and sent once', async () => {
    setTicket((await page.act(ticket, 'claim')).body.ticket);
    const { act } = consoleServer.tickets;
    Object.assign(consoleServer.tickets, { act: () => Promise.reject(new Error('the process dies here')) });
    const body = { text: 'It ships today.', idempotencyKey: randomUUID() };
    expect((await page.act(ticket, 'reply', body)).status).toBe(503);
    Object.assign(consoleServer.tickets, { act });
    await consoleServer.tickets.recordVisitorMessage(ticket.conversationId, { seq: 3, text: 'Hello?' }); // moves the ticket in between
    const healed = await page.act(ticket, 'reply', body);
    expect([healed.status, healed.body.ticket.state]).toEqual([200, 'waiting-visitor']);
    expect(textsOf(healed.body).filter((text) => text.startsWith('agent'))).toEqual(['agent: It ships today.']);
  });

  test('an idempotency key that was used for another text is refused', async () => {
    const idempotencyKey = randomUUID();
    await page.act(ticket, 'reply', { text: 'one', idempotencyKey });
    const other = await page.act(ticket, 'reply', { text: 'two', idempotencyKey });
    expect([other.status, apiErrorSchema.parse(other.body).code]).toEqual([409, 'conflict']);
    expect(textsOf(await detailOf())).toHaveLength(2);
  });

  test('a proposed reply sent unchanged counts as approved', async () => {
    const run = await analyse();
    const { status, body } = await page.act(ticket, 'approve', { runId: run.id, text: PROPOSED });
    expect(status).toBe(200);
    expect(body.ticket).toMatchObject({ state: 'waiting-visitor', analysis: { verdict: 'approved' } });
    expect(body.runs[0]?.review).toMatchObject({ verdict: 'approved', editDistance: 0, messageSeq: 2 });
    expect(textsOf(body).at(-1)).toBe(`agent: ${PROPOSED}`);
  });

  test('a proposed reply sent with changes counts as edited, with the amount of change', async () => {
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
    expect(consoleServer.edited.every((share) => share > 0.2 && share <= 1)).toBe(true);
    expect(consoleServer.edited).toHaveLength(2);
    expect(consoleServer.published.map(({ seq }) => seq)).toEqual([2, 2]);
  });

  test('a rejected reply cannot be approved', async () => {
    const run = await analyse();
    const rejected = await page.act(ticket, 'reject', { runId: run.id, reason: 'wrong-facts', note: 'It was a desk.' });
    expect(rejected.body.runs[0]?.review).toMatchObject({ verdict: 'rejected', reason: 'wrong-facts' });
    const late = await page.act(rejected.body.ticket, 'approve', { runId: run.id, text: PROPOSED });
    expect(apiErrorSchema.parse(late.body).code).toBe('not-allowed');
    expect(consoleServer.published).toEqual([]);
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

  test('the analysis of another ticket is refused', async () => {
    const run = await analyse(await consoleServer.openTicket());
    setTicket(await consoleServer.openTicket());
    for (const [action, body] of [
      ['approve', { text: PROPOSED }],
      ['reject', { reason: 'other' }],
    ] as const)
      expect((await page.act(ticket, action, { ...body, runId: run.id })).status).toBe(404);
    expect((await page.act(ticket, 'approve', { text: PROPOSED, runId: 'x.1' })).status).toBe(404);
  });
});
