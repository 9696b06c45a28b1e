/** Reads a request's body up to a limit, so that no client can fill the process. */
import type { IncomingMessage } from 'node:http';

/** `too-large` once more than `maxBytes` came; the rest is left unread. Rejects when the client goes away. */
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
