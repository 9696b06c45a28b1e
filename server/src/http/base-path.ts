/** Serves below a path, such as `/support`, behind a proxy that passes the path on. A proxy may also remove it. */
import type { IncomingMessage, Server } from 'node:http';

/** The path of `PUBLIC_URL` without a trailing slash; empty for the root. */
export function basePathOf(publicUrl: string | undefined): string {
  return publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');
}

/** Call it last: routes and Socket.IO then see each request's path without `basePath`. */
export function removeBasePath(http: Server, basePath: string): void {
  if (basePath === '') return;
  const remove = (request: IncomingMessage) => {
    const { url = '/' } = request;
    const rest = url.startsWith(basePath) ? url.slice(basePath.length) : undefined;
    if (rest === undefined || !/^[/?]|^$/.test(rest)) return;
    request.url = rest.startsWith('/') ? rest : `/${rest}`;
  };
  http.prependListener('request', remove);
  http.prependListener('upgrade', remove);
}
