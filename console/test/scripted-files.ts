/** Serves the built console, as the product's server does. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
/** The same policy as the product's server, so that tests find violations. */
const POLICY =
  "default-src 'self'; connect-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Returns whether there is such a file. */
export function sendFile(pathname: string, response: ServerResponse): boolean {
  response.setHeader('content-security-policy', POLICY);
  const wanted = pathname.startsWith('/console/assets/')
    ? path.join(dist, 'assets', path.basename(pathname))
    : path.join(dist, pathname === '/console/push-worker.js' ? 'push-worker.js' : 'index.html');
  if (!pathname.startsWith('/console') || !existsSync(wanted)) return false;
  response.setHeader('content-type', TYPES[path.extname(wanted)] ?? 'application/octet-stream');
  // Like the product's server, which inserts the path to the assets into the page.
  if (wanted.endsWith('.html'))
    response.end(readFileSync(wanted, 'utf8').replaceAll('"./assets/', '"/console/assets/'));
  else createReadStream(wanted).pipe(response);
  return true;
}
