import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivatePostgres } from '@firstword/server/local/private-postgres';
import { openRecords, type Records } from '@firstword/server/records/records';
import { RecordsError } from '@firstword/server/records/records-error';
import type { TicketDetail } from '@firstword/shared/console-wire';
import { type ConsoleServer, startConsoleServer } from '@firstword/testing/console-server';
import type { RedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { createTestTickets, type TestTickets } from '@firstword/testing/test-tickets';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRedisKeys } from '../src/store/keys.ts';

const log = { info: () => {}, warn: () => {} };
let dataDir: string;
let postgres: ReturnType<typeof createPrivatePostgres>;
let records: Records;
let server: TestServer;
let console: ConsoleServer;
let tickets: TestTickets;
const start = async () => {
  postgres = createPrivatePostgres({ dataDir, log });
  await postgres.ready;
};
const responderOf = (conversationId: string) => console.redis.hget(console.keys.head(conversationId), 'responder');

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'firstword-outage-'));
  await start();
  records = await openRecords({ url: postgres.url, localeOf: () => 'en', log: silentLog });
  server = await startTestServer({ records });
  const redis: RedisServer = server.redis;
  console = await startConsoleServer(redis, { prefix: 'test', records: { tickets: records.tickets } });
  const connection = await redis.connect();
  tickets = createTestTickets({ redis: connection, keys: createRedisKeys('test'), store: records.tickets });
});
afterAll(async () => {
  await console.close();
  await server.stop();
  await records.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('hand-offs without a database are accepted, and become tickets within seconds of its return, each one once', async () => {
  await postgres.stop();
  const visitors = await Promise.all([1, 2, 3].map(() => connectWidget(server.port)));
  for (const visitor of visitors) {
    await visitor.send('I want to talk to a real person, please');
    await visitor.received((event) => event.type === 'turn-end');
    expect(await responderOf(visitor.start.conversationId)).toBe('waiting-agent');
    expect(await visitor.ask('person-request', {})).toMatchObject({ ok: true });
  }
  const [first] = visitors;
  expect(await first?.send('Never mind, thanks')).toMatchObject({ ok: true });
  expect(await first?.ask('hand-off-cancel', {})).toMatchObject({ ok: false, code: 'unavailable' });

  await start();
  for (const { start: begun } of visitors)
    await expect
      .poll(() => tickets.ofConversation(begun.conversationId).catch(() => undefined), { timeout: 10_000 })
      .toMatchObject({ reason: 'visitor-request', state: 'analyzing' });
  const all = (await records.tickets.list({ view: 'all', agentId: '', limit: 50 })).tickets;
  expect(all.map(({ number }) => number).sort()).toEqual([1, 2, 3]);
  // The message that was sent meanwhile is known to the ticket, too.
  const ofFirst = first && (await tickets.ofConversation(first.start.conversationId));
  await expect.poll(async () => (await tickets.get(ofFirst?.id ?? ''))?.revision).toBe(2);
  for (const visitor of visitors) visitor.close();
});

test('an agent’s action without a database is refused as a whole, and done once when it is repeated', async () => {
  const page = await console.signIn();
  const ticket = await console.openTicket();
  const claim = { expectedVersion: ticket.version, idempotencyKey: randomUUID() };
  const claims = () => page.request<TicketDetail>('POST', `/tickets/${ticket.id}/claim`, claim);
  await postgres.stop();
  for (const path of ['', `/${ticket.id}`])
    expect(await page.request('GET', `/tickets${path}`)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  const refused = await claims();
  expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable', retryAfterMs: 5000 } });
  expect(await responderOf(ticket.conversationId)).toBe('waiting-agent');
  const reply = { expectedVersion: ticket.version, idempotencyKey: randomUUID(), text: 'Hello.' };
  expect(await page.request('POST', `/tickets/${ticket.id}/reply`, reply)).toMatchObject({ status: 503 });
  await expect(tickets.get(ticket.id)).rejects.toThrow(RecordsError);

  await start();
  await expect.poll(async () => (await claims()).status).toBe(200);
  expect((await claims()).body).toMatchObject({ responder: 'agent', ticket: { state: 'in-progress' } });
  const { events, messages } = (await page.request<TicketDetail>('GET', `/tickets/${ticket.id}`)).body;
  expect(events.map(({ action }) => action)).toEqual(['open', 'claim']);
  expect(messages.map(({ from }) => from)).toEqual(['visitor']);
});
