/** Every route × every role, and what an agent of one site gets of another one's: generated from the table of permissions. */
import { randomUUID } from 'node:crypto';
import { ROUTE_PERMISSIONS } from '@firstword/server/http/route-permissions';
import { createMemoryConversationArchive } from '@firstword/server/records/memory-conversation-archive';
import type { ConsoleClientEvents, ConsoleServerEvents } from '@firstword/shared/console-events';
import { keysOf } from '@firstword/shared/keys-of';
import {
  AGENT_ROLES,
  type AgentRole,
  isForTokens,
  maySomewhere,
  rolesOn,
  scopeGrants,
} from '@firstword/shared/permissions';
import type { Ticket } from '@firstword/shared/ticket';
import { ticketActionSchemas } from '@firstword/shared/ticket-requests';
import type { Answer, Page } from '@firstword/testing/console-page';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { addSecurityRow } from '@firstword/testing/security-row';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { conversationOf, messageOf } from '../archive-contract.ts';

const SITES = ['acme', 'other', 'north'];
const archive = createMemoryConversationArchive();
const sockets: Socket[] = [];
let tickets: ReadonlyMap<string, Ticket>;
/** Ids of evaluations, by site. */
const evaluations = new Map<string, string>();
const EVALUATED = { maxUsd: 1, cases: 1, judged: 0, passed: 0, usd: 0, costIsComplete: true };

consoleServerForAllTests({
  sites: new Map(SITES.map((id) => [id, { name: id }])),
  records: { archive },
  tickMs: 50,
});
beforeAll(async () => {
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
    const run = { kind: 'evaluation', subject: site, by: 'Ada', result: EVALUATED } as const;
    evaluations.set(site, (await server.records.runs.start(run, 60_000))?.id ?? '');
  }
  tickets = opened;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

type Ask = (method: string, path: string, body?: object) => Promise<Answer>;
const askAs =
  (page: Page): Ask =>
  (method, path, body) =>
    page.request(method, path, body);
const askWith =
  (token: string): Ask =>
  (method, path, body) =>
    server.openPage().request(method, path, body, {
      ...{ authorization: `Bearer ${token}`, origin: undefined, 'x-csrf-token': undefined },
    });

/** One request for each route, with an id that nothing has, and the code of its refusal. */
async function refusals(ask: Ask): Promise<[name: string, code: string][]> {
  const names = Object.keys(ROUTE_PERMISSIONS).filter((name) => name !== 'DELETE /session'); // ends what the others need
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      const [method = '', path = ''] = name.split(' ');
      const { status, body } = await ask(
        method,
        path.replace('{id}', randomUUID()),
        method === 'POST' ? {} : undefined,
      );
      expect(status, name).toBeLessThan(500);
      return [name, String(body['code'] ?? status)];
    }),
  );
}

