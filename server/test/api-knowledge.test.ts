/** An administrator's work with articles over REST: sources, uploads, imports, versions, changes by hand, search and gaps. */
import type {
  ArticleDetail,
  ImportRun,
  ImportRunDetail,
  KnowledgeGap,
  KnowledgeOverview,
  KnowledgeSource,
  SearchTrial,
  SiteArticle,
  SourceVersion,
  VersionDiff,
} from '@firstword/shared/knowledge';
import type { Page } from '@firstword/testing/console-page';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { beforeAll, expect, test } from 'vitest';

let admin: Page;

consoleServerForAllTests();
beforeAll(async () => {
  admin = await server.signIn('owner@shop.example', 'admin');
});

async function addSource(site: string, name: string): Promise<KnowledgeSource> {
  const added = await admin.request<KnowledgeSource>('POST', '/knowledge/sources', {
    site,
    name,
    origin: { kind: 'upload' },
  });
  expect(added.status).toBe(201);
  return added.body;
}

const upload = (page: Page, { id }: KnowledgeSource, path: string, text: string) =>
  page.request('POST', `/knowledge/sources/${id}/files?path=${encodeURIComponent(path)}`, text, {
    'content-type': 'application/octet-stream',
  });

async function importSource({ id }: KnowledgeSource): Promise<ImportRunDetail> {
  const started = await admin.request<ImportRun>('POST', `/knowledge/sources/${id}/run`);
  expect(started.status).toBe(200);
  const read = async () => (await admin.request<ImportRunDetail>('GET', `/knowledge/runs/${started.body.id}`)).body;
  await expect.poll(async () => (await read()).state, { timeout: 20_000 }).not.toBe('running');
  return read();
}

const articlesOf = async (site: string) =>
  (await admin.request<{ articles: SiteArticle[] }>('GET', `/knowledge/articles?site=${site}`)).body.articles;

test('uploaded files are imported, a bad one is named, and the search says why it finds a passage', async () => {
  const source = await addSource('acme', 'Help');
  await upload(admin, source, 'returns/refund.md', '# Refunds\n\nA refund takes nine days.');
  await upload(admin, source, 'delivery.md', '# Delivery\n\nParcels to Norway are delivered within four days.');
  await upload(admin, source, 'draft.md', '---\ndraft: true\n---\nSoon.');
  const run = await importSource(source);
  expect(run).toMatchObject({ state: 'done', added: 2, read: 3, total: 3, problemList: ['draft.md: is a draft'] });
  await expect
    .poll(async () => (await admin.request<KnowledgeOverview>('GET', '/knowledge?site=acme')).body)
    .toMatchObject({
      sources: [{ name: 'Help', articles: 2, version: 1, lastRun: { state: 'done' } }],
      searched: { articles: 2, passages: 2, own: true },
    });
  const question = encodeURIComponent('How many days until a refund arrives?');
  const trial = await admin.request<SearchTrial>('GET', `/knowledge/search?site=acme&question=${question}`);
  expect(trial.body.passages[0]).toMatchObject({
    articleId: 'returns/refund',
    title: 'Refunds',
    matched: ['days', 'refund'],
    score: expect.any(Number),
  });
  expect((await importSource(source)).state).toBe('unchanged');
});

test('versions are listed and compared, and a roll-back makes an earlier one current', async () => {
  const source = await addSource('other', 'Help');
  await upload(admin, source, 'a.md', 'One.');
  await importSource(source);
  await upload(admin, source, 'a.md', 'Two.');
  await upload(admin, source, 'b.md', 'New.');
  await importSource(source);
  const path = `/knowledge/sources/${source.id}`;
  expect((await admin.request<VersionDiff>('GET', `${path}/diff?from=1&to=2`)).body).toEqual({
    from: 1,
    to: 2,
    added: [{ id: 'b', title: 'B' }],
    changed: [{ id: 'a', title: 'A' }],
    removed: [],
  });
  const rolled = await admin.request<{ versions: SourceVersion[] }>('POST', `${path}/roll-back`, { version: 1 });
  expect(rolled.body.versions[0]).toMatchObject({
    number: 3,
    by: 'owner',
    note: 'Rolled back to version 1',
    articles: 1,
  });
  expect((await admin.request('POST', `${path}/roll-back`, { version: 9 })).status).toBe(404);
  expect((await admin.request('GET', `${path}/diff?from=1&to=9`)).status).toBe(404);
});

test('an article is written, read, removed and restored by hand', async () => {
  const article = { id: 'gift-cards', title: 'Gift cards', url: '', body: 'x'.repeat(100_000) };
  expect((await admin.request('POST', '/knowledge/articles', { site: 'other', article })).status).toBe(200);
  const read = () => admin.request('GET', '/knowledge/article?site=other&article=gift-cards');
  expect((await read()).body).toMatchObject({ title: 'Gift cards' });
  const choice = { site: 'other', article: 'a' };
  expect((await admin.request('POST', '/knowledge/articles/remove', choice)).status).toBe(204);
  expect((await articlesOf('other')).map(({ id, hidden }) => [id, hidden])).toEqual([
    ['a', true],
    ['gift-cards', false],
  ]);
  expect((await admin.request('POST', '/knowledge/articles/restore', choice)).status).toBe(204);
  expect((await admin.request('POST', '/knowledge/articles/restore', choice)).status).toBe(404);
  expect((await articlesOf('other')).find(({ id }) => id === 'a')?.hidden).toBe(false);
  expect(
    (await admin.request('POST', '/knowledge/articles', { site: 'other', article: { ...article, title: '' } })).status,
  ).toBe(400);
});

