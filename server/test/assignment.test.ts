import { randomUUID } from 'node:crypto';
import { createPostgresAccountStore } from '@firstword/server/records/postgres-account-store';
import { createPostgresTicketStore } from '@firstword/server/records/postgres-ticket-store';
import type { TicketStore } from '@firstword/server/records/ticket-store';
import { createPresence } from '@firstword/server/store/agent-presence';
import { createRedisKeys } from '@firstword/server/store/keys';
import { createAgentsInTurn } from '@firstword/server/tickets/agents-in-turn';
import type { OpenTicket } from '@firstword/server/tickets/ticket-types';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { createTestTickets } from '@firstword/testing/test-tickets';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openAccountsDatabase, openTestDatabase } from './open-test-database.ts';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());

const request = (): OpenTicket => ({
  ...{ siteId: 'acme', conversationId: randomUUID(), openedBy: 'visitor', reason: 'visitor-request' },
  ...{ urgency: 'normal', firstLine: 'A person, please', waitingSince: Date.now(), idempotencyKey: randomUUID() },
  analyse: false,
});

/** Two web processes of one installation, and who of its agents is online. */
async function startProcesses(given?: TicketStore, maxOpen = 9) {
  const connection = await redis.connect();
  const keys = createRedisKeys(`test-${randomUUID()}`);
  const store = given ?? createPostgresTicketStore(await openTestDatabase(), () => 'en');
  const online: string[] = [];
  const agentsOf = vi.fn(async () => ({ agents: online.map((id) => ({ id, name: `Agent ${id}` })), maxOpen }));
  const turns = { siteIds: () => ['acme'], of: agentsOf };
  const [one, other] = await Promise.all(
    [0, 1].map(async () =>
      createTestTickets({ redis: connection, keys, store, turns, subscriber: await redis.connect() }),
    ),
  );
  if (one === undefined || other === undefined) throw new Error('no process');
  return { one, other, online, subscribed: () => connection.pubsub('SHARDCHANNELS', keys.ticketChanges()) };
}

test('new tickets go in turn to the agents who are online, with a line in the history and a notification', async () => {
  const { one, other, online, subscribed } = await startProcesses();
  online.push('a', 'b');
  const stop = new AbortController();
  const notified: string[] = [];
  const following = (async () => {
    for await (const news of other.changes(stop.signal))
      if ('notification' in news) notified.push(`${news.notification.kind} ${news.to}`);
  })();
  await expect.poll(subscribed).toHaveLength(1);
  const opened = await Promise.all([one, other, one, other].map((tickets) => tickets.openNow(request())));
  const owners = opened.map(({ ticket }) => ticket.assignee?.id);
  expect(owners.toSorted()).toEqual(['a', 'a', 'b', 'b']);
  const [first] = opened;
  if (first === undefined) throw new Error('no ticket');
  expect(first.ticket).toMatchObject({ state: 'new', assignee: { name: `Agent ${owners[0]}` } });
  const history = await one.events(first.ticket.id);
  expect(history.map(({ action, actor, reason }) => [action, actor.kind, reason])).toEqual([
    ['open', 'visitor', 'visitor-request'],
    ['assign', 'system', `Agent ${owners[0]}`],
  ]);
  await expect.poll(() => notified.toSorted()).toEqual(['assigned a', 'assigned a', 'assigned b', 'assigned b']);
  stop.abort();
  await following;
});

test('a ticket waits for an agent who is online and has room, and two processes assign it once', async () => {
  const { one, other, online } = await startProcesses(undefined, 2);
  const opened = [await one.openNow(request()), await one.openNow(request()), await other.openNow(request())];
  expect(opened.map(({ ticket }) => ticket.assignee)).toEqual([undefined, undefined, undefined]);
  await Promise.all([one.assignWaiting(), other.assignWaiting()]);
  online.push('a');
  await Promise.all([one.assignWaiting(), other.assignWaiting(), one.assignWaiting()]);
  const owners = async () =>
    Promise.all(opened.map(async ({ ticket }) => (await one.get(ticket.id))?.assignee?.id ?? 'none'));
  expect((await owners()).toSorted()).toEqual(['a', 'a', 'none']);
  for (const { ticket } of opened)
    expect((await one.events(ticket.id)).filter(({ action }) => action === 'assign').length).toBeLessThan(2);

  const [done] = opened;
  if (done === undefined) throw new Error('no ticket');
  const act = (action: 'claim' | 'resolve' | 'reopen') =>
    one.act(done.ticket.id, action, {
      actor: { kind: 'agent', id: 'a', name: 'Agent a' },
      idempotencyKey: randomUUID(),
      ...(action === 'resolve' ? { code: 'answered' } : {}),
    });
  await act('claim');
  await act('resolve');
  await other.assignWaiting();
  expect(await owners()).toEqual(['a', 'a', 'a']);
  // A reopened ticket stays with its agent, who has more than enough, while another one is free.
  online.push('b');
  await act('reopen');
  await one.assignWaiting();
  expect(await owners()).toEqual(['a', 'a', 'a']);
});

test('agents in turn are online, active, answer tickets of the site, and only where a site wants it', async () => {
  const connection = await redis.connect();
  const presence = createPresence(connection, createRedisKeys(`test-${randomUUID()}`), 60_000);
  const accounts = createPostgresAccountStore(
    await openAccountsDatabase(['here', 'away', 'gone', 'left', 'elsewhere', 'reader']),
  );
  await accounts.change('left', { deactivatedAt: 1 });
  await accounts.change('elsewhere', { roles: { help: 'agent' } });
  await accounts.change('reader', { roles: { '*': 'viewer' } });
  const assignment = (inTurn: boolean) => ({ assignment: { inTurn, maxOpenTickets: 5 } });
  const turns = createAgentsInTurn({
    sites: new Map([
      ['acme', assignment(true)],
      ['help', assignment(false)],
    ]),
    accounts,
    presence,
  });
  expect(turns.siteIds()).toEqual(['acme']);
  expect(await turns.of('acme')).toEqual({ agents: [], maxOpen: 5 });
  await presence.touch(
    ['here', 'away', 'left', 'elsewhere', 'reader'].map((id) => ({
      ...{ socketId: id, ticketId: '', siteId: '', agent: { id, name: id } },
    })),
  );
  await presence.setStatus('away', 'away');
  expect(await turns.of('acme')).toEqual({ agents: [{ id: 'here', name: 'here' }], maxOpen: 5 });
  expect((await turns.of('help')).agents).toEqual([]);
});
