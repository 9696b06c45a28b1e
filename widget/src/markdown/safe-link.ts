/** Decides which addresses in an answer may become links: four schemes, checked after the browser's own parsing. */
const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

export interface SafeLink {
  href: string;
  /** What the link leads to, for display: the host, or the address of a mail or phone link. */
  target: string;
}

/** Relative addresses need a `base`; without one they are refused, since an answer has no URL of its own. */
export function safeLink(address: string, base?: string): SafeLink | undefined {
  if (!address) return undefined;
  let url: URL;
  try {
    // A path is one of the server's, which may be reached below a path of its own.
    url = new URL(base && /^\/(?!\/)/.test(address) ? base + address : address.trim(), base);
  } catch {
    return undefined;
  }
  if (!SCHEMES.has(url.protocol)) return undefined;
  // `https://known-shop@elsewhere` shows one name and leads to another.
  if (url.username || url.password) return undefined;
  return { href: url.href, target: url.host || url.pathname };
}

export function linkElement({ href, target }: SafeLink): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = href;
  link.title = target;
  link.target = '_blank';
  link.rel = 'noopener noreferrer nofollow';
  return link;
}
