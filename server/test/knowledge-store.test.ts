import { createDatabase } from '@firstword/server/records/database';
import type { ArticleEntry, KnowledgeStore } from '@firstword/server/records/knowledge-store';
import { createMemoryKnowledgeStore } from '@firstword/server/records/memory-knowledge-store';
import { createPostgresKnowledgeStore } from '@firstword/server/records/postgres-knowledge-store';
import type { KnowledgeSource } from '@firstword/shared/knowledge';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase } from '@firstword/testing/test-database';
import { describe, expect, onTestFinished, test } from 'vitest';
import { phrase } from '../src/lib/phrase.ts';
import { openTestDatabase } from './open-test-database.ts';

const LEASE_MS = 60_000;
const NOTHING_READ = { read: 0, problems: [] };

const STORES: Readonly<Record<string, () => Promise<KnowledgeStore>>> = {
  'in memory': async () => createMemoryKnowledgeStore(),
  'in PostgreSQL': async () => createPostgresKnowledgeStore(await openTestDatabase()),
};

const addSource = (store: KnowledgeStore, name = 'Help', siteId = 'shop') =>
  store.addSource({ siteId, name, origin: { kind: 'folder', path: `/srv/${name}` } });

const entry = (id: string, hash: string | null = `hash of ${id}`): ArticleEntry => ({ id, title: `About ${id}`, hash });

async function startRun(store: KnowledgeStore, { id }: KnowledgeSource, leaseMs = LEASE_MS) {
  const run = await store.startRun(id, 'manual', leaseMs);
  if (run === undefined || run === 'busy') throw new Error('The run did not start.');
  return run;
}

async function importEntries(store: KnowledgeStore, source: KnowledgeSource, entries: readonly ArticleEntry[]) {
  const run = await startRun(store, source);
  return store.commitRun(run.id, entries, { read: entries.length, problems: [] }, 'Ada');
}

describe.each(Object.entries(STORES))('sources %s', (_name, open) => {
  test('are listed per site in the order in which they were added, changed and removed', async () => {
    const store = await open();
    const [help, blog] = [await addSource(store, 'Help'), await addSource(store, 'Blog')];
    await addSource(store, 'Other', 'other');
    expect((await store.listSources('shop')).map(({ name }) => name)).toEqual(['Help', 'Blog']);
    const changed = await store.changeSource(help.id, { name: 'Help centre', everyHours: 24 });
    expect(changed).toMatchObject({ name: 'Help centre', everyHours: 24, nextRunAt: expect.any(Number) });
    expect((await store.changeSource(help.id, { everyHours: null }))?.nextRunAt).toBeUndefined();
    expect([await store.removeSource(blog.id), await store.removeSource(blog.id)]).toEqual([true, false]);
    expect(await store.loadSource(blog.id)).toBeUndefined();
    expect(await store.changeSource(blog.id, { name: 'Back' })).toBeUndefined();
    expect((await store.listSources('shop')).map(({ name }) => name)).toEqual(['Help centre']);
  });

  test('a site has one source for what is written by hand', async () => {
    const store = await open();
    const made = await Promise.all([store.manualSource('shop'), store.manualSource('shop')]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await store.listSources('shop')).toHaveLength(1);
  });
});

