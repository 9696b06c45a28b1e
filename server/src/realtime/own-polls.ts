/** Answers long-polling requests of this process's sessions that another process received: asks its own HTTP server. */
import { type ClientRequest, type Server as HttpServer, request as startRequest } from 'node:http';
import type { PollAnswer, PollRequest } from './poll-request.ts';

export interface OwnPolls {
  /** Undefined when the request was cancelled or its connection ended. Never rejects. */
  answer(id: string, request: PollRequest): Promise<PollAnswer | undefined>;
  /** Ends the request as if its client had. */
  cancel(id: string): void;
}

export function createOwnPolls(http: HttpServer): OwnPolls {
  const running = new Map<string, ClientRequest>();
  return {
    answer(id, { method, url, contentType, body }) {
      return new Promise<PollAnswer | undefined>((resolve) => {
        const request = startRequest({
          ...addressOf(http),
          method,
          path: url,
          // A kept connection would delay the server's shutdown.
          agent: false,
          headers: { ...(contentType && { 'content-type': contentType }), 'content-length': Buffer.byteLength(body) },
        });
        running.set(id, request);
        const end = (answer?: PollAnswer) => {
          running.delete(id);
          resolve(answer);
        };
        request.once('error', () => end());
        request.once('close', () => end());
        request.once('response', (response) => {
          const { statusCode: status = 502, headers } = response;
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => {
            text += part;
          });
          response.once('end', () => end({ status, contentType: headers['content-type'] ?? 'text/plain', body: text }));
        });
        request.end(body);
      });
    },
    cancel: (id) => void running.get(id)?.destroy(),
  };
}

/** The address on which this process reaches itself. */
function addressOf(http: HttpServer): { host: string; port: number } | { socketPath: string } {
  const address = http.address();
  if (address === null) throw new Error('The server does not listen yet.');
  if (typeof address === 'string') return { socketPath: address };
  const loopback = address.family === 'IPv6' ? '::1' : '127.0.0.1';
  return { host: /^(?:::|0\.0\.0\.0)$/.test(address.address) ? loopback : address.address, port: address.port };
}
