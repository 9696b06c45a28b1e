import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createArticleStore } from '../src/knowledge/article-store.ts';
import { createIndexBuilder } from '../src/knowledge/index-builder.ts';
import { createSiteKnowledge, type SiteKnowledge } from '../src/knowledge/site-knowledge.ts';
import { createRedisKeys } from '../src/store/keys.ts';

const article = (id: string, body: string) => ({ id, title: id, category: '', keywords: '', url: `/help/${id}`, body });
const START = [article('returns', 'You may return an item within 30 days.')];

let server: RedisServer;
let known: SiteKnowledge;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(async () => {
  known.close();
  await server.stop();
});

test('a running server uses an import, only for its site, and its removal restores the previous articles', async () => {
  const store = createArticleStore(await server.connect(), createRedisKeys('test-import'));
  known = createSiteKnowledge(store, () => ['acme', 'other'], { articles: START }, createIndexBuilder(), silentLog, 20);
  await known.refresh();
  const best = (siteId: string) => known.of(siteId).search('How long may I return an item?', 1)[0]?.text;
  expect(best('acme')).toContain('30 days');

  await store.publish('acme', 'v2', JSON.stringify([article('returns', 'An item may be returned within 60 days.')]));
  await expect.poll(() => best('acme')).toContain('60 days');
  expect(best('other')).toContain('30 days');

  await store.remove('acme');
  await expect.poll(() => best('acme')).toContain('30 days');
});
