/** Decides which pages may open a socket. Socket.IO's `cors.origin` does not apply to websockets, so it is checked here. */
import type { IsOwnOrigin } from '../lib/own-origin.ts';

export interface OriginCheck {
  /** Exact comparison: no suffixes, no `null`, no missing origin. `//host` means that host over http or https. */
  allows(site: { allowedOrigins: readonly string[] }, origin: string | undefined): boolean;
}

/** @param isOwnOrigin every site may be opened on the server's own pages, such as the preview */
export function createOriginCheck(isOwnOrigin: IsOwnOrigin): OriginCheck {
  return {
    allows: ({ allowedOrigins }, origin) =>
      findOrigin(origin, (each) => allowedOrigins.includes(each) || isOwnOrigin(each)) !== undefined,
  };
}

/** The allowed origin that `origin` names; `//host` may name two. */
export function findOrigin(origin: string | undefined, isAllowed: (origin: string) => boolean): string | undefined {
  const named = origin?.startsWith('//') ? [`https:${origin}`, `http:${origin}`] : origin === undefined ? [] : [origin];
  return named.find(isAllowed);
}

/** The host of an origin, without its port. */
export function hostOf(origin: string | undefined): string | undefined {
  const url = origin?.startsWith('//') ? `https:${origin}` : origin;
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}

/**
 * The page's origin. Long-polling begins with a GET request, in which browsers name it only to another origin; without it
 * the page is on the server's own host, and the result is `//host`.
 */
export function originOf({
  headers: { origin, host },
  query,
}: {
  readonly headers: { readonly origin?: string | undefined; readonly host?: string | undefined };
  readonly query: Readonly<Record<string, unknown>>;
}): string | undefined {
  return origin ?? (query['transport'] === 'polling' && host !== undefined ? `//${host}` : undefined);
}
