/** Decides whether a page is one of those that a site owner has named by the pattern of its path. Pure. */

/** The parts of a `Location` that a pattern may name. */
export interface PageAddress {
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

/** A browser encodes what an owner writes as it is read, such as `/über-uns`. */
function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** `/prices/` and `/prices` are one page. */
const withoutEndSlash = (path: string) => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);

/**
 * `*` matches any text, also for none. Without `?` or `#` in the pattern, the query and the hash of the page don't matter.
 * Takes time in proportion to both lengths, whatever the pattern is.
 */
export function matchesPage(pattern: string, { pathname, search, hash }: PageAddress): boolean {
  const [path = '', rest = ''] = splitAt(pattern, pattern.search(/[?#]/));
  const page = withoutEndSlash(pathname) + (pattern.includes('?') ? search : '') + (pattern.includes('#') ? hash : '');
  return matchesText(readable(withoutEndSlash(path) + rest), readable(page));
}

function splitAt(text: string, at: number): string[] {
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at)];
}

/** Each part between two `*` is best found where it comes first, except for the last one, which ends the text. */
function matchesText(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
