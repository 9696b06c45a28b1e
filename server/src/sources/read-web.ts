/** Reads a page, the pages of a sitemap, or those that a first page leads to. */
import type { SourceOrigin } from '@firstword/shared/knowledge';
import type { Phrase } from '@firstword/shared/phrase';
import { phrase, rawPhrase } from '../lib/phrase.ts';
import { createPageReader, type PageReaderParts } from './page-reader.ts';
import { createPageScope, normalUrl } from './page-scope.ts';
import { type Robots, readRobots } from './robots.ts';
import { SourceError } from './source-error.ts';
import { UnreadableError } from './unreadable-error.ts';

type WebOrigin = Extract<SourceOrigin, { url: string }>;
type Scoped = Extract<WebOrigin, { maxPages: number }>;

const SITEMAPS_MAX = 200;
const SITEMAP_PATHS = ['/sitemap.xml', '/sitemap_index.xml'];

/** @throws SourceError when the source itself cannot be read */
export async function readWeb(origin: WebOrigin, parts: PageReaderParts): Promise<void> {
  if (origin.kind === 'url') return readOne(origin.url, parts);
  const robots = await readRobots(parts.client, origin.url, parts.signal);
  if (origin.kind === 'sitemap') {
    const pages = await sitemapPages(origin, robots, parts);
    return readPages(origin, robots, pages, 0, parts);
  }
  if (!robots.allows(origin.url))
    throw new SourceError('not-allowed', phrase`${origin.url}: robots.txt of this host does not allow it to be read`);
  return readPages(origin, robots, [normalUrl(origin.url)], origin.maxDepth, parts);
}

async function readOne(url: string, parts: PageReaderParts): Promise<void> {
  parts.sink.total(1);
  const page = await createPageReader(parts)(url, () => undefined);
  if (page.failed !== undefined) throw new SourceError('unreadable', phrase`${url}: ${page.failed}`);
  parts.sink.read();
}

async function readPages(
  origin: Scoped,
  robots: Robots,
  first: readonly string[],
  maxDepth: number,
  parts: PageReaderParts,
): Promise<void> {
  const { sink, signal } = parts;
  const whyNot = createPageScope(origin);
  const readPage = createPageReader({ ...parts, delayMs: Math.max(origin.delayMs, robots.delayMs ?? 0) });
  const queue = first.map((url) => ({ url, depth: 0 }));
  const seen = new Set(first);
  let isRead = 0;
  for (const [at, { url, depth }] of queue.entries()) {
    signal.throwIfAborted();
    if (isRead === origin.maxPages) {
      const more = queue.length - at;
      sink.problem(
        phrase`${more} more pages: the limit of ${origin.maxPages} pages was reached. Raise it to read them.`,
      );
      break;
    }
    if (!robots.allows(url)) {
      sink.problem(phrase`${url}: robots.txt does not allow it to be read`);
      continue;
    }
    isRead += 1;
    const page = await readPage(url, (target) => {
      const reason = whyNot(target) ?? (robots.allows(target) ? undefined : phrase`which robots.txt does not allow`);
      if (reason === undefined) seen.add(normalUrl(target));
      return reason;
    });
    if (page.failed !== undefined && depth === 0 && first.length === 1)
      throw new SourceError('unreadable', phrase`${url}: ${page.failed}`);
    if (page.failed !== undefined) sink.problem(phrase`${url}: ${page.failed}`);
    for (const link of depth < maxDepth ? page.links : []) {
      const next = normalUrl(link);
      if (seen.has(next) || whyNot(next) !== undefined) continue;
      seen.add(next);
      queue.push({ url: next, depth: depth + 1 });
    }
    sink.read();
    sink.total(Math.min(queue.length, origin.maxPages));
  }
}

/** The sitemap at this address, or those that the host of another page names. */
async function sitemapPages(origin: Scoped, robots: Robots, parts: PageReaderParts): Promise<string[]> {
  const { client, parser, sink, signal } = parts;
  const isSitemap = /\.(?:xml|txt)(?:\.gz)?$|sitemap/i.test(new URL(origin.url).pathname);
  const named =
    robots.sitemaps.length > 0 ? robots.sitemaps : SITEMAP_PATHS.map((path) => new URL(path, origin.url).href);
  const queue = isSitemap ? [origin.url] : named.filter((url) => URL.canParse(url));
  const seen = new Set(queue);
  const whyNot = createPageScope(origin);
  const pages = new Set<string>();
  const failures: Phrase[] = [];
  for (let at = 0; at < queue.length && at < SITEMAPS_MAX; at++) {
    const url = queue[at] ?? '';
    const isOurs = (target: string) => (sameHost(target, origin.url) ? undefined : phrase`which is on another host`);
    const answer = isOurs(url) === undefined ? await client.get(url, { signal, mayFollow: isOurs }) : undefined;
    if (answer?.kind !== 'content') {
      const reason = answer?.kind === 'failed' ? answer.reason : phrase`is on another host`;
      failures.push(phrase`${url}: ${reason}`);
      continue;
    }
    try {
      const found = await parser.parse({ kind: 'sitemap', url, bytes: answer.bytes }, async () => {});
      for (const link of found.links) if (URL.canParse(link) && whyNot(link) === undefined) pages.add(normalUrl(link));
      for (const next of found.sitemaps) {
        if (!URL.canParse(next) || seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    } catch (error) {
      signal.throwIfAborted();
      failures.push(phrase`${url}: ${error instanceof UnreadableError ? error.phrase : rawPhrase(error)}`);
    }
  }
  if (pages.size === 0)
    throw new SourceError(
      'unreadable',
      failures[0] ?? phrase`${origin.url}: its sitemap names no page that is in the scope`,
    );
  for (const failure of isSitemap ? failures : []) sink.problem(failure);
  return [...pages];
}

const sameHost = (one: string, other: string) => new URL(one).origin === new URL(other).origin;
