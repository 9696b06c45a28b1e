/**
 * Measures the longest event-loop delay of a process: idle, while it loads 1,500 articles that another process imported, and
 * while it imports a folder of 1,300 mixed files itself. Then TTFT and the longest delay while 50 visitors ask, without and with
 * such an import.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { round as rounded, summarise } from '@firstword/server/evaluation/series';
import { type Article, articlesVersion } from '@firstword/server/knowledge/article';
import { type ArticleStore, createArticleStore } from '@firstword/server/knowledge/article-store';
import { createIndexBuilder } from '@firstword/server/knowledge/index-builder';
import { createSiteKnowledge } from '@firstword/server/knowledge/site-knowledge';
import { createLog } from '@firstword/server/lib/log';
import { connectRedis } from '@firstword/server/lib/redis';
import { createPrivatePostgres } from '@firstword/server/local/private-postgres';
import { openRecords } from '@firstword/server/records/records';
import { openSources } from '@firstword/server/sources/open-sources';
import { createRedisKeys } from '@firstword/server/store/keys';
import { siteSchema } from '@firstword/shared/site';
import { createVisitorLoad } from './import-load.ts';
import { BENCH_ORIGIN, BENCH_SITES, createWorkbench } from './workbench.ts';

const ARTICLES = 1500;
const FILES = 1300;
const WORDS_PER_ARTICLE = 250;
const VOCABULARY = 20_000;
const IDLE_MS = 1000;
/** Beside the visitors' site, whose answers stay the same. */
const SITE = 'imported';
const VISITORS = 50;
/** After an import, the web app has loaded it. */
const LOADED_WITHIN_MS = 3000;

/** @param rounds one import each, with different articles */
export async function benchImport(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const log = createLog('error');
  const dataDir = await mkdtemp(join(tmpdir(), 'firstword-bench-'));
  const privatePostgres = createPrivatePostgres({ dataDir, log });
  const bench = await createWorkbench('real');
  await privatePostgres.ready;
  const redis = await connectRedis(bench.redisUrl, 'commands', log);
  const records = await openRecords({ url: privatePostgres.url, localeOf: () => 'en', log });
  const articleStore = createArticleStore(redis, createRedisKeys('alone'));
  const knowledge = createSiteKnowledge(articleStore, () => [SITE], { articles: [] }, createIndexBuilder(), log);
  const sourcesOn = (articles: ArticleStore) =>
    openSources({ store: records.knowledge, articles, siteIds: () => [SITE], privateHosts: [], log });
  const { importer, publish } = sourcesOn(articleStore);
  const app = await bench.startWeb({
    records,
    sites: [...BENCH_SITES, siteSchema.parse({ id: SITE, name: SITE, allowedOrigins: [BENCH_ORIGIN] })],
  });
  // Published where the web app reads.
  const beside = sourcesOn(createArticleStore(redis, createRedisKeys('bench-0')));
  const folder = join(dataDir, 'help');
  const origin = { kind: 'folder', path: folder } as const;
  const source = await records.knowledge.addSource({ siteId: SITE, name: 'Files', origin });
  const idle: number[] = [];
  const loading: number[] = [];
  const importing: number[] = [];
  const busy: Under = { stops: [], waits: [] };
  const busyImporting: Under = { stops: [], waits: [] };
  const isLoaded = (count: number) => {
    if (knowledge.of(SITE).size.articles !== count) throw new Error('The process did not load the import.');
  };
  try {
    for (let round = 1; round <= rounds; round++) {
      idle.push(await longestStopMs(() => pause(IDLE_MS)));
      const articles = Array.from({ length: ARTICLES }, (_, number) => article(round, number));
      await articleStore.publish(SITE, articlesVersion(articles), JSON.stringify(articles));
      loading.push(await longestStopMs(knowledge.refresh));
      isLoaded(ARTICLES);
      await writeFiles(folder, round);
      const importAndLoad = async () => {
        await importer.start(source.id, 'bench');
        await importer.idle();
        await publish();
        await knowledge.refresh();
      };
      importing.push(await longestStopMs(importAndLoad));
      isLoaded(FILES);
      await writeFiles(folder, rounds + round);
      const importBeside = async () => {
        await beside.importer.start(source.id, 'bench');
        await beside.importer.idle();
        await beside.publish();
        await pause(LOADED_WITHIN_MS);
      };
      const startedAt = performance.now();
      await underLoad(app.port, importBeside, busyImporting);
      const tookMs = performance.now() - startedAt;
      await underLoad(app.port, () => pause(tookMs), busy);
      onRound(round);
    }
  } finally {
    knowledge.close();
    redis.disconnect();
    await bench.close();
    await records.close();
    await privatePostgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  const ttft = summarise(busy.waits);
  const ttftImporting = summarise(busyImporting.waits);
  return {
    target: 'import',
    about: `longest event-loop stop of a process: idle, while it loads ${ARTICLES} imported articles, and while it imports ${FILES} mixed files; TTFT of ${VISITORS} visitors without and with such an import`,
    series: {
      idle: summarise(idle),
      loading: summarise(loading),
      importing: summarise(importing),
      'answering, longest stop': summarise(busy.stops),
      'answering and importing, longest stop': summarise(busyImporting.stops),
      'answering, TTFT': ttft,
      'answering and importing, TTFT': ttftImporting,
    },
    ratios: { 'TTFT p95 with an import / without': rounded(ttftImporting.p95 / ttft.p95) },
  };
}

interface Under {
  readonly stops: number[];
  readonly waits: number[];
}

/** Adds what the visitors waited while the work ran, and the longest stop. */
async function underLoad(port: number, work: () => Promise<unknown>, { stops, waits }: Under): Promise<void> {
  const load = await createVisitorLoad(port, VISITORS);
  try {
    stops.push(
      await longestStopMs(async () => {
        waits.push(...(await load.during(work)));
      }),
    );
  } finally {
    load.close();
  }
}

/** Markdown, HTML, JSON and CSV in nested folders. */
async function writeFiles(folder: string, round: number): Promise<void> {
  for (let number = 0; number < FILES; number++) {
    const { id, title, body } = article(round, number);
    const path = join(folder, `part-${number % 20}`);
    await mkdir(path, { recursive: true });
    const [name, text] = [
      [`${id}.md`, `# ${title}\n\n${body}`],
      [`${id}.html`, `<html><body><nav>Menu</nav><main><h1>${title}</h1><p>${body}</p></main></body></html>`],
      [`${id}.json`, JSON.stringify({ id: `${number}`, title, body })],
      [`${id}.csv`, `id,title,body\n${number},"${title}","${body}"`],
    ][number % 4] ?? ['', ''];
    await writeFile(join(path, name ?? ''), text ?? '');
  }
}

async function longestStopMs(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  await pause(5); // the next timer records the last delay
  delay.disable();
  return delay.max / 1e6;
}

function article(round: number, number: number): Article {
  const word = (place: number) => `word${(round * 7919 + number * 104_729 + place * 1_299_709) % VOCABULARY}`;
  const words = Array.from({ length: WORDS_PER_ARTICLE }, (_, place) => word(place));
  return {
    id: `a${number}`,
    title: words.slice(0, 5).join(' '),
    category: '',
    keywords: '',
    url: '',
    body: words.join(' '),
  };
}
