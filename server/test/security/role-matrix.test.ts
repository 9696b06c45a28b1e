/** Every route × every role, and what an agent of one site gets of another one's: generated from the table of permissions. */
import { randomUUID } from 'node:crypto';
import { ROUTE_PERMISSIONS } from '@firstword/server/http/route-permissions';
import { createMemoryConversationArchive } from '@firstword/server/records/memory-conversation-archive';
import type { ConsoleClientEvents, ConsoleServerEvents } from '@firstword/shared/console-events';
import { ticketActionSchemas } from '@firstword/shared/console-wire';
import { keysOf } from '@firstword/shared/keys-of';
import { AGENT_ROLES, isForTokens, may, scopeGrants } from '@firstword/shared/permissions';
import type { Ticket } from '@firstword/shared/ticket';
import type { Answer, Page } from '@firstword/testing/console-page';
import { type ConsoleServer, startConsoleServer } from '@firstword/testing/console-server';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { addSecurityRow } from '@firstword/testing/security-row';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { conversationOf, messageOf } from '../archive-contract.ts';

const SITES = ['acme', 'other', 'north'];
const archive = createMemoryConversationArchive();
const sockets: Socket[] = [];
let redis: RedisServer;
let server: ConsoleServer;
let tickets: ReadonlyMap<string, Ticket>;