test('an article and a trial of the search name the translations, of which an answer gets one', async () => {
  const write = (id: string, title: string, body: string, language: string) => {
    const article = { id, title, url: '', body, translation: { group: 'warranty', language } };
    return admin.request('POST', '/knowledge/articles', { site: 'other', article });
  };
  await write('warranty', 'Warranty', 'The warranty of the lamp is five years.', 'en');
  await write('warranty-de', 'Garantie', 'Die Garantie der Lampe ist fünf Jahre.', 'de');
  const read = () => admin.request<ArticleDetail>('GET', '/knowledge/article?site=other&article=warranty');
  const alsoIn = [{ id: 'warranty-de', title: 'Garantie', language: 'de' }];
  await expect.poll(async () => (await read()).body).toMatchObject({ title: 'Warranty', alsoIn });
  const search = '/knowledge/search?site=other&question=Is the warranty of the lamp five years%3F';
  const { passages } = (await admin.request<SearchTrial>('GET', search)).body;
  expect(passages.filter(({ articleId }) => articleId.startsWith('warranty'))).toMatchObject([
    { articleId: 'warranty', alsoIn },
  ]);
});

test('gaps are listed with their conversations, and taken off the list', async () => {
  const question = { siteId: 'acme', conversationId: 'c1', seq: 2, question: 'Norway?', words: ['norway'], at: 5 };
  await server.gaps.record(question);
  const list = async () =>
    (await admin.request<{ gaps: KnowledgeGap[] }>('GET', '/knowledge/gaps?site=acme')).body.gaps;
  const [gap] = await list();
  expect(gap).toMatchObject({ question: 'Norway?', count: 1, conversations: [{ id: 'c1' }] });
  expect((await admin.request('DELETE', `/knowledge/gaps/${gap?.id}`)).status).toBe(204);
  expect(await list()).toEqual([]);
});

test('a source is changed, scheduled and deleted, and its articles go with it', async () => {
  const source = await addSource('acme', 'Old');
  const path = `/knowledge/sources/${source.id}`;
  const changed = await admin.request<KnowledgeSource>('POST', path, { name: 'New', everyHours: 24 });
  expect(changed.body).toMatchObject({ name: 'New', everyHours: 24, nextRunAt: expect.any(Number) });
  expect((await admin.request<KnowledgeSource>('POST', path, { everyHours: null })).body.nextRunAt).toBeUndefined();
  const crawl = { kind: 'crawl', url: 'https://shop.example/' };
  expect((await admin.request('POST', path, { origin: crawl })).status).toBe(409);
  await upload(admin, source, 'only-here.md', 'Text.');
  await importSource(source);
  expect((await articlesOf('acme')).map(({ id }) => id)).toContain('only-here');
  expect((await admin.request('DELETE', path)).status).toBe(204);
  expect((await articlesOf('acme')).map(({ id }) => id)).not.toContain('only-here');
  expect((await admin.request('POST', `${path}/run`)).status).toBe(404);
});

test.each(['../etc/passwd', '/etc/passwd', 'a/../../b', 'a\\b', ''])('the path %j is refused', async (path) => {
  const source = await addSource('acme', 'Paths');
  expect((await upload(admin, source, path, 'Text.')).status).toBe(400);
});

test('an empty file, a file that is too large, and one for another kind of source are refused with the reason', async () => {
  const source = await addSource('acme', 'Limits');
  expect((await upload(admin, source, 'a.md', '')).body).toMatchObject({ message: 'a.md: the file is empty.' });
  expect((await upload(admin, source, 'a.md', 'x'.repeat(20 * 1024 * 1024 + 1))).body).toMatchObject({
    message: 'The request body is too large: the limit is 20 MB.',
  });
  const origin = { kind: 'crawl', url: 'https://shop.example/' };
  const { body } = await admin.request<KnowledgeSource>('POST', '/knowledge/sources', { site: 'acme', origin });
  expect((await upload(admin, body, 'a.md', 'Text.')).status).toBe(409);
});

test('only administrators may do any of it', async () => {
  const agent = await server.signIn('agent@shop.example');
  for (const path of ['/knowledge?site=acme', '/knowledge/articles?site=acme', '/knowledge/gaps?site=acme'])
    expect((await agent.request('GET', path)).status).toBe(403);
  const origin = { kind: 'upload' };
  expect((await agent.request('POST', '/knowledge/sources', { site: 'acme', origin })).status).toBe(403);
});
