import { createMemoryConversationArchive } from '@firstword/server/records/memory-conversation-archive';
import { RecordsError } from '@firstword/server/records/records-error';
import { conversationListSchema } from '@firstword/shared/conversation-records';
import type { Page } from '@firstword/testing/console-page';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { beforeAll, expect, test } from 'vitest';
import { conversationOf, messageOf } from './archive-contract.ts';

const memory = createMemoryConversationArchive();
let away = false;
/** The archive, as it is when the database is away. */
const archive: typeof memory = {
  ...memory,
  list: async (filter) => {
    if (away) throw new RecordsError('unavailable', 'connect ECONNREFUSED 10.0.0.1:5432');
    return memory.list(filter);
  },
};
let page: Page;
consoleServerForAllTests({ records: { archive } });
beforeAll(async () => {
  page = await server.signIn();
  for (const [index, site] of ['acme', 'other', 'unknown'].entries()) {
    const { messages } = conversationOf(memory, site, `visitor-${site}`, `conversation-${site}`);
    await messages(
      messageOf(1, `Where is my parcel, ${site}?`, { at: Date.UTC(2026, 4, 1 + index) }),
      messageOf(2, 'It is on its way.', { at: Date.UTC(2026, 4, 1 + index, 1) }),
    );
  }
});

const idsAt = async (path: string) =>
  conversationListSchema.parse((await page.request('GET', path)).body).conversations.map(({ id }) => id);

test('lists the conversations of this server’s sites, the newest first, and pages through them', async () => {
  expect(await idsAt('/conversations')).toEqual(['conversation-other', 'conversation-acme']);
  const { body } = await page.request('GET', '/conversations?limit=1');
  expect(body.next).toEqual(expect.any(String));
  expect(await idsAt(`/conversations?limit=1&cursor=${body.next}`)).toEqual(['conversation-acme']);
});

test('filters by site, words and days, both of which are included', async () => {
  expect(await idsAt('/conversations?site=acme')).toEqual(['conversation-acme']);
  expect(await idsAt('/conversations?q=parcel%20other')).toEqual(['conversation-other']);
  expect(await idsAt('/conversations?from=2026-05-02&to=2026-05-02')).toEqual(['conversation-other']);
});

test('returns one conversation with a page of its messages', async () => {
  const { status, body } = await page.request('GET', '/conversations/conversation-acme?limit=1');
  expect(status).toBe(200);
  expect(body).toMatchObject({ conversation: { siteId: 'acme', lastSeq: 2 }, messages: [{ seq: 2 }], earlier: true });
  const earlier = await page.request('GET', '/conversations/conversation-acme?limit=1&before=2');
  expect(earlier.body).toMatchObject({ messages: [{ seq: 1 }], earlier: false });
});

test('names all sites with the list, and says where the words of a search were found', async () => {
  const { body } = await page.request('GET', '/conversations?site=acme&q=parcel');
  expect(body.sites).toEqual([
    { id: 'acme', name: 'Acme' },
    { id: 'other', name: 'Other' },
  ]);
  expect(body.conversations).toMatchObject([
    { match: { seq: 1, excerpt: 'Where is my parcel, acme?', marks: [[12, 18]] } },
  ]);
});

test('returns the model calls of a conversation with their cost', async () => {
  expect((await page.request('GET', '/conversations/conversation-acme/calls')).body).toEqual({
    calls: [],
    conversation: { usd: 0, atLeast: false, callsOfUnknownPrice: 0 },
  });
  expect((await page.request('GET', '/conversations/conversation-unknown/calls')).status).toBe(404);
});

test('searches messages', async () => {
  const { body } = await page.request('GET', '/messages/search?q=parcel&site=acme');
  expect(body).toMatchObject({ messages: [{ conversationId: 'conversation-acme', message: { seq: 1 } }] });
});

test('a conversation of a site that this server does not have is not found, like one that does not exist', async () => {
  for (const id of ['conversation-unknown', 'no-such-conversation'])
    expect(await page.request('GET', `/conversations/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'not-found', message: 'This conversation does not exist.' },
    });
  expect((await page.request('GET', '/conversations?q=unknown')).body.conversations).toEqual([]);
  expect((await page.request('GET', '/conversations?site=unknown')).status).toBe(404);
});

test('nothing is shown without a session', async () => {
  for (const path of [
    '/conversations',
    '/conversations/conversation-acme',
    '/conversations/conversation-acme/calls',
    '/messages/search?q=parcel',
  ])
    expect((await server.openPage().request('GET', path)).status).toBe(401);
});

test('a cursor that is not one is refused with a line that says what to do', async () => {
  expect(await page.request('GET', '/conversations?cursor=nonsense')).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('Use `next` of the page before') },
  });
});

test('while the database is away, the list is unavailable, without its address', async () => {
  away = true;
  const { status, body } = await page.request('GET', '/conversations');
  away = false;
  expect([status, body.code, body.retryAfterMs]).toEqual([503, 'unavailable', 5000]);
  expect(JSON.stringify(body)).not.toContain('10.0.0.1');
});

test('agents replay messages of their sites, and only administrators with guidance of their own', async () => {
  const replay = { seq: 1, model: 'glm-5' };
  const path = (site: string) => `/conversations/conversation-${site}/replay`;
  expect(await page.request('POST', path('acme'), replay)).toMatchObject({
    status: 200,
    body: { answer: { text: 'Where is my parcel, acme?' } },
  });
  const withGuidance = { ...replay, guidance: { tone: 'warm' } };
  expect(await page.request('POST', path('acme'), withGuidance)).toMatchObject({ status: 403 });
  const admin = await server.signIn('admin@shop.example', 'admin', ['acme']);
  expect(await admin.request('POST', path('acme'), withGuidance)).toMatchObject({ status: 200 });
  expect(await admin.request('POST', path('other'), replay)).toMatchObject({ status: 404 });
  expect(await admin.request('POST', path('acme'), { ...replay, seq: 2 })).toMatchObject({ status: 404 });
  const viewer = await server.signIn('viewer@shop.example', 'viewer');
  expect(await viewer.request('POST', path('acme'), replay)).toMatchObject({ status: 403 });
});