describe.each(Object.entries(STORES))('versions %s', (_name, open) => {
  test('a run makes a version with its changes, which the source, the run and the list show', async () => {
    const store = await open();
    const source = await addSource(store);
    expect(await importEntries(store, source, [entry('a'), entry('b')])).toEqual({
      state: 'done',
      added: 2,
      changed: 0,
      removed: 0,
      version: 1,
    });
    const result = await importEntries(store, source, [entry('c'), entry('b', 'new')]);
    expect(result).toEqual({ state: 'done', added: 1, changed: 1, removed: 1, version: 2 });
    expect(await store.loadSource(source.id)).toMatchObject({
      version: 2,
      articles: 2,
      lastRun: { state: 'done', added: 1, changed: 1, removed: 1, read: 2, version: 2 },
    });
    expect((await store.listVersions(source.id)).map(({ number, by }) => [number, by])).toEqual([
      [2, 'Ada'],
      [1, 'Ada'],
    ]);
    expect(await store.loadEntries(source.id, 1)).toEqual([entry('a'), entry('b')]);
    expect(await store.loadEntries(source.id, 3)).toBeUndefined();
  });

  test('a run that changes nothing says so and makes no version', async () => {
    const store = await open();
    const source = await addSource(store);
    await importEntries(store, source, [entry('a')]);
    expect(await importEntries(store, source, [entry('a')])).toMatchObject({ state: 'unchanged', version: 1 });
    expect(await store.listVersions(source.id)).toHaveLength(1);
  });

  test('an edit starts from the current version, also when two happen at once', async () => {
    const store = await open();
    const source = await store.manualSource('shop');
    const write = (id: string) =>
      store.editEntries(source.id, (entries) => [...entries, entry(id)], { by: 'Ada', note: `Wrote ${id}` });
    const made = await Promise.all([write('a'), write('b')]);
    expect(made.map((version) => version?.number).sort()).toEqual([1, 2]);
    expect((await store.loadEntries(source.id, 2))?.map(({ id }) => id).sort()).toEqual(['a', 'b']);
    expect(await store.editEntries(source.id, (entries) => entries, { by: 'Ada', note: '' })).toBeUndefined();
  });

  test('an article hidden by hand is kept as such and is not counted', async () => {
    const store = await open();
    const source = await store.manualSource('shop');
    await store.editEntries(source.id, () => [entry('a'), entry('b', null)], { by: 'Ada', note: '' });
    expect(await store.loadSource(source.id)).toMatchObject({ articles: 1 });
    expect(await store.loadEntries(source.id, 1)).toEqual([entry('a'), entry('b', null)]);
  });

  test('texts are found by their hash, whatever characters they contain', async () => {
    const store = await open();
    const source = await addSource(store);
    const texts = Array.from({ length: 450 }, (_, index) => ({
      hash: `h${index}`,
      json: `"\\u0000 \\ud800 ${index}"`,
    }));
    await store.keepArticles(source.id, texts);
    await store.keepArticles(source.id, texts.slice(0, 1));
    const found = await store.loadArticles(source.id, [...texts.map(({ hash }) => hash), 'unknown']);
    expect([found.size, found.get('h449')]).toEqual([450, '"\\u0000 \\ud800 449"']);
    await importEntries(store, source, [{ id: 'a', title: 'odd \u0000 \ud800', hash: 'h0' }]);
    expect((await store.loadEntries(source.id, 1))?.[0]?.title).toBe('odd \u0000 \ud800');
  });

  test('only the last 20 versions are kept', async () => {
    const store = await open();
    const source = await addSource(store);
    for (let number = 1; number <= 22; number++) await importEntries(store, source, [entry('a', `h${number}`)]);
    expect((await store.listVersions(source.id)).map(({ number }) => number).at(-1)).toBe(3);
  });

  test('the state of a site changes with every version and every removed source', async () => {
    const store = await open();
    const source = await addSource(store);
    const stateOf = async () => (await store.siteStates()).get('shop');
    expect([await stateOf(), (await store.siteStates()).get('other')]).toEqual(['', undefined]);
    await importEntries(store, source, [entry('a')]);
    const first = await stateOf();
    await importEntries(store, source, [entry('b')]);
    const second = await stateOf();
    await store.removeSource(source.id);
    expect([first, second, await stateOf()]).toEqual([
      expect.stringMatching(/./),
      expect.not.stringMatching(`^${first}$`),
      '',
    ]);
  });
});

