import { createPostgresConversationArchive } from '@firstword/server/records/postgres-conversation-archive';
import { createPostgresQualityStore } from '@firstword/server/records/postgres-quality-store';
import { createPostgresTicketStore } from '@firstword/server/records/postgres-ticket-store';
import type { QualityFindings } from '@firstword/shared/quality-report';
import { expect, test } from 'vitest';
import { conversationOf, messageOf } from './archive-contract.ts';
import { openTestDatabase } from './open-test-database.ts';
import { recordOf, runOf, save, ticketOf } from './ticket-store-contract.ts';

const DAY_1 = Date.UTC(2026, 4, 1, 10);
const DAY_2 = Date.UTC(2026, 4, 2, 10);
const MINUTE = 60_000;
const MAY = { from: '2026-05-01', to: '2026-05-31' };

async function openStores() {
  const database = await openTestDatabase();
  return {
    archive: createPostgresConversationArchive(database, () => 'en'),
    tickets: createPostgresTicketStore(database, () => 'en'),
    quality: createPostgresQualityStore(database),
  };
}

type Stores = Awaited<ReturnType<typeof openStores>>;

const asked = ({ archive }: Stores, id: string, at: number, siteId = 'shop') =>
  archive.write([
    {
      ...{ conversationId: id, siteId, at, visitorId: `visitor of ${id}`, locale: id === 'c2' ? 'de-AT' : 'en' },
      ...{ type: 'message', message: messageOf(1, 'Where is my lamp?', { at }) },
    },
  ]);

async function handedOff({ archive, tickets }: Stores, conversationId: string, at: number, repliedAfter?: number) {
  const ticket = ticketOf('shop', {
    conversationId,
    openedAt: at,
    reopened: repliedAfter === undefined ? 0 : 1,
    reason: 'legal',
  });
  const actor = { kind: 'agent', id: 'a1', name: 'Agent' } as const;
  await save(tickets, recordOf(ticket, { verdict: { handling: 'agent', reasons: ['model'], topic: 'refund' } }), {
    runs: [runOf(ticket, 1, { state: 'completed', review: { verdict: 'edited' } })],
    events: [
      { at, action: 'open', actor: { kind: 'visitor' }, to: 'new', version: 1 },
      ...(repliedAfter === undefined
        ? []
        : [{ at: at + repliedAfter, action: 'reply', actor, to: 'in-progress', version: 2 } as const]),
    ],
  });
  await archive.write([
    { conversationId, siteId: 'shop', at, type: 'responder', responder: 'waiting-agent', ticketId: ticket.id },
  ]);
}

const figuresOf = ({ total, lines }: QualityFindings) => [
  total,
  ...lines.map(({ key, figures }) => ({ key, ...figures })),
];

test('conversations, tickets, ratings and first responses are counted by day and in total', async () => {
  const stores = await openStores();
  for (const [id, at] of [
    ['c1', DAY_1],
    ['c2', DAY_1],
    ['c3', DAY_2],
    ['c4', DAY_2],
  ] as const)
    await asked(stores, id, at);
  await handedOff(stores, 'c1', DAY_1, 4 * MINUTE);
  await handedOff(stores, 'c3', DAY_2, 8 * MINUTE);
  await handedOff(stores, 'c4', DAY_2);
  await conversationOf(stores.archive, 'shop', 'v', 'c2').write(
    { type: 'message-rated', messageId: 'm2', value: 'down', reason: 'It is about chairs.' },
    { type: 'conversation-rated', score: 2 },
  );
  const found = await stores.quality.read({ ...MAY, siteIds: ['shop'], by: 'day' });
  expect(figuresOf(found)).toMatchObject([
    {
      ...{ conversations: 4, withoutAgent: 1, tickets: 3, reopened: 2, ratingsUp: 0, ratingsDown: 1 },
      satisfaction: { kind: 'measured', answers: 1, average: 2 },
      firstResponse: { kind: 'measured', tickets: 2, p50Ms: 6 * MINUTE },
    },
    { key: '2026-05-01', conversations: 2, tickets: 1, firstResponse: { tickets: 1, p50Ms: 4 * MINUTE } },
    { key: '2026-05-02', conversations: 2, tickets: 2, satisfaction: { kind: 'no-data' } },
  ]);
  expect(found).toMatchObject({
    reasons: [{ key: 'legal', count: 3 }],
    topics: [{ key: 'refund', count: 3 }],
    reviews: { approved: 0, edited: 3, rejected: 0, pending: 0 },
    comments: [{ conversationId: 'c2', text: 'It is about chairs.' }],
  });
});

test('the first responses of a site are read with the tickets that got none, without those before', async () => {
  const stores = await openStores();
  for (const id of ['c1', 'c2', 'c3']) await asked(stores, id, DAY_1);
  await handedOff(stores, 'c1', DAY_1, 4 * MINUTE);
  await handedOff(stores, 'c2', DAY_2);
  await handedOff(stores, 'c3', DAY_1 - 40 * MINUTE, MINUTE);
  expect(await stores.quality.firstResponses('shop', DAY_1 - MINUTE)).toEqual([
    { openedAt: DAY_2, waitedMs: undefined },
    { openedAt: DAY_1, waitedMs: 4 * MINUTE },
  ]);
  expect(await stores.quality.firstResponses('bank', 0)).toEqual([]);
});

test('targets are met by a reply in time, and missed by a late one or none, while the ticket is open', async () => {
  const stores = await openStores();
  const at = DAY_1 + 10 * MINUTE;
  const target = { warnAt: at, at };
  for (const more of [
    { target: { ...target, repliedAt: at } },
    { target: { ...target, repliedAt: at + 1 } },
    { target },
    { target, state: 'resolved' as const },
    { target: { warnAt: at, at: Date.now() + 60 * MINUTE } },
    {},
  ])
    await save(stores.tickets, recordOf(ticketOf('shop', { openedAt: DAY_1, ...more })));
  const { total } = await stores.quality.read({ ...MAY, siteIds: ['shop'], by: 'day' });
  expect([total.tickets, total.targets]).toEqual([6, { kind: 'measured', tickets: 3, met: 1 }]);
});

test('the same is counted by language', async () => {
  const stores = await openStores();
  await asked(stores, 'c1', DAY_1);
  await asked(stores, 'c2', DAY_1);
  const { lines } = await stores.quality.read({ ...MAY, siteIds: ['shop'], by: 'language' });
  expect(lines.map(({ key, figures }) => [key, figures.conversations])).toEqual([
    ['de', 1],
    ['en', 1],
  ]);
});

test('other sites, other days and erased conversations do not count', async () => {
  const stores = await openStores();
  await asked(stores, 'c1', DAY_1, 'bank');
  await asked(stores, 'c2', Date.UTC(2026, 5, 1));
  await asked(stores, 'c3', DAY_1);
  await conversationOf(stores.archive, 'shop', 'v', 'c3').write({ type: 'erased' });
  const { total, lines } = await stores.quality.read({ ...MAY, siteIds: ['shop'], by: 'site' });
  expect([total.conversations, total.firstResponse, lines]).toEqual([0, { kind: 'no-data' }, []]);
});

test('days in the wrong order are refused', async () => {
  const { quality } = await openStores();
  await expect(quality.read({ from: '2026-05-02', to: '2026-05-01', siteIds: [], by: 'day' })).rejects.toThrow(
    RangeError,
  );
});
