/** Where the browser keeps a site's session token; the loader looks there to learn whether a conversation exists. */
export function sessionKey(site: string): string {
  return `firstword:${site}`;
}
