/** The thread of `article-parser.ts`: reads files, pages and sitemaps. */
import { parentPort } from 'node:worker_threads';
import type { Article } from '@firstword/shared/article';
import { readArticleFile } from '../knowledge/read-articles.ts';
import { rawPhrase } from '../lib/phrase.ts';
import { parsePage } from './page.ts';
import {
  inSource,
  NO_FINDINGS,
  type ParsedArticle,
  type ParseFindings,
  type ParseJob,
  type ParseReply,
  type ParseRequest,
  toParsed,
} from './parse-job.ts';
import { parseSitemap } from './sitemap.ts';
import { UnreadableError } from './unreadable-error.ts';

const BATCH_ARTICLES = 50;
const BATCH_CHARACTERS = 256 * 1024;

let waiting: { articles: ParsedArticle[]; findings: ParseFindings } = { articles: [], findings: NO_FINDINGS };

parentPort?.on('message', async (request: ParseRequest) => {
  try {
    if (request !== 'more') waiting = await parse(request);
    parentPort?.postMessage(nextBatch());
  } catch (error) {
    parentPort?.postMessage({
      error: error instanceof UnreadableError ? error.phrase : rawPhrase(error),
    } satisfies ParseReply);
  }
});

function nextBatch(): ParseReply {
  let characters = 0;
  const fits = waiting.articles.findIndex(({ json }, index) => {
    characters += json.length;
    return index === BATCH_ARTICLES || (index > 0 && characters > BATCH_CHARACTERS);
  });
  const articles = waiting.articles.splice(0, fits < 0 ? waiting.articles.length : fits);
  return waiting.articles.length > 0 ? { articles } : { articles, findings: waiting.findings };
}

const parsedIn = (sourceId: string, articles: readonly Article[]) =>
  articles.map((article) => toParsed(inSource(article, sourceId)));

async function parse(job: ParseJob): Promise<typeof waiting> {
  switch (job.kind) {
    case 'file': {
      const { articles, skipped } = await readArticleFile(job.bytes, job.path, undefined, job.translation);
      return { articles: parsedIn(job.sourceId, articles), findings: { ...NO_FINDINGS, skipped } };
    }
    case 'page': {
      const { articles, ...findings } = await parsePage(job);
      return { articles: parsedIn(job.sourceId, articles), findings: { ...NO_FINDINGS, ...findings } };
    }
    case 'sitemap':
      return { articles: [], findings: { ...NO_FINDINGS, ...parseSitemap(job.bytes, job.url) } };
  }
}
