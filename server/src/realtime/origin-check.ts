/** Which pages may open a socket. Socket.IO's own `cors.origin` does not stop a foreign page's websocket; this does. */

export interface OriginCheck {
  /** Exact comparison: no suffixes, no `null`, no missing origin. */
  allows(site: { allowedOrigins: readonly string[] }, origin: string | undefined): boolean;
}

export function createOriginCheck(): OriginCheck {
  return { allows: ({ allowedOrigins }, origin) => origin !== undefined && allowedOrigins.includes(origin) };
}
