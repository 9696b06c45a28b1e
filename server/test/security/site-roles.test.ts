/** One agent with another role on each site: what each role allows holds on its site alone, over REST and the socket. */
import { randomUUID } from 'node:crypto';
import type { ConsoleClientEvents, ConsoleServerEvents } from '@firstword/shared/console-events';
import { keysOf } from '@firstword/shared/keys-of';
import type { SiteRoles } from '@firstword/shared/permissions';
import type { Ticket } from '@firstword/shared/ticket';
import type { BulkOutcome } from '@firstword/shared/ticket-requests';
import { ticketActionSchemas } from '@firstword/shared/ticket-requests';
import type { Page } from '@firstword/testing/console-page';
import { type ConsoleServer, startConsoleServer } from '@firstword/testing/console-server';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { addSecurityRow } from '@firstword/testing/security-row';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest';

const sites = new Map(['acme', 'other', 'north', 'south'].map((id) => [id, { name: id }]));
/** On the fourth site, none. */
const MIXED = { acme: 'agent', other: 'viewer', north: 'billing' } as const;
const NOT_THERE = 'This ticket does not exist.';
const ROLE = 'Your role on this site does not allow this. Ask an administrator.';
const LATER = { tickMs: 60_000, accessMs: 60_000 };
const sockets: Socket[] = [];
let redis: RedisServer;
let server: ConsoleServer;
let tickets: Readonly<Record<keyof typeof MIXED | 'south', Ticket>>;

