import { siteSchema } from '@firstword/shared/site';
import type { ArticleView, FoundArticle } from '@firstword/shared/wire';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

let server: TestServer;
const clients: WidgetClient[] = [];
beforeAll(async () => {
  const site = { name: 'A site', allowedOrigins: [SITE_ORIGIN] };
  server = await startTestServer({
    sites: [siteSchema.parse({ id: 'open', ...site }), siteSchema.parse({ id: 'closed', articles: false, ...site })],
  });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server.stop());

async function connect(site: string): Promise<WidgetClient> {
  const client = await connectWidget(server.port, { site });
  clients.push(client);
  return client;
}

test('a visitor searches the articles and reads one', async () => {
  const visitor = await connect('open');
  expect(visitor.start.site.articles).toBe(true);
  const found = await visitor.ask<{ articles: FoundArticle[] }>('article-search', { text: ' return an item ' });
  expect(found.ok && found.articles[0]).toEqual({
    id: 'returns',
    title: 'Returns',
    excerpt: expect.stringContaining('within 30 days'),
  });
  const read = await visitor.ask<{ article: ArticleView }>('article-read', { id: 'returns' });
  expect(read).toEqual({
    ok: true,
    article: {
      title: 'Returns',
      text: 'You may return an item within 30 days. Returns are free in the EU.',
      url: '/help/returns',
    },
  });
});

test('a citation names its article', async () => {
  server.endpoint.script({ answer: 'You have 30 days [1].' });
  const visitor = await connect('open');
  await visitor.send('How long may I return an item?');
  await visitor.received(({ type }) => type === 'turn-end');
  expect(visitor.messages.at(-1)?.citations).toMatchObject([{ n: 1, article: 'returns' }]);
});

test.each([
  ['an unknown article', 'open', 'article-read', { id: 'nothing' }, 'not-found'],
  ['an empty search', 'open', 'article-search', { text: ' ' }, 'bad-message'],
  ['a search that is too long', 'open', 'article-search', { text: 'a'.repeat(201) }, 'bad-message'],
  ['a site that keeps its articles for answers', 'closed', 'article-search', { text: 'return' }, 'not-found'],
  ['a site that keeps its articles for answers', 'closed', 'article-read', { id: 'returns' }, 'not-found'],
])('%s is refused', async (_, site, event, payload, code) => {
  const visitor = await connect(site);
  expect(visitor.start.site.articles).toBe(site === 'open' || undefined);
  expect(await visitor.ask(event, payload)).toMatchObject({ ok: false, code });
});
