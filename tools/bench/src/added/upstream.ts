/** The model endpoint of the `added` benchmark: labels at once, answers as the reference's fast tier gives them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { nowMicros, writeStamp } from '@firstword/testing/stamp';
import { z } from 'zod';
import { serveParent } from '../relay/bench-process.ts';
import { finish, say } from '../spoken-stream.ts';

/** TTFT of the fast tier's reference model. */
const TTFT_MS = 180;
const TOKENS = 120;
const TOKENS_PER_SECOND = 60;
/** Triage asks for so few tokens. */
const LABEL_MAX_TOKENS = 50;
const requestSchema = z.object({ max_tokens: z.number() });

const server = createServer({ keepAliveTimeout: 90_000, noDelay: true }, async (request, response) => {
  const arrived = nowMicros();
  const { max_tokens: maxTokens } = requestSchema.parse(JSON.parse((await text(request)) || '{"max_tokens":0}'));
  if (maxTokens === 0) return response.end(); // a connection being warmed
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (maxTokens <= LABEL_MAX_TOKENS) {
    say(response, 'answer');
    return finish(response);
  }
  response.flushHeaders();
  await pause(TTFT_MS);
  say(response, writeStamp(arrived) + writeStamp(nowMicros()));
  for (let token = 1; token < TOKENS && !response.closed; token++) {
    await pause(1000 / TOKENS_PER_SECOND);
    say(response, ' word');
  }
  finish(response);
});

server.listen(0, '127.0.0.1', () => {
  serveParent((server.address() as AddressInfo).port, {}, async () => void server.closeAllConnections());
});