beforeAll(async () => {
  redis = await startRedisServer();
  // Only what a change itself causes is seen, not what the process notices later.
  server = await startConsoleServer(redis, { sites, ...LATER });
  const open = (site: string) => server.openTicket(site);
  tickets = {
    acme: await open('acme'),
    other: await open('other'),
    north: await open('north'),
    south: await open('south'),
  };
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(async () => {
  await server.close();
  await redis.stop();
});

const emailOf = (name: string) => `${name}@shop.example`;
const signIn = (name: string, roles: SiteRoles = MIXED) => server.signIn(emailOf(name), roles);
const idOf = async (name: string) =>
  (await server.agents.members()).find(({ email }) => email === emailOf(name))?.id ?? '';

async function connect(page: Page, origin = server.origin) {
  const client: Socket<ConsoleServerEvents, ConsoleClientEvents> = io(`${origin}/console`, {
    ...{ transports: ['websocket'], reconnection: false, forceNew: true },
    extraHeaders: { origin, cookie: page.cookie() },
  });
  sockets.push(client as Socket);
  const received: string[] = [];
  client.onAny((event: string, payload: unknown) => void received.push(`${event} ${JSON.stringify(payload)}`));
  await new Promise<void>((resolve, reject) => client.on('connect', resolve).on('connect_error', reject));
  return { client, received };
}

/** A valid body for each action, so that only the ticket decides. */
const bodyOf = (action: string) => ({
  ...{ expectedVersion: 1, idempotencyKey: randomUUID() },
  ...({
    ...{ assign: { agentId: 'a' }, resolve: { code: 'answered' }, merge: { intoTicketId: 'another' } },
    ...{ reply: { text: 'Hello' }, note: { text: 'Hello' }, approve: { runId: 'r', text: 'Hello' } },
    ...{ reject: { runId: 'r', reason: 'wrong-facts' }, 'correct-verdict': { handling: 'complex' } },
  }[action] ?? {}),
});

test('lists, searches and reports have the sites where the role permits it', async () => {
  const page = await signIn('reader');
  const sitesIn = async (path: string) => {
    const text = JSON.stringify((await page.request('GET', path)).body);
    return [...sites.keys()].filter((site) => text.includes(`"${site}"`));
  };
  const shown = { '/tickets?view=all': 2, '/conversations': 2, '/search?q=lamp': 2, '/reports/quality': 2 };
  for (const [path, count] of Object.entries({ ...shown, '/reports/cost': 3, '/budgets': 3 }))
    expect([path, await sitesIn(path)]).toEqual([path, [...sites.keys()].slice(0, count)]);
  const { counts } = (await page.request<{ counts: object }>('GET', '/tickets?view=all')).body;
  expect(counts).toMatchObject({ open: 2 });
  const refusalAt = async (path: string) => {
    const { status, body } = await page.request('GET', path);
    return [status, body['message'] ?? ''];
  };
  expect(await refusalAt('/tickets?site=north')).toEqual([403, ROLE]);
  expect(await refusalAt('/tickets?site=south')).toEqual([404, 'There is no site "south".']);
  expect(await refusalAt('/tickets?site=nowhere')).toEqual([404, 'There is no site "nowhere".']);
  expect((await page.request('GET', '/reports/cost?site=north')).status).toBe(200);
});

test('every action on a ticket is refused where the role only reads, and elsewhere the ticket does not exist', async ({
  task,
}) => {
  const page = await signIn('worker');
  let tried = 0;
  for (const action of keysOf(ticketActionSchemas)) {
    const act = async ({ id }: { id: string }) => {
      const { status, body } = await page.request('POST', `/tickets/${id}/${action}`, bodyOf(action));
      tried += 1;
      return [action, status, body['message']];
    };
    expect(await act(tickets.other)).toEqual([action, 403, ROLE]);
    for (const absent of [tickets.north, tickets.south, { id: randomUUID() }])
      expect(await act(absent)).toEqual([action, 404, NOT_THERE]);
  }
  expect((await page.request('GET', `/drafts/${tickets.other.id}`)).status).toBe(403);
  expect((await server.tickets.get(tickets.other.id))?.version).toBe(tickets.other.version);
  const own = await server.openTicket('acme');
  expect((await page.act(own, 'claim')).status).toBe(200);
  addSecurityRow(task, {
    id: 'S11 sites',
    tried: `${tried} actions on tickets of a site where the agent is a viewer, of one with the role billing, and of one without a role`,
    result: '0 done; a viewer gets the reason, all others what does not exist',
  });
});

test('a bulk action over several sites is done where the role permits it, with the reason for each other ticket', async () => {
  const page = await signIn('bulk');
  const own = await server.openTicket('acme');
  const ticketIds = [own.id, tickets.other.id, tickets.north.id, tickets.south.id];
  const body = { ticketIds, idempotencyKey: randomUUID() };
  expect((await page.request<BulkOutcome>('POST', '/tickets/claim', body)).body).toEqual({
    done: [own.id],
    notDone: [
      { ticketId: tickets.other.id, why: ROLE },
      { ticketId: tickets.north.id, why: NOT_THERE },
      { ticketId: tickets.south.id, why: NOT_THERE },
    ],
  });
});

test('an administrator of one site manages nothing of another where the role is viewer', async () => {
  const page = await signIn('half-admin', { acme: 'admin', other: 'viewer' });
  await signIn('viewer-of-other', { other: 'viewer' });
  await signIn('agent-of-acme', { acme: 'agent' });
  const { members, sites: given } = (
    await page.request<{ members: { email: string }[]; sites: object[] }>('GET', '/team')
  ).body;
  const emails = members.map(({ email }) => email);
  expect([emails.includes(emailOf('agent-of-acme')), emails.includes(emailOf('viewer-of-other'))]).toEqual([
    true,
    false,
  ]);
  expect(given).toEqual([{ id: 'acme', name: 'acme' }]);
  const statusOf = async (path: string, body: object) => (await page.request('POST', path, body)).status;
  expect(await statusOf('/team/invites', { email: emailOf('new'), roles: { acme: 'agent', other: 'agent' } })).toBe(
    403,
  );
  expect(await statusOf(`/team/${await idOf('viewer-of-other')}`, { roles: { acme: 'agent' } })).toBe(404);
  expect(await statusOf('/api-tokens', { name: 'Export', scope: 'read', sites: ['other'] })).toBe(403);
  const stop = (site: string) => statusOf('/kill-switch', { site, stopped: true, reason: 'A test' });
  expect([await stop('other'), await stop('all')]).toEqual([403, 403]);
  const canned = (more: object) => statusOf('/canned-replies', { shortcut: randomUUID(), text: 'Hello', ...more });
  expect([await canned({ siteId: 'other' }), await canned({}), await canned({ siteId: 'acme' })]).toEqual([
    403, 409, 201,
  ]);
});

test('a page is sent what the role on each site permits, also with a role on all sites and exceptions', async () => {
  const pages = await Promise.all([
    signIn('mixed-socket').then(connectWith),
    signIn('exception', { '*': 'viewer', north: 'billing' }).then(connectWith),
    signIn('everywhere', { '*': 'agent' }).then(connectWith),
  ]);
  const opened = await Promise.all([...sites.keys()].map((site) => server.openTicket(site)));
  const boss = await signIn('acting', { '*': 'admin' });
  for (const ticket of opened) await boss.act(ticket, 'claim');
  server.namespace.publishConversations(opened.map(({ conversationId, siteId }) => ({ conversationId, siteId })));
  const sitesOf = (received: readonly string[], event: string, field: 'id' | 'conversationId') =>
    opened
      .filter((ticket) => received.some((line) => line.startsWith(`${event} `) && line.includes(ticket[field])))
      .map(({ siteId }) => siteId);
  const expected = [['acme', 'other'], ['acme', 'other', 'south'], [...sites.keys()]];
  await vi.waitFor(() => {
    expect(pages.map(({ received }) => sitesOf(received, 'ticket-change', 'id'))).toEqual(expected);
    expect(pages.map(({ received }) => sitesOf(received, 'conversations-change', 'conversationId'))).toEqual(expected);
  }, 10_000);
  const [mixed] = pages;
  const watch = async (ticket: Ticket) => (await mixed.client.emitWithAck('ticket-watch', { ticketId: ticket.id })).ok;
  expect([await watch(tickets.north), await watch(tickets.south)]).toEqual([false, false]);
  const typing = async (ticket: Ticket) => {
    expect(await watch(ticket)).toBe(true);
    return (await mixed.client.emitWithAck('typing', { ticketId: ticket.id, on: true })).ok;
  };
  expect([await typing(tickets.other), await typing(tickets.acme)]).toEqual([false, true]);
});

test('a conversation is live on the pages of agents who may read it over REST, and on no other', async () => {
  const message = { seq: 1, id: randomUUID(), from: 'visitor' as const, text: 'Where is my lamp?', at: 1 };
  const conversations = keysOf(tickets).map((siteId) => ({ siteId, conversationId: tickets[siteId].conversationId }));
  await server.records.archive.write(conversations.map((of) => ({ ...of, at: 1, type: 'message', message })));
  const [agent, removed] = [await signIn('live'), { conversationId: 'never-there', siteId: 'acme' }];
  const { client, received } = await connect(agent);
  const gone = new Promise((resolve) => client.on('disconnect', resolve));
  const watches = async (on: typeof client, { conversationId }: { conversationId: string }) =>
    (await on.emitWithAck('conversation-watch', { conversationId, after: 0 })).ok;
  const readOverRest = async ({ conversationId }: { conversationId: string }) =>
    (await agent.request('GET', `/conversations/${conversationId}`)).status === 200;
  for (const each of [...conversations, removed])
    expect([each.siteId, await watches(client, each)]).toEqual([each.siteId, await readOverRest(each)]);

  const [ofAcme = removed] = conversations.filter(({ siteId }) => siteId === 'acme');
  expect(await watches(client, ofAcme)).toBe(true);
  await vi.waitFor(() => expect(received.at(-1)).toContain(ofAcme.conversationId));
  const shown = conversations.filter(({ conversationId }) => received.some((line) => line.includes(conversationId)));
  expect(shown.filter(({ siteId }) => siteId !== 'acme' && siteId !== 'other')).toEqual([]);
  await server.agents.setAccess(await idOf('live'), { roles: { other: 'viewer' } });
  server.namespace.checkAccess(await idOf('live'));
  await gone;
  const again = await connect(agent);
  expect(await watches(again.client, ofAcme)).toBe(false);
});

async function connectWith(page: Page) {
  const connected = await connect(page);
  await connected.client.emitWithAck('conversations-watch', { on: true });
  return connected;
}

test('a change of a role counts at once in every open page, on every process', async () => {
  const second = await startConsoleServer(redis, { sites, prefix: server.prefix, ...LATER });
  onTestFinished(() => second.close());
  const boss = await signIn('boss', { '*': 'admin' });
  const page = await signIn('moved');
  const open = await Promise.all([connect(page), connect(page, second.origin), connect(await signIn('untouched'))]);
  const [, , untouched] = open;
  const gone = Promise.all(
    open.slice(0, 2).map(({ client }) => new Promise<string>((resolve) => client.on('disconnect', resolve))),
  );
  const changed = await boss.request('POST', `/team/${await idOf('moved')}`, { roles: { acme: 'viewer' } });
  expect(changed.status).toBe(200);
  expect((await page.request('POST', `/tickets/${tickets.acme.id}/claim`, bodyOf('claim'))).status).toBe(403);
  expect(await gone).toEqual(['io server disconnect', 'io server disconnect']);
  expect(untouched.client.connected).toBe(true);
});
