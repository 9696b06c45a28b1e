/** The model endpoint of the `stop` benchmark: talks for ever or not at all, and remembers when it was hung up on. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { nowMicros } from '@firstword/testing/stamp';
import { z } from 'zod';
import { serveParent } from '../relay/bench-process.ts';
import { finish, say } from '../spoken-stream.ts';

/** Triage asks for so few tokens. */
const LABEL_MAX_TOKENS = 50;
const requestSchema = z.object({ max_tokens: z.number(), messages: z.array(z.object({ content: z.string() })) });

/** What became of one question: from when on nobody wanted its answer, and when its request was closed. */
interface Course {
  requests: number;
  since?: number;
  closed?: number;
}
const courses = new Map<string, Course>();

const server = createServer({ keepAliveTimeout: 90_000, noDelay: true }, async (request, response) => {
  const body = await text(request);
  if (body === '') return response.end(); // a connection being warmed
  const { max_tokens: maxTokens, messages } = requestSchema.parse(JSON.parse(body));
  const [, kind = '', number = ''] = /case (\w+) (\d+)/.exec(messages.at(-1)?.content ?? '') ?? [];
  const key = `${kind} ${number}`;
  const course = courses.get(key) ?? { requests: 0 };
  courses.set(key, course);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (maxTokens <= LABEL_MAX_TOKENS) {
    say(response, kind === 'dropped' ? 'person' : 'answer');
    finish(response);
    if (kind === 'dropped') course.since = nowMicros();
    return;
  }
  course.requests += 1;
  if (kind === 'hedge' && course.requests === 2) {
    course.since = nowMicros();
    say(response, 'Here it is.');
    return finish(response);
  }
  response.flushHeaders();
  response.once('close', () => {
    course.closed = nowMicros();
  });
  while (!response.closed && (kind === 'stopped' || kind === 'left')) {
    say(response, 'and on ');
    await pause(16);
  }
});

server.listen(0, '127.0.0.1', () => {
  serveParent(
    (server.address() as AddressInfo).port,
    { course: (key) => courses.get(String(key)) ?? { requests: 0 } },
    async () => void server.closeAllConnections(),
  );
});
