import { randomUUID } from 'node:crypto';
import { createRedisKeys } from '@firstword/server/store/keys';
import type { OpenTicket } from '@firstword/server/tickets/ticket-types';
import type { Actor, Urgency } from '@firstword/shared/ticket';
import { targetFor } from '@firstword/shared/waiting-target';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { createTestTickets } from '@firstword/testing/test-tickets';
import { afterAll, beforeAll, expect, test } from 'vitest';

const MINUTE = 60_000;
const START = Date.UTC(2026, 4, 4, 10);
const agent: Actor = { kind: 'agent', id: 'a', name: 'Agent' };
const settings = { replyTargets: { critical: 10, high: 40 } };

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());

async function startTickets() {
  const clock = { now: START };
  const connection = await redis.connect();
  const keys = createRedisKeys(`test-${randomUUID()}`);
  const tickets = createTestTickets({
    redis: connection,
    keys,
    subscriber: await redis.connect(),
    targetOf: (_siteId, urgency, from) => targetFor(settings, urgency, from),
    now: () => clock.now,
  });
  const stopping = new AbortController();
  const warned: string[] = [];
  const changes = tickets.changes(stopping.signal);
  const following = (async () => {
    for await (const news of changes)
      if ('notification' in news && news.notification.kind.startsWith('target'))
        warned.push(`${news.notification.kind} #${news.notification.number} ${news.to ?? 'all'}`);
  })();
  await expect.poll(() => connection.pubsub('SHARDCHANNELS', keys.ticketChanges())).toHaveLength(1);
  const open = async (urgency: Urgency) => {
    const request: OpenTicket = {
      ...{ siteId: 'acme', conversationId: randomUUID(), openedBy: 'visitor', reason: 'visitor-request', urgency },
      ...{ firstLine: 'A person, please', waitingSince: clock.now, idempotencyKey: randomUUID(), analyse: false },
    };
    return (await tickets.openNow(request)).ticket;
  };
  return {
    ...{ tickets, clock, warned, open },
    async sweepAt(minutes: number) {
      clock.now = START + minutes * MINUTE;
      await Promise.all([tickets.sweep(clock.now), tickets.sweep(clock.now)]);
    },
    async stop() {
      stopping.abort();
      await following;
    },
  };
}

test('agents are warned once before a target is missed and once when it is, but not after a reply', async () => {
  const { tickets, warned, open, sweepAt, stop } = await startTickets();
  const [critical, high, normal] = [await open('critical'), await open('high'), await open('normal')];
  expect(critical.target).toEqual({ warnAt: START + 7.5 * MINUTE, at: START + 10 * MINUTE });
  expect(normal.target).toBeUndefined();
  for (const minutes of [7, 8, 9, 10, 11]) await sweepAt(minutes);
  await expect.poll(() => warned).toEqual(['target-near #1 all', 'target-missed #1 all']);
  expect((await tickets.get(critical.id))?.target?.warned).toBe('missed');

  const act = (action: 'assign' | 'reply') =>
    tickets.act(high.id, action, { actor: agent, idempotencyKey: randomUUID(), assignee: { id: 'b', name: 'B' } });
  await act('assign');
  await sweepAt(31);
  await expect.poll(() => warned.slice(2)).toEqual(['target-near #2 b']);
  await act('reply');
  await act('reply');
  await sweepAt(60);
  expect((await tickets.get(high.id))?.target).toMatchObject({ warned: 'near', repliedAt: START + 31 * MINUTE });
  const late = await open('critical');
  await sweepAt(200);
  // At once for a sweep that comes late. Nothing else was sent before it.
  await expect.poll(() => warned.slice(3)).toEqual([`target-missed #${late.number} all`]);
  await stop();
});

test('within an urgency, lists have the earliest target first', async () => {
  const { tickets, clock, open, stop } = await startTickets();
  const first = await open('high');
  clock.now += MINUTE;
  const second = await open('high');
  const critical = await open('critical');
  const list = async () => (await tickets.list({ view: 'open', agentId: 'a', limit: 9 })).tickets.map(({ id }) => id);
  expect(await list()).toEqual([critical.id, first.id, second.id]);
  await stop();
});
