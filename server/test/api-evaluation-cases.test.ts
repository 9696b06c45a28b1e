/** A rejected reply becomes a case, from the agent's review to the evaluation's file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAnswerCases } from '@firstword/server/cli/eval/answer-cases';
import type { SavedCase } from '@firstword/shared/evaluation-case';
import { consoleServer } from '@firstword/testing/console-server-hooks';
import { expect, onTestFinished, test } from 'vitest';
import { conversationOf, messageOf } from './archive-contract.ts';
import { analyse, openTicketForEachTest, PROPOSED, page, setTicket, ticket } from './open-ticket.ts';

openTicketForEachTest();

const save = (runId: string) => page.request<SavedCase>('POST', '/evaluation-cases', { ticketId: ticket.id, runId });

test('an agent saves a rejected reply, an administrator exports it, and the evaluation reads the file', async () => {
  const run = await analyse();
  expect((await save(run.id)).status).toBe(409);
  setTicket((await page.act(ticket, 'reject', { runId: run.id, reason: 'wrong-facts' })).body.ticket);
  const saved = await save(run.id);
  expect(saved.body).toMatchObject({ id: run.id, conversation: ['Where is my lamp?'], note: 'rejected: wrong-facts' });
  await save(run.id);

  const admin = await consoleServer.signIn('owner@shop.example', 'admin');
  const list = await admin.request<{ cases: SavedCase[] }>('GET', '/evaluation-cases?site=acme');
  expect(list.body.cases.filter(({ id }) => id === run.id)).toEqual([expect.objectContaining({ by: 'agent' })]);
  const cookie = admin.cookie();
  const exported = await fetch(`${consoleServer.url}/evaluation-cases?site=acme&format=jsonl`, { headers: { cookie } });
  const folder = mkdtempSync(join(tmpdir(), 'firstword-cases-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'cases.jsonl');
  writeFileSync(file, await exported.text());
  const read = readAnswerCases(file, new Set()).find(({ id }) => id === run.id);
  expect(read).toMatchObject({ kind: 'any', messages: ['Where is my lamp?'], absent: [PROPOSED] });

  expect((await page.request('DELETE', `/evaluation-cases/${run.id}`)).status).toBe(403);
  expect((await admin.request('DELETE', `/evaluation-cases/${run.id}`)).status).toBe(204);
});

test('a case of another ticket’s analysis is not found', async () => {
  const run = await analyse();
  const other = await consoleServer.openTicket();
  const body = { ticketId: other.id, runId: run.id };
  expect((await page.request('POST', '/evaluation-cases', body)).status).toBe(404);
});

test('a visitor’s message has one case, which a repetition replaces; other messages make none', async () => {
  const admin = await consoleServer.signIn('owner@shop.example', 'admin');
  const { conversationId, siteId } = ticket;
  const { messages } = conversationOf(consoleServer.records.archive, siteId, 'visitor-1', conversationId);
  await messages(messageOf(1, 'Where is my lamp?'), messageOf(2, 'On its way.'));
  const add = (seq: number, more: object = {}) =>
    admin.request<SavedCase>('POST', '/evaluation-cases/new', {
      ...{ site: 'acme', conversation: ['Where is my lamp?'], conversationId, seq, ...more },
    });
  expect((await add(1)).status).toBe(201);
  const again = await add(1, { facts: ['9 days'] });
  expect(again.body).toMatchObject({ id: `${conversationId}.1`, facts: ['9 days'] });
  for (const seq of [2, 99]) expect((await add(seq)).body).toMatchObject({ code: 'not-found' });
  const list = (query: string) => admin.request<{ cases: SavedCase[] }>('GET', `/evaluation-cases?site=acme&${query}`);
  expect((await list(`conversation=${conversationId}`)).body.cases).toEqual([again.body]);
  expect((await list('conversation=another')).body.cases).toEqual([]);
  expect((await page.request('POST', '/evaluation-cases/new', { site: 'acme', conversation: ['Hi'] })).status).toBe(
    403,
  );
  expect((await admin.request('DELETE', `/evaluation-cases/${conversationId}.1`)).status).toBe(204);
});
