/** Reads a page of the web: its article, under its canonical URL, and where it leads. */
import { posix } from 'node:path';
import type { Article } from '@firstword/shared/article';
import type { Phrase } from '@firstword/shared/phrase';
import { parse } from 'node-html-parser';
import { readArticleFile } from '../knowledge/read-articles.ts';
import { decodeAs, decodeText } from '../lib/decode-text.ts';
import { phrase } from '../lib/phrase.ts';
import type { ParseJob } from './parse-job.ts';

export interface Page {
  readonly articles: readonly Article[];
  readonly skipped: readonly Phrase[];
  readonly links: readonly string[];
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'application/json': '.json',
  'application/x-ndjson': '.jsonl',
  'application/jsonl': '.jsonl',
  'text/csv': '.csv',
  'text/tab-separated-values': '.tsv',
  'text/markdown': '.md',
  'text/html': '.html',
  'application/xhtml+xml': '.html',
};
/** A path that ends in one of these names a file. Anything else may end in a dot and letters too, such as `/docs/v1.2`. */
const FILE = /\.(?:pdf|json|jsonl|ndjson|csv|tsv|md|mdx|markdown|txt|html?|xhtml)$/i;

export async function parsePage({
  url,
  type,
  bytes,
}: Omit<Extract<ParseJob, { kind: 'page' }>, 'sourceId'>): Promise<Page> {
  const [mediaType = '', charset] = readType(type);
  const path = pathOf(new URL(url));
  const isHtml = /html/.test(mediaType) || (mediaType === '' && !FILE.test(path));
  if (!isHtml) {
    const name = FILE.test(path) ? path : `${path}${EXTENSIONS[mediaType] ?? ''}`;
    const { articles, skipped } = await readArticleFile(bytes, name, () => url);
    return { articles, skipped: skipped.map((reason) => placedAt(reason, name, url)), links: [] };
  }
  const html = decodePage(charset, bytes);
  const page = parse(html);
  const robots = page
    .querySelectorAll('meta')
    .filter((meta) => /^(?:robots|firstword)$/i.test(meta.getAttribute('name') ?? ''))
    .map((meta) => meta.getAttribute('content')?.toLowerCase() ?? '')
    .join(',');
  const base = resolve(page.querySelector('base')?.getAttribute('href') ?? '', url) ?? url;
  const canonical = resolve(page.querySelector('link[rel=canonical]')?.getAttribute('href') ?? '', base);
  const own = canonical !== undefined && sameOrigin(canonical, url) ? canonical : url;
  const links = /nofollow|none/.test(robots)
    ? []
    : page
        .querySelectorAll('a[href]')
        .filter((link) => !/\bnofollow\b/i.test(link.getAttribute('rel') ?? ''))
        .flatMap((link) => resolve(link.getAttribute('href') ?? '', base) ?? []);
  // The canonical URL of another host would name that one's page.
  const canonicalUrl = own === canonical ? [own] : [];
  if (/noindex|none/.test(robots))
    return {
      articles: [],
      skipped: [phrase`${url}: asks not to be indexed (robots meta)`],
      links: [...links, ...canonicalUrl],
    };
  // An answer shows the links of an article on another host.
  for (const link of page.querySelectorAll('a[href]')) {
    const href = link.getAttribute('href') ?? '';
    const target = href.startsWith('#') ? undefined : withHash(href, base);
    if (target !== undefined) link.setAttribute('href', target);
  }
  const name = `${pathOf(new URL(own)).replace(FILE, '')}.html`;
  const { articles, skipped } = await readArticleFile(Buffer.from(page.outerHTML), name, () => own);
  return {
    articles: articles.map((article) => ({ ...article, url: own })),
    skipped: skipped.map((reason) => placedAt(reason, name, url)),
    links: [...new Set([...links, ...canonicalUrl])],
  };
}

/** With the page's address where its reader has named a file, as in `docs/a.json, entry 2`. */
const placedAt = ({ wording, values }: Phrase, name: string, url: string): Phrase => ({
  wording,
  values: values.map((value) => (typeof value === 'string' ? value.replace(name, () => url) : value)),
});

function readType(type: string): [mediaType: string, charset: string | undefined] {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(type)?.[1];
  return [(type.split(';')[0] ?? '').trim().toLowerCase(), charset];
}

/** The header's encoding if the bytes are in it; servers often name one for all of their files. */
function decodePage(charset: string | undefined, bytes: Uint8Array): string {
  if (charset === undefined || /^utf-?8$/i.test(charset)) return decodeText(bytes);
  return decodeAs(charset, bytes) ?? decodeText(bytes);
}

/** The path of the article's id: that of the URL without its slashes, `index` for the first page of a host. */
function pathOf({ pathname, search }: URL): string {
  const path = safeDecode(pathname).replace(/^\/+|\/+$/g, '');
  return `${posix.normalize(path === '' ? 'index' : path)}${search}`;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function resolve(href: string, base: string): string | undefined {
  if (href === '' || !URL.canParse(href, base)) return undefined;
  const url = new URL(href, base);
  url.hash = '';
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** Undefined for addresses that no page has, such as `mailto:`. */
function withHash(href: string, base: string): string | undefined {
  const page = resolve(href, base);
  return page === undefined ? undefined : `${page}${new URL(href, base).hash}`;
}

const sameOrigin = (one: string, other: string) => new URL(one).origin === new URL(other).origin;
