import { openRecords, type Records } from '@firstword/server/records/records';
import { RecordsError } from '@firstword/server/records/records-error';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase } from '@firstword/testing/test-database';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test } from 'vitest';

let records: Records;
let server: TestServer;
let isAway = false;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const database = await createTestDatabase();
  closing.push(database.drop);
  records = await openRecords({ url: database.url, localeOf: () => 'en', log: silentLog });
  closing.push(records.close);
  const archive: Records['archive'] = {
    ...records.archive,
    write(changes) {
      if (isAway) throw new RecordsError('unavailable', 'The database did not answer.');
      return records.archive.write(changes);
    },
  };
  server = await startTestServer({ records: { ...records, archive } });
  closing.push(server.stop);
});
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
});

const archived = async (conversationId: string) =>
  (await records.archive.find(conversationId, ['acme'], { limit: 50 }))?.messages.map(({ from, text }) => [from, text]);

async function ask(visitor: WidgetClient, text: string) {
  const ack = await visitor.send(text);
  await visitor.received((event) => event.type === 'turn-end' && ack.ok && event.turnId === ack.turnId);
}

test('a conversation is archived with its answer and its ratings', async () => {
  const visitor = await connectWidget(server.port);
  const { conversationId } = visitor.start;
  await ask(visitor, 'How long do I have to return an item?');
  await expect.poll(() => archived(conversationId)).toHaveLength(2);
  const answer = (await records.archive.readBefore(conversationId, 3, 1))[0];
  expect(await visitor.ask('rating-set', { messageId: answer?.id, value: 'up' })).toMatchObject({ ok: true });
  visitor.close();
  const rated = async () =>
    (await records.archive.list({ siteIds: ['acme'], rated: 'up', limit: 10 })).conversations.map(({ id }) => id);
  await expect.poll(rated).toEqual([conversationId]);
});

test('what is written while the database is away is archived once, in order, when it is back', async () => {
  isAway = true;
  const visitor = await connectWidget(server.port);
  const { conversationId } = visitor.start;
  await ask(visitor, 'How long does delivery take?');
  await ask(visitor, 'And for large items?');
  visitor.close();
  expect(await archived(conversationId)).toBeUndefined();
  isAway = false;
  await expect.poll(async () => (await archived(conversationId))?.length).toBe(4);
  expect((await archived(conversationId))?.map(([from]) => from)).toEqual([
    'visitor',
    'assistant',
    'visitor',
    'assistant',
  ]);
});