test('every role reaches the routes that the table gives it, and no other one', async ({ task }) => {
  let tried = 0;
  let refused = 0;
  for (const role of AGENT_ROLES)
    for (const sites of [undefined, ['acme']]) {
      const page = await server.signIn(`${role}-${sites ?? 'all'}@shop.example`, role, sites);
      for (const [name, code] of await refusals(askAs(page))) {
        const permission = ROUTE_PERMISSIONS[name] ?? 'anyone';
        const isOpen = permission === 'anyone' || permission === 'session';
        const isAllowed = isOpen || maySomewhere({ roles: rolesOn(role, sites) }, permission);
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
  const found = await refusals(askWith(token));
  for (const [name, code] of found) {
    const permission = ROUTE_PERMISSIONS[name] ?? 'anyone';
    if (permission === 'anyone') continue;
    const isAllowed = permission !== 'session' && isForTokens(permission) && scopeGrants(scope, permission);
    expect([name, ['forbidden', 'signed-out'].includes(code)]).toEqual([name, !isAllowed]);
  }
});

/** A valid body for each action, so that only the ticket decides. */
const bodyOf = (action: string) => ({
  ...{ expectedVersion: 1, idempotencyKey: randomUUID() },
  ...({
    ...{ assign: { agentId: 'a' }, resolve: { code: 'answered' }, merge: { intoTicketId: 'another' } },
    ...{ reply: { text: 'Hello' }, note: { text: 'Hello' }, approve: { runId: 'r', text: 'Hello' } },
    ...{ reject: { runId: 'r', reason: 'wrong-facts' }, 'correct-verdict': { handling: 'complex' } },
  }[action] ?? {}),
});
const ITEMS = ['/tickets/{id}', '/tickets/{id}/calls', '/conversations/{id}', '/conversations/{id}/calls'];
const LISTS = ['/tickets?view=all', '/conversations', '/messages/search?q=parcel', '/reports/cost', '/budgets'];
const OF_SITE = ['/tickets?site=', '/conversations?site=', '/reports/cost?site=', '/reports/response-time?site='];

test('an agent or token of one site gets nothing of another one, and cannot tell that it exists', async ({ task }) => {
  let tried = 0;
  const expectSame = async (ask: Ask, method: string, path: string, ids: readonly string[], body?: object) => {
    const answers = await Promise.all([randomUUID(), ...ids].map((id) => ask(method, path.replace('{id}', id), body)));
    const [nothing, ...theirs] = answers.map(({ status, body: answer }) => [path, status, answer]);
    for (const answer of theirs) expect(answer).toEqual(nothing);
    expect([path, answers[0]?.status]).toEqual([path, 404]);
    tried += ids.length;
  };
  for (const site of SITES) {
    const others = SITES.filter((id) => id !== site);
    const ids = (path: string) =>
      others.map((other) => (path.startsWith('/tickets') ? (tickets.get(other)?.id ?? '') : `conversation-${other}`));
    const signIn = async (role: AgentRole) =>
      askAs(await server.signIn(`${role}-of-${site}@shop.example`, role, [site]));
    const [admin, agent, viewer] = [await signIn('admin'), await signIn('agent'), await signIn('viewer')];
    const program = askWith((await server.apiTokens.add(`Reports of ${site}`, 'write', { sites: [site] })).token);
    for (const ask of [admin, agent, viewer, program]) {
      await Promise.all([
        ...LISTS.map(async (path) => {
          const text = JSON.stringify((await ask('GET', path)).body);
          for (const other of others) expect([path, text.includes(other)]).toEqual([path, false]);
          tried += 1;
        }),
        ...ITEMS.map((path) => expectSame(ask, 'GET', path, ids(path))),
        ...OF_SITE.flatMap((path) =>
          others.map(async (other) => {
            const { status, body } = await ask('GET', path + other);
            expect([path, status, body['message']]).toEqual([path, 404, `There is no site "${other}".`]);
            tried += 1;
          }),
        ),
      ]);
    }
    for (const ask of [agent, program])
      await Promise.all(
        keysOf(ticketActionSchemas).map((action) => {
          const path = `/tickets/{id}/${action}`;
          return expectSame(ask, 'POST', path, ids(path), bodyOf(action));
        }),
      );
    for (const other of others) {
      const [gap] = await server.gaps.list(other, 1);
      await expectSame(admin, 'DELETE', '/knowledge/gaps/{id}', [gap?.id ?? '']);
      expect(await server.gaps.list(other, 5)).toHaveLength(1);
      const run = evaluations.get(other) ?? '';
      await expectSame(admin, 'GET', '/evaluation-runs/{id}', [run]);
      await expectSame(admin, 'POST', '/evaluation-runs/{id}/stop', [run], {});
      expect(await server.records.runs.load(run)).toMatchObject({ stopping: false });
    }
  }
  addSecurityRow(task, {
    id: 'S03',
    tried: `${tried} requests for other sites' lists, tickets, conversations, reports, gaps and evaluations by 3 roles and a token of each of 3 sites`,
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
  expect(await server.agents.setAccess(member?.id ?? '', { roles: { north: 'viewer' } })).toBe('done');
  expect(await gone).toBe('io server disconnect');
  const { body } = await page.request('GET', '/tickets?view=all');
  expect(JSON.stringify(body)).not.toContain('acme');
  expect((await page.request('POST', `/tickets/${tickets.get('north')?.id}/claim`, {})).status).toBe(403);
});
