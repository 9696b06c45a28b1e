/** Names a site in the loader, which all sites of a server share, without showing its id to the others. */

/** 32 bits (FNV-1a) in base 36. Two sites with the same mark only cause a request that finds nothing. */
export function siteMark(siteId: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < siteId.length; at++) hash = Math.imul(hash ^ siteId.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** In the built loader; the server replaces it by the marks of the sites that have proactive messages, each after a space. */
export const MARKS_PLACE = '%PROACTIVE%';

/** Instead of marks, where there are too many: every page asks. */
export const EVERY_SITE = '*';
