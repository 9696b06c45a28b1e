/** Keys of what sites publish to processes, and of the files of recent builds. */
export interface SiteKeys {
  /** Hash: a site's help articles and their version. */
  articles(siteId: string): string;
  /** Hash: the settings that are made in the console, and their version. */
  settings(id: string): string;
  /** Hash: a site's guidance for answers and its version. */
  guidance(siteId: string): string;
  /** A hashed file of a recent build. */
  asset(part: string, name: string): string;
}

export function createSiteKeys(prefix: string): SiteKeys {
  return {
    articles: (siteId) => `${prefix}:articles:${siteId}`,
    settings: (id) => `${prefix}:settings:${id}`,
    guidance: (siteId) => `${prefix}:guidance:${siteId}`,
    asset: (part, name) => `${prefix}:asset:${part}:${name}`,
  };
}
