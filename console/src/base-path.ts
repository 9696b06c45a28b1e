/** The path below which the server is reached, such as `/support`; empty at the root. */
export function basePathOf(pathname: string): string {
  return /^(.*)\/console(?:\/|$)/.exec(pathname)?.[1] ?? '';
}

export const basePath = basePathOf(globalThis.location?.pathname ?? '');
