/** Decides which pages may open a socket. Socket.IO's `cors.origin` does not apply to websockets, so it is checked here. */

export interface OriginCheck {
  /** Exact comparison: no suffixes, no `null`, no missing origin. */
  allows(site: { allowedOrigins: readonly string[] }, origin: string | undefined): boolean;
}

export function createOriginCheck(): OriginCheck {
  return { allows: ({ allowedOrigins }, origin) => origin !== undefined && allowedOrigins.includes(origin) };
}
