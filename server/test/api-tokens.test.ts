import { randomUUID } from 'node:crypto';
import type { TicketDetail } from '@firstword/shared/console-wire';
import { consoleServer, consoleServerForEachTest } from '@firstword/testing/console-server-hooks';
import { expect, test } from 'vitest';

consoleServerForEachTest();

/** A request as a program sends it: without a cookie, an origin or a CSRF token. */
const ask = <Body = Record<string, unknown>>(authorization: string, method: string, path: string, body?: object) =>
  consoleServer
    .openPage()
    .request<Body>(method, path, body, { authorization, origin: undefined, 'x-csrf-token': undefined });
const claim = () => ({ expectedVersion: 1, idempotencyKey: randomUUID() });

test('changes made with a write token carry the name of the token', async () => {
  const { token } = await consoleServer.apiTokens.add('Importer', 'write');
  const ticket = await consoleServer.openTicket();
  const answer = await ask<TicketDetail>(`Bearer ${token}`, 'POST', `/tickets/${ticket.id}/claim`, claim());
  expect(answer.status).toBe(200);
  expect(answer.body.ticket.assignee?.name).toBe('Importer');
});

test('a read token cannot write', async () => {
  const { token } = await consoleServer.apiTokens.add('Report', 'read');
  const ticket = await consoleServer.openTicket();
  expect((await ask(`Bearer ${token}`, 'GET', `/tickets/${ticket.id}`)).status).toBe(200);
  const write = await ask(`Bearer ${token}`, 'POST', `/tickets/${ticket.id}/claim`, claim());
  expect([write.status, write.body['code']]).toEqual([403, 'forbidden']);
});

test('no token grants access to what requires a session', async () => {
  const { token } = await consoleServer.apiTokens.add('Importer', 'write');
  expect((await ask(`Bearer ${token}`, 'GET', '/session')).status).toBe(401);
  expect((await ask(`Bearer ${token}`, 'DELETE', '/session')).status).toBe(403);
});

test.each([
  '',
  'Bearer',
  'Bearer ',
  `Bearer fw_${'a'.repeat(43)}`,
  'Basic YTpi',
  'Bearer null',
  'Bearer [object Object]',
])('nothing is open to %j, not even with the cookie of a session beside it', async (authorization) => {
  await consoleServer.apiTokens.add('Report', 'read');
  const page = await consoleServer.signIn();
  const answer = await page.request('GET', '/tickets', undefined, { authorization });
  expect([answer.status, answer.body['code']]).toEqual([401, 'signed-out']);
});

test('a removed token is invalid', async () => {
  const { token, program } = await consoleServer.apiTokens.add('Report', 'read');
  expect(await consoleServer.apiTokens.list()).toEqual([program]);
  expect(await consoleServer.apiTokens.remove(program.id)).toBe(true);
  expect(await consoleServer.apiTokens.remove(program.id)).toBe(false);
  expect((await ask(`Bearer ${token}`, 'GET', '/tickets')).status).toBe(401);
});
