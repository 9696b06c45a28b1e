/** Reads what an owner types of a site: an id from its name, and an origin from an address. Pure. */

const ID_MAX = 48;
/** Browsers write a space of a host as `%20`. */
const HOST = /^(?:[^%\s]+)$/;
const LOCAL = /^(?:localhost|127\.0\.0\.1)(?::|\/|$)/;

/** “Möbel & Lampen” → `mobel-lampen` */
export function siteIdFor(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, ID_MAX);
}

/** The origin of what may be the address of a page. The server refuses what is none. */
export function originOf(address: string): string {
  const text = address.trim();
  const scheme = LOCAL.test(text) ? 'http' : 'https';
  const url = /^[a-z]+:\/\//i.test(text) ? text : `${scheme}://${text}`;
  return URL.canParse(url) && HOST.test(new URL(url).hostname) ? new URL(url).origin : text;
}

export const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