describe.each(Object.entries(STORES))('import runs %s', (_name, open) => {
  test('one runs at a time for each source, and reports its progress', async () => {
    const store = await open();
    const source = await addSource(store);
    const run = await startRun(store, source);
    expect(await store.startRun(source.id, 'manual', LEASE_MS)).toBe('busy');
    expect(await store.startRun('no-source', 'manual', LEASE_MS)).toBeUndefined();
    const problems = Array.from({ length: 1200 }, (_, index) => phrase`row ${index}: has no text`);
    expect(await store.reportRun(run.id, { read: 5, total: 10, problems }, LEASE_MS)).toBe('continue');
    const detail = await store.loadRun(run.id);
    expect(detail).toMatchObject({ state: 'running', read: 5, total: 10, problems: 1200 });
    expect(detail?.problemList).toHaveLength(1000);
    expect(detail?.problemList[7]).toBe('row 7: has no text');
    expect(detail?.problemPhrases?.[7]).toEqual({ wording: 'row {0}: has no text', values: ['7'] });
  });

  test('one that failed leaves the version before, and the next one can start', async () => {
    const store = await open();
    const source = await addSource(store);
    await importEntries(store, source, [entry('a')]);
    const run = await startRun(store, source);
    await store.failRun(run.id, { state: 'failed', error: phrase`no such folder` }, NOTHING_READ);
    expect(await store.loadSource(source.id)).toMatchObject({
      version: 1,
      lastRun: {
        state: 'failed',
        error: 'no such folder',
        errorPhrase: { wording: 'no such folder', values: [] },
        endedAt: expect.any(Number),
      },
    });
    expect(await startRun(store, source)).toMatchObject({ state: 'running' });
    expect((await store.listRuns(source.id, 2)).map(({ state }) => state)).toEqual(['running', 'failed']);
  });

  test('one that is asked to stop learns it with its next report', async () => {
    const store = await open();
    const run = await startRun(store, await addSource(store));
    expect(await store.requestStop(run.id)).toBe(true);
    expect(await store.reportRun(run.id, NOTHING_READ, LEASE_MS)).toBe('stop');
    await store.failRun(run.id, { state: 'cancelled' }, NOTHING_READ);
    expect([await store.requestStop(run.id), await store.reportRun(run.id, NOTHING_READ, LEASE_MS)]).toEqual([
      false,
      'ended',
    ]);
  });

  test('one whose process died ends as interrupted, and can make no version any more', async () => {
    const store = await open();
    const source = await addSource(store);
    const lost = await startRun(store, source, -1);
    const alive = await startRun(store, await addSource(store, 'Blog'));
    expect(await store.endLostRuns()).toBe(1);
    expect(await store.loadRun(lost.id)).toMatchObject({ state: 'interrupted' });
    expect(await store.loadRun(alive.id)).toMatchObject({ state: 'running' });
    expect(await store.commitRun(lost.id, [entry('a')], NOTHING_READ, 'Ada')).toBeUndefined();
    expect(await store.loadSource(source.id)).toMatchObject({ version: 0 });
  });

  test('one of a removed source ends', async () => {
    const store = await open();
    const source = await addSource(store);
    const run = await startRun(store, source);
    await store.removeSource(source.id);
    expect(await store.reportRun(run.id, NOTHING_READ, LEASE_MS)).toBe('ended');
  });

  test('a source without a schedule is never due', async () => {
    const store = await open();
    await addSource(store);
    await store.addSource({ siteId: 'shop', name: 'Daily', origin: { kind: 'upload' }, everyHours: 24 });
    expect(await store.startDueRun(LEASE_MS)).toBeUndefined();
  });
});

describe.each(Object.entries(STORES))('files and pages %s', (_name, open) => {
  test('uploaded files are kept up to the limit, replaced by path, and removed together', async () => {
    const store = await open();
    const { id } = await store.addSource({ siteId: 'shop', name: 'Files', origin: { kind: 'upload' } });
    const save = (path: string, text: string) => store.saveFile(id, path, Buffer.from(text), 2);
    expect([await save('b.md', 'one'), await save('a.md', 'two'), await save('c.md', 'three')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await save('b.md', 'new')).toBe(true);
    expect(await store.listFiles(id)).toEqual(['a.md', 'b.md']);
    expect(Buffer.from((await store.loadFile(id, 'b.md')) ?? []).toString()).toBe('new');
    await store.removeFiles(id);
    expect([await store.listFiles(id), await store.loadFile(id, 'b.md')]).toEqual([[], undefined]);
  });

  test('a page is remembered with what it held', async () => {
    const store = await open();
    const { id } = await addSource(store);
    const page = { etag: '"1"', entries: [{ id: 'a', title: 'A', hash: 'h' }], links: ['https://shop.example/b'] };
    await store.savePage(id, 'https://shop.example/a', { entries: [], links: [] });
    await store.savePage(id, 'https://shop.example/a', page);
    expect(await store.loadPage(id, 'https://shop.example/a')).toEqual(page);
    expect(await store.loadPage(id, 'https://shop.example/b')).toBeUndefined();
  });
});

test('a source that is due starts in one of several processes, and its next time moves on', async () => {
  const given = await createTestDatabase();
  const databases = [createDatabase(given.url, silentLog), createDatabase(given.url, silentLog)];
  onTestFinished(async () => {
    for (const database of databases) await database.close();
    await given.drop();
  });
  const stores = databases.map(createPostgresKnowledgeStore);
  const [store] = stores;
  if (store === undefined) throw new Error('There is no store.');
  const source = await store.addSource({ siteId: 'shop', name: 'Daily', origin: { kind: 'upload' }, everyHours: 24 });
  await databases[0]?.query((db) =>
    db
      .updateTable('knowledge_sources')
      .set({ next_run_at: new Date(0) })
      .where('id', '=', source.id)
      .execute(),
  );
  const started = await Promise.all([...stores, ...stores].map((each) => each.startDueRun(LEASE_MS)));
  expect(started.filter((run) => run !== undefined)).toEqual([expect.objectContaining({ trigger: 'schedule' })]);
  expect((await store.loadSource(source.id))?.nextRunAt).toBeGreaterThan(Date.now());
});
