import { FEED_EVENT_VERSION, type FeedEvent } from '@firstword/shared/feed-event';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createFeedConsumers } from '../src/feed-consumers.ts';
import { createMemoryConversationArchive } from '../src/records/memory-conversation-archive.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { partitionOf } from '../src/store/partition.ts';

const console = {
  publishMessage: vi.fn(),
  publishRead: vi.fn(),
  publishConversations: vi.fn(),
  publishErased: vi.fn(),
};
const onErased = vi.fn();
const archive = createMemoryConversationArchive();
const gaps = { record: vi.fn(async () => {}), erase: vi.fn(async () => {}) };
const replyMail = { schedule: vi.fn(async () => {}) };
const tickets = {
  recordHandOff: vi.fn(async () => {}),
  recordVisitorMessage: vi.fn(async () => undefined),
  notifyAgents: vi.fn(async () => {}),
  forget: vi.fn(async () => {}),
};
const webhooks = { publish: vi.fn(async () => {}), erase: vi.fn(async () => {}) };
const suggestions = { rated: vi.fn(async () => {}) };
const parts = {
  archive,
  gaps,
  suggestions,
  console,
  onErased,
  replyMail,
  tickets,
  webhooks,
  hasAllTickets: () => true,
};
const origin = { v: FEED_EVENT_VERSION, eventId: '1-0', at: 1, siteId: 'acme', conversationId: 'c' } as const;
const message = (from: 'visitor' | 'agent', seq: number, ticketId?: string): FeedEvent => ({
  ...{ ...origin, type: 'message', message: { seq, id: `m${seq}`, from, text: 'Hello', at: 1 } },
  ...(ticketId === undefined ? {} : { ticketId }),
});

test('an event reaches those whom it concerns: the ticket, the pages that show it, and the mail of an unread reply', async () => {
  const request = {
    openedBy: 'visitor',
    reason: 'complex',
    urgency: 'normal',
    firstLine: 'Help',
    analyse: true,
  } as const;
  const handOff = { ...origin, type: 'hand-off-requested', ticketId: 't', request, effect: 'opened' } as const;
  const events: FeedEvent[] = [
    message('visitor', 1),
    handOff,
    message('visitor', 2, 't'),
    message('agent', 3, 't'),
    { ...origin, ticketId: 't', type: 'read', seq: 3 },
    { ...origin, type: 'rated', rating: { of: 'conversation', score: 5 } },
    { ...origin, type: 'conversation-erased' },
  ];
  for (const { types, handle } of createFeedConsumers(parts))
    await handle(events.filter(({ type }) => types.includes(type)));
  expect(tickets.recordHandOff.mock.calls).toEqual([[handOff]]);
  expect(tickets.recordVisitorMessage.mock.calls).toMatchObject([['t', { seq: 2 }]]);
  expect(tickets.forget.mock.calls).toEqual([['c']]);
  expect(console.publishMessage.mock.calls.map(([ticketId, { seq }]) => [ticketId, seq])).toEqual([
    ['t', 2],
    ['t', 3],
  ]);
  expect(suggestions.rated.mock.calls.length).toBe(1);
  expect([gaps.record.mock.calls.length, gaps.erase.mock.calls]).toEqual([3, [['c']]]);
  expect(console.publishRead.mock.calls).toEqual([['t', 3, 1]]);
  expect(onErased.mock.calls).toEqual([['c']]);
  expect(console.publishErased.mock.calls).toMatchObject([[{ conversationId: 'c', siteId: 'acme' }]]);
  expect(tickets.notifyAgents.mock.calls).toEqual([['c']]);
  // All of it is about a conversation that is erased in the same batch.
  expect(webhooks.publish).toHaveBeenCalledWith([]);
  expect(webhooks.erase).toHaveBeenCalledWith(['c']);
  expect(new Set(console.publishConversations.mock.calls.flat(2).map(({ conversationId }) => conversationId))).toEqual(
    new Set(['c']),
  );
  expect(replyMail.schedule.mock.calls).toEqual([[{ id: 't', conversationId: 'c' }, 3]]);
});

test('a consumer waits for a Redis that is away, and sets aside what its own code cannot handle', () => {
  for (const { group, isOutage } of createFeedConsumers(parts)) {
    if (group === 'archive' || group === 'webhooks') continue; // they write to PostgreSQL alone
    for (const reason of [
      'Command timed out',
      "OOM command not allowed when used memory > 'maxmemory'.",
      'LOADING Redis',
    ])
      expect(isOutage(new Error(reason))).toBe(true);
    expect(isOutage(new TypeError('ticket is undefined'))).toBe(false);
  }
});

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a web process empties the feed', async () => {
  const client = await connectWidget(server.port, { site: 'acme' });
  const { conversationId } = client.start;
  await client.send('How long may I return an item?');
  await client.received(({ type }) => type === 'turn-end');
  client.close();
  const redis = await server.redis.connect();
  const keys = createRedisKeys('test');
  await expect.poll(() => redis.xlen(keys.feedOf(conversationId))).toBe(0);
  // It held the message, the answer and the turn's end.
  const [, written] = Object.entries(await redis.hgetall(keys.feedCursors(partitionOf(conversationId))))
    .filter(([name]) => name === 'tickets')
    .flat();
  expect(written).not.toBe('0-0');
});
