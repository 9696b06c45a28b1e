/**
 * The model endpoint of the relay benchmark: any number of streams at a constant pace. Each token contains its send time,
 * so that delays of the endpoint don't count as the relay's.
 */
import type { ServerResponse } from 'node:http';
import { beginStream, startModelEndpoint } from '@firstword/testing/model-endpoint';
import { nowMicros, writeStamp } from '@firstword/testing/stamp';
import { finish } from '../spoken-stream.ts';
import { serveParent } from './bench-process.ts';

const TOKENS_PER_SECOND = 60;
const TICK_MS = 2;

const streams = new Map<ServerResponse, { dueAt: number }>();
let sent = 0;

const endpoint = await startModelEndpoint(
  ({ isTriage }, response) => {
    beginStream(response);
    if (isTriage) {
      response.write(chunk('answer'));
      return end(response);
    }
    // Spread over one interval, like independent answers.
    streams.set(response, { dueAt: performance.now() + (Math.random() * 1000) / TOKENS_PER_SECOND });
    response.on('close', () => streams.delete(response));
  },
  { keepRequests: false },
);

function chunk(content: string): string {
  return `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":null}],"usage":null}\n\n`;
}

function end(response: ServerResponse): void {
  streams.delete(response);
  finish(response);
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

serveParent(
  endpoint.port,
  { counts: () => ({ running: streams.size, sent }), finish: () => [...streams.keys()].forEach(end) },
  endpoint.stop,
);
