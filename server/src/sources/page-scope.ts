/** Which pages a crawl may read: the host of its first page, and the paths that it includes and does not exclude. Pure. */
import type { Phrase } from '@firstword/shared/phrase';
import { phrase } from '../lib/phrase.ts';

export interface PageScope {
  readonly url: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Parameters that count visits and do not change the page. */
const TRACKING = /^(?:utm_\w+|gclid|fbclid|mc_cid|mc_eid|ref)$/i;
/** Files that are no articles; they would cost a download. */
const OTHER_FILES =
  /\.(?:png|jpe?g|gif|webp|avif|svg|ico|css|js|mjs|map|woff2?|ttf|eot|zip|gz|tgz|tar|rar|7z|exe|dmg|iso|mp[34]|m4a|mov|avi|webm|ogg|wav|docx?|xlsx?|pptx?|xml|rss|atom)$/i;

/** The same page always has the same URL: without a fragment and tracking parameters. */
export function normalUrl(address: string): string {
  const url = new URL(address);
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return url.href;
}

/** @returns why the page is left out; undefined where it is to be read */
export function createPageScope({ url, include, exclude }: PageScope): (address: string) => Phrase | undefined {
  const { origin } = new URL(url);
  const first = normalUrl(url);
  const included = include.map(toPattern);
  const excluded = exclude.map(toPattern);
  return (address) => {
    const page = new URL(address);
    if (page.origin !== origin) return phrase`which is on another host`;
    if (OTHER_FILES.test(page.pathname)) return phrase`which is not a page`;
    const path = `${page.pathname}${page.search}`;
    if (excluded.some((pattern) => pattern.test(path))) return phrase`which is excluded`;
    const isIncluded = included.length === 0 || included.some((pattern) => pattern.test(path));
    return isIncluded || normalUrl(address) === first ? undefined : phrase`which is not included`;
  };
}

function toPattern(path: string): RegExp {
  const escaped = path.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\*+/g, '.*');
  return new RegExp(`^${escaped}`);
}