beforeAll(async () => {
  redis = await startRedisServer();
  server = await startConsoleServer(redis, {
    sites: new Map(SITES.map((id) => [id, { name: id }])),
    records: { archive },
    tickMs: 50,
  });
  const opened = new Map<string, Ticket>();
  for (const site of SITES) {
    opened.set(site, await server.openTicket(site));
    await conversationOf(archive, site, `visitor-${site}`, `conversation-${site}`).messages(
      messageOf(1, `Where is my parcel, ${site}?`, { at: Date.UTC(2026, 4, 1) }),
    );
    await server.gaps.record({
      ...{ siteId: site, conversationId: `conversation-${site}`, seq: 2, question: `Norway, ${site}?` },
      ...{ words: ['norway'], at: Date.UTC(2026, 4, 1) },
    });
  }
  tickets = opened;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(async () => {
  await server.close();
  await redis.stop();
});

/** One request for each route, with an id that nothing has, and the code of its refusal. */
async function refusals(
  request: (method: string, path: string, body: object | undefined) => Promise<Answer>,
) {
  const found = new Map<string, string>();
  for (const name of Object.keys(ROUTE_PERMISSIONS)) {
    const [method = '', path = ''] = name.split(' ');
    if (name === 'DELETE /session') continue; // ends what the others need
    const { status, body } = await request(
      method,
      path.replace('{id}', randomUUID()),
      method === 'POST' ? {} : undefined,
    );
    expect(status, name).toBeLessThan(500);
    found.set(name, String(body['code'] ?? status));
  }
  return found;
}

test('every role reaches the routes that the table gives it, and no other one', async ({ task }) => {
  let tried = 0;
  let refused = 0;
  for (const role of AGENT_ROLES)
    for (const sites of [undefined, ['acme']]) {
      const page = await server.signIn(`${role}-${sites ?? 'all'}@shop.example`, role, sites);
      for (const [name, code] of await refusals((method, path, body) => page.request(method, path, body))) {
        const permission = ROUTE_PERMISSIONS[name] ?? 'anyone';
        const isOpen = permission === 'anyone' || permission === 'session';
        const isAllowed = isOpen || may({ role, ...(sites && { sites }) }, permission);
        expect([role, sites, name, code === 'forbidden']).toEqual([role, sites, name, !isAllowed]);
        tried += 1;
        refused += code === 'forbidden' ? 1 : 0;
      }
    }
  addSecurityRow(task, {
    id: 'S11',
    tried: `${tried} requests: every route × ${AGENT_ROLES.length} roles, with all sites and with one`,
    result: `${refused} refused, ${tried - refused} let through: as in the table`,
  });
});

test.each(['read', 'write'] as const)('a token with the scope %s reaches what the table gives it', async (scope) => {
  const { token } = await server.apiTokens.add('Importer', scope);
  const headers = { authorization: `Bearer ${token}`, origin: undefined, 'x-csrf-token': undefined };
  const found = await refusals((method, path, body) => server.openPage().request(method, path, body, headers));
  for (const [name, code] of found) {
    const permission = ROUTE_PERMISSIONS[name] ?? 'anyone';
    if (permission === 'anyone') continue;
    const isAllowed = permission !== 'session' && isForTokens(permission) && scopeGrants(scope, permission);
    expect([name, ['forbidden', 'signed-out'].includes(code)]).toEqual([name, !isAllowed]);
  }
});

test('an agent or token of one site gets nothing of another one, and cannot tell that it exists', async ({ task }) => {
  let tried = 0;
  for (const site of SITES) {
    const others = SITES.filter((id) => id !== site);
    const pages: [string, (method: string, path: string, body?: object) => Promise<Answer>][] = [];
    for (const role of ['admin', 'agent', 'viewer'] as const) {
      const page = await server.signIn(`${role}-of-${site}@shop.example`, role, [site]);
      pages.push([role, (method, path, body) => page.request(method, path, body)]);
    }
    const { token } = await server.apiTokens.add(`Reports of ${site}`, 'write', { sites: [site] });
    const headers = { authorization: `Bearer ${token}`, origin: undefined, 'x-csrf-token': undefined };
    pages.push(['token', (method, path, body) => server.openPage().request(method, path, body, headers)]);

    for (const [role, request] of pages) {
      for (const path of [
        '/tickets?view=all',
        '/conversations',
        '/messages/search?q=parcel',
        '/reports/cost',
        '/budgets',
      ]) {
        const text = JSON.stringify((await request('GET', path)).body);
        for (const other of others) expect([role, path, text.includes(other)]).toEqual([role, path, false]);
        tried += 1;
      }
      for (const other of others) {
        const ticket = tickets.get(other);
        const change = { expectedVersion: 1, idempotencyKey: randomUUID() };
        const items: [method: string, path: string, other: string, body?: object][] = [
          ['GET', '/tickets/{id}', ticket?.id ?? ''],
          ['GET', '/tickets/{id}/calls', ticket?.id ?? ''],
          ['GET', '/conversations/{id}', `conversation-${other}`],
          ['GET', '/conversations/{id}/calls', `conversation-${other}`],
        ];
        if (role !== 'viewer')
          for (const action of keysOf(ticketActionSchemas)) {
            const more = {
              ...{ assign: { agentId: 'a' }, resolve: { code: 'answered' }, merge: { intoTicketId: ticket?.id } },
              ...{ reply: { text: 'Hello' }, note: { text: 'Hello' }, approve: { runId: 'r', text: 'Hello' } },
              ...{ reject: { runId: 'r', reason: 'wrong-facts' }, 'correct-verdict': { handling: 'complex' } },
            }[action as string];
            items.push(['POST', `/tickets/{id}/${action}`, ticket?.id ?? '', { ...change, ...more }]);
          }
        if (role === 'admin') {
          const [gap] = await server.gaps.list(other, 1);
          items.push(['DELETE', '/knowledge/gaps/{id}', gap?.id ?? '']);
        }
        for (const [method, path, id, body] of items) {
          const [theirs, nothing] = [
            await request(method, path.replace('{id}', id), body),
            await request(method, path.replace('{id}', randomUUID()), body),
          ];
          expect([role, path, theirs.status, theirs.body]).toEqual([role, path, nothing.status, nothing.body]);
          expect([path, [400, 404].includes(theirs.status)]).toEqual([path, true]);
          tried += 1;
        }
        for (const path of [
          '/tickets?site=',
          '/conversations?site=',
          '/reports/cost?site=',
          '/reports/response-time?site=',
        ]) {
          const [theirs, nothing] = [await request('GET', path + other), await request('GET', `${path}nowhere`)];
          expect([path, theirs.status, theirs.body['code']]).toEqual([path, 404, 'not-found']);
          expect(String(theirs.body['message']).replace(other, '')).toBe(
            String(nothing.body['message']).replace('nowhere', ''),
          );
          tried += 1;
        }
      }
    }
    for (const other of others) expect(await server.gaps.list(other, 5)).toHaveLength(1);
  }
  addSecurityRow(task, {
    id: 'S03',
    tried: `${tried} requests for other sites' lists, tickets, conversations, reports and gaps by 3 roles and a token of each of 3 sites`,
    result: '0 answered; each refusal is that of what does not exist',
  });
});

async function connect(page: Page) {
  const client: Socket<ConsoleServerEvents, ConsoleClientEvents> = io(`${server.origin}/console`, {
    ...{ transports: ['websocket'], reconnection: false, forceNew: true },
    extraHeaders: { origin: server.origin, cookie: page.cookie() },
  });
  sockets.push(client as Socket);
  const received: string[] = [];
  client.onAny((event: string, payload: unknown) => void received.push(`${event} ${JSON.stringify(payload)}`));
  await new Promise<void>((resolve, reject) => client.on('connect', resolve).on('connect_error', reject));
  return { client, received };
}

test("an agent's page is sent nothing of other sites: no ticket, no message, no presence", async ({ task }) => {
  const [own, foreign] = [await server.openTicket('acme'), await server.openTicket('other')];
  const everywhere = await server.signIn('all-sites@shop.example', 'agent');
  const [mine, all, billing] = [
    await connect(await server.signIn('one-site@shop.example', 'agent', ['acme'])),
    await connect(everywhere),
    await connect(await server.signIn('billing-socket@shop.example', 'billing')),
  ];
  const watch = (client: typeof mine.client, ticketId: string) => client.emitWithAck('ticket-watch', { ticketId });
  expect(await watch(mine.client, foreign.id)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await watch(billing.client, own.id)).toMatchObject({ ok: false, code: 'not-found' });
  expect([await watch(mine.client, own.id), await watch(all.client, foreign.id)]).toEqual([{ ok: true }, { ok: true }]);
  await everywhere.act(foreign, 'claim');
  server.namespace.publishMessage(foreign.id, { seq: 9, id: randomUUID(), from: 'visitor', text: 'secret', at: 1 });
  await everywhere.act(own, 'claim');
  await vi.waitFor(() => {
    expect(all.received.filter((event) => event.startsWith('ticket-change')).join()).toContain(foreign.id);
    expect(mine.received.filter((event) => event.startsWith('ticket-change')).join()).toContain(own.id);
    expect(all.received.filter((event) => event.startsWith('presence')).at(-1)).toContain(foreign.id);
  });
  const seen = [mine, billing].map(({ received }) => received.filter((event) => event.includes(foreign.id)));
  expect(seen).toEqual([[], []]);
  expect(billing.received.filter((event) => event.includes(own.id))).toEqual([]);
  addSecurityRow(task, {
    id: 'S03 events',
    tried: "an agent of one site and one with the role billing beside another site's ticket, message and presence",
    result: '0 events of it sent to either',
  });
});

test('a page whose agent loses a site connects again without it', async () => {
  const page = await server.signIn('moved@shop.example', 'agent', ['acme']);
  const { client } = await connect(page);
  const gone = new Promise<string>((resolve) => client.on('disconnect', resolve));
  const member = (await server.agents.members()).find(({ email }) => email === 'moved@shop.example');
  expect(await server.agents.setAccess(member?.id ?? '', { role: 'viewer', sites: ['north'] })).toBe('done');
  expect(await gone).toBe('io server disconnect');
  const { body } = await page.request('GET', '/tickets?view=all');
  expect(JSON.stringify(body)).not.toContain('acme');
  expect((await page.request('POST', `/tickets/${tickets.get('north')?.id}/claim`, {})).status).toBe(403);
});
