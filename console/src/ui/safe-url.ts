/** Decides which URLs may become links: http and https only, never `javascript:`. */
import { basePath } from '../base-path.ts';

export function safeUrl(url: string, base: string = location.origin + basePath): string | undefined {
  if (url === '') return undefined;
  try {
    // A path belongs to this server, which may be served below a base path.
    const { protocol, href } = new URL(/^\/(?!\/)/.test(url) ? base + url : url, base);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}
