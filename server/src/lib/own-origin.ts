/** Recognizes the origins of the server's own pages. */
export type IsOwnOrigin = (origin: string) => boolean;

/** @param port read for each check: with `PORT=0` it is known once the server listens */
export function createOwnOriginCheck(publicUrl: string | undefined, port: () => number): IsOwnOrigin {
  // Visitors' browsers come over https alone; a page of this machine's port is then someone else's.
  const localToo = publicUrl === undefined || !publicUrl.startsWith('https:');
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  return (origin) =>
    origin === publicOrigin ||
    (localToo && (origin === `http://localhost:${port()}` || origin === `http://127.0.0.1:${port()}`));
}
