/** Keeps the links of an answer that lead to known hosts, names the host of each, and turns all others into plain text. */

import { bareAddress } from '@firstword/shared/bare-address';

/** Links and pictures. */
const LINK = /!?\[([^[\]\n]*)\]\(([^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)/g;
/** Browsers also accept `https:host` and backslashes. */
const ADDRESS = /<?\b(https?:[\\/]*)([^\s<>"'`()[\]]+)>?/gi;

/** What an answer may link to. */
export interface KnownLinks {
  /** Hosts with all of their pages: those of the site, and of the articles that the answer cites. */
  readonly hosts: ReadonlySet<string>;
  /** As the articles write them: a model that adds something to an address could send with it what it knows. */
  readonly addresses: ReadonlySet<string>;
}

/**
 * @param origins addresses of pages of trusted hosts
 * @param texts texts with addresses that are trusted as they are written
 */
export function knownLinks(origins: readonly string[], texts: readonly string[]): KnownLinks {
  const read = (from: readonly string[]) =>
    from
      .flatMap((text) =>
        Array.from(text.matchAll(ADDRESS), ([, scheme = '', rest = '']) => bareWebAddress(scheme, rest)),
      )
      .filter((url) => url !== undefined);
  return {
    hosts: new Set(read(origins).map(({ host }) => host)),
    addresses: new Set(read(texts).map(({ href }) => href)),
  };
}

/** Prompt injection can make a model write any address, so only known ones become links. */
export function withKnownLinks(text: string, { hosts, addresses }: KnownLinks): string {
  const isKnown = ({ host, href }: URL) => hosts.has(host) || addresses.has(href);
  const named = text.replace(LINK, (written: string, label: string, target: string) => {
    const url = webAddress(target.trim().replace(/\s+["'(].*$/, ''));
    if (url === undefined) return written;
    const { host } = url;
    const shown = label.toLowerCase().includes(host) ? label : `${label} (${host})`;
    return isKnown(url) ? written.replace(label, () => shown) : shown;
  });
  return named.replace(ADDRESS, (written: string, scheme: string, rest: string) => {
    const url = bareWebAddress(scheme, rest);
    return url !== undefined && isKnown(url) ? written : rest;
  });
}

/**
 * An answer with the links that what it cites allows.
 * @param origins addresses of the site's pages and of this server
 */
export function withCitedLinks(
  { text, citations }: { readonly text: string; readonly citations: readonly { readonly n: number }[] },
  sources: readonly { readonly n: number; readonly url: string; readonly text: string }[],
  origins: readonly string[],
): string {
  const cited = sources.filter(({ n }) => citations.some((citation) => citation.n === n));
  const urls = cited.map(({ url }) => url);
  const texts = cited.map((source) => source.text);
  return withKnownLinks(text, knownLinks([...origins, ...urls], texts));
}

/** In running text it ends where clients end it: before punctuation, also of scripts that need no space after it. */
function bareWebAddress(scheme: string, rest: string): URL | undefined {
  return webAddress(bareAddress(`${scheme}${rest}`));
}

const AFTER_ADDRESS = '>.,;:!?';
/** A page in place of the one that shows an answer: `//host` is relative to it. */
const PAGE = 'https://page.invalid/';

/** Read as a browser does; undefined for a path, a mail address or a phone number. */
function webAddress(address: string): URL | undefined {
  let end = address.length; // counted down: a regular expression would look at each character of a long run again
  while (end > 0 && AFTER_ADDRESS.includes(address.charAt(end - 1))) end -= 1;
  const bare = address.slice(address.startsWith('<') ? 1 : 0, end);
  if (!URL.canParse(bare, PAGE)) return undefined;
  const url = URL.canParse(bare) ? new URL(bare) : new URL(bare, PAGE);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb && url.host !== new URL(PAGE).host ? url : undefined;
}
