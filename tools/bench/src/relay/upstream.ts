/**
 * The model endpoint of the relay benchmark: any number of streams at the same even pace. Each token holds the moment
 * of its sending, so a token that leaves late is not counted against the relay.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { nowMicros, writeStamp } from '@firstword/testing/stamp';
import { z } from 'zod';
import { serveParent } from './bench-process.ts';

const TOKENS_PER_SECOND = 60;
const TICK_MS = 2;
/** Triage asks for so few tokens; it gets its label at once. */
const LABEL_MAX_TOKENS = 50;

const requestSchema = z.object({ max_tokens: z.number() });
const streams = new Map<ServerResponse, { dueAt: number }>();
let sent = 0;

const server = createServer({ keepAliveTimeout: 90_000, noDelay: true }, async (request, response) => {
  const { max_tokens: maxTokens } = requestSchema.parse(JSON.parse((await text(request)) || '{"max_tokens":0}'));
  if (maxTokens === 0) return response.end(); // a connection being warmed
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (maxTokens <= LABEL_MAX_TOKENS) {
    response.write(chunk('answer'));
    return finish(response);
  }
  // Spread over one interval, as independent answers are.
  streams.set(response, { dueAt: performance.now() + (Math.random() * 1000) / TOKENS_PER_SECOND });
  response.on('close', () => streams.delete(response));
});

function chunk(content: string): string {
  return `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":null}],"usage":null}\n\n`;
}

function finish(response: ServerResponse): void {
  streams.delete(response);
  response.end(
    'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n' +
      'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1}}\n\ndata: [DONE]\n\n',
  );
}

setInterval(() => {
  const now = performance.now();
  for (const [response, stream] of streams) {
    if (stream.dueAt > now) continue;
    stream.dueAt += 1000 / TOKENS_PER_SECOND;
    response.write(chunk(writeStamp(nowMicros())));
    sent += 1;
  }
}, TICK_MS);

server.listen(0, '127.0.0.1', () => {
  serveParent(
    (server.address() as AddressInfo).port,
    {
      counts: () => ({ running: streams.size, sent }),
      finish: () => [...streams.keys()].forEach(finish),
    },
    async () => void server.closeAllConnections(),
  );
});
