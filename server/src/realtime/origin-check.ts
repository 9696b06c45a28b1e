/** Decides which pages may open a socket. Socket.IO's `cors.origin` does not apply to websockets, so it is checked here. */

export interface OriginCheck {
  /** Exact comparison: no suffixes, no `null`, no missing origin. `//host` means that host over http or https. */
  allows(site: { allowedOrigins: readonly string[] }, origin: string | undefined): boolean;
}

export function createOriginCheck(): OriginCheck {
  return {
    allows: ({ allowedOrigins }, origin) =>
      origin !== undefined &&
      (origin.startsWith('//')
        ? allowedOrigins.some((allowed) => allowed === `https:${origin}` || allowed === `http:${origin}`)
        : allowedOrigins.includes(origin)),
  };
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
