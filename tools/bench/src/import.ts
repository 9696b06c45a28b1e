/** Measures the longest event-loop delay while a process loads an import of 1,500 articles, and without an import. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { type BenchResult, summarise } from '@firstword/server/cli/bench-models/bench-report';
import { type Article, articlesVersion } from '@firstword/server/knowledge/article';
import { createArticleStore } from '@firstword/server/knowledge/article-store';
import { createIndexBuilder } from '@firstword/server/knowledge/index-builder';
import { createSiteKnowledge } from '@firstword/server/knowledge/site-knowledge';
import { createLog } from '@firstword/server/lib/log';
import { connectRedis } from '@firstword/server/lib/redis';
import { createPrivateRedis } from '@firstword/server/local/private-redis';
import { createRedisKeys } from '@firstword/server/store/keys';

const ARTICLES = 1500;
const WORDS_PER_ARTICLE = 250;
const VOCABULARY = 20_000;
const IDLE_MS = 1000;

/** @param rounds one import each, with different articles */
export async function benchImport(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const log = createLog('error');
  const dataDir = await mkdtemp(join(tmpdir(), 'firstword-bench-'));
  const privateRedis = createPrivateRedis({ dataDir, log });
  await privateRedis.ready;
  const redis = await connectRedis(`unix://${privateRedis.path}`, 'commands', log);
  const keys = createRedisKeys('bench');
  const knowledge = createSiteKnowledge(
    createArticleStore(redis, keys),
    () => ['bench'],
    [],
    createIndexBuilder(),
    log,
  );
  const idle: number[] = [];
  const importing: number[] = [];
  try {
    for (let round = 1; round <= rounds; round++) {
      const articles = Array.from({ length: ARTICLES }, (_, number) => article(round, number));
      // In production another process writes the import, so only reading and indexing are measured.
      await redis.hset(keys.articles('bench'), {
        version: articlesVersion(articles),
        articles: JSON.stringify(articles),
      });
      idle.push(await longestStopMs(() => pause(IDLE_MS)));
      importing.push(await longestStopMs(knowledge.refresh));
      if (knowledge.of('bench').size.articles !== ARTICLES) throw new Error('The process did not load the import.');
      onRound(round);
    }
  } finally {
    knowledge.close();
    redis.disconnect();
    await privateRedis.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  return {
    target: 'import',
    about: `longest event-loop stop of a process, idle and while it loads an import of ${ARTICLES} articles`,
    series: { idle: summarise(idle), importing: summarise(importing) },
    ratios: {},
  };
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
