/** The base path that the server is served below, such as `/support`; empty at the root. */
export function basePathOf(pathname: string): string {
  return /^(.*)\/console(?:\/|$)/.exec(pathname)?.[1] ?? '';
}

export const basePath = basePathOf(globalThis.location?.pathname ?? '');
