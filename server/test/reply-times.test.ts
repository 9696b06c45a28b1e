import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createMemoryRecords } from '../src/records/memory-records.ts';

let server: TestServer;
const records = createMemoryRecords();
beforeAll(async () => {
  const openedAt = Date.now();
  const firstResponses = async (siteId: string) =>
    siteId === 'acme' ? Array.from({ length: 20 }, () => ({ openedAt, waitedMs: 400_000 })) : [];
  server = await startTestServer({ records: { ...records, quality: { ...records.quality, firstResponses } } });
});
afterAll(() => server.stop());

test('a visitor’s page learns how soon agents usually reply, once the figures are read', async () => {
  await vi.waitFor(async () => {
    const client = await connectWidget(server.port, { site: 'acme' });
    client.close();
    expect(client.start.site).toMatchObject({ replyMinutes: 10 });
  });
});
