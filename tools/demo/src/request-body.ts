/** Reads a request body up to a limit, so that no client can exhaust the memory. */
import type { IncomingMessage } from 'node:http';

/** Returns `too-large` after more than `maxBytes`, without reading further. Rejects when the client disconnects. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | 'too-large'> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    bytes += part.length;
    if (bytes > maxBytes) return 'too-large';
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
