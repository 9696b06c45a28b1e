/** Keeps the links of an answer that lead to known hosts, names the host of each, and turns all others into plain text. */

const LINK = /\[([^[\]\n]*)\]\(([^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)/g;
/** Browsers also accept `https:host` and backslashes. */
const ADDRESS = /<?\b(https?:[\\/]*)([^\s<>"'`()[\]]+)>?/gi;

/** The hosts of addresses, and of addresses in texts. */
export function hostsIn(texts: readonly string[]): Set<string> {
  const addresses = texts.flatMap((text) =>
    Array.from(text.matchAll(ADDRESS), ([, scheme, rest]) => `${scheme}${rest}`),
  );
  return new Set(addresses.flatMap((address) => hostOf(address) ?? []));
}

/** A model may be led to write an address: only those of the site and of the articles that the answer cites may be pressed. */
export function withKnownLinks(text: string, hosts: ReadonlySet<string>): string {
  const named = text.replace(LINK, (written: string, label: string, target: string) => {
    const host = hostOf(target.trim().replace(/\s+["'(].*$/, ''));
    if (host === undefined) return written;
    const shown = label.toLowerCase().includes(host) ? label : `${label} (${host})`;
    return hosts.has(host) ? written.replace(label, () => shown) : shown;
  });
  return named.replace(ADDRESS, (written: string, scheme: string, rest: string) => {
    const host = hostOf(`${scheme}${rest}`);
    return host !== undefined && hosts.has(host) ? written : rest;
  });
}

/** Read as a browser does; undefined for a path, a mail address or a phone number. */
function hostOf(address: string): string | undefined {
  const bare = address.replace(/^<|>$/g, '');
  if (!URL.canParse(bare)) return undefined;
  const { protocol, host } = new URL(bare);
  return protocol === 'http:' || protocol === 'https:' ? host : undefined;
}
