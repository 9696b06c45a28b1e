/** Decides which addresses may become links: http and https only, never `javascript:`. */
import { basePath } from '../base-path.ts';

export function safeUrl(url: string, base: string = location.origin + basePath): string | undefined {
  if (url === '') return undefined;
  try {
    // A path is one of the server's, which may be reached below a path of its own.
    const { protocol, href } = new URL(/^\/(?!\/)/.test(url) ? base + url : url, base);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}
