/** Clients that don't read, and clients that send malformed input. */
import { connect, type Socket as TcpSocket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf } from '@firstword/testing/paced-endpoint';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { connectWidget } from '@firstword/testing/widget-client';
import fc from 'fast-check';
import { malformedEvent, malformedFrame, UPGRADE_REQUEST } from '../malformed-input.ts';
import { INSPECTABLE, type Memory, openMemoryReader } from './collected-memory.ts';
import { isHealthy, onInstallation } from './installation.ts';
import { count, type Scenario } from './scenario.ts';

const ANSWER_TOKENS = 1000;
const ANSWERS = 8;
const ROUNDS = 3;
/** History pages of about 330 kB each, 60 MB together. */
const READS = 185;

/** Peak memory of a new process while a second page of the visitor requests 60 MB and then follows answers. */
function secondPage(read: boolean, report: (line: string) => void): Promise<Memory & { broken: number }> {
  return onInstallation(async ({ endpoint, start, onTeardown }) => {
    const server = await start({ nodeOptions: INSPECTABLE });
    const memory = await openMemoryReader(server);
    onTeardown(memory.close);
    const visitor = openSteadyClient(server.port);
    const long = '語'.repeat(4000);
    endpoint.pace({ tokens: 1, everyMs: 0 });
    for (let n = 1; n <= 25; n++) await visitor.answered((await visitor.send(long)).seq);
    endpoint.pace({ tokens: ANSWER_TOKENS, everyMs: 1 });
    let most: Memory = { keptMb: 0, residentMb: 0 };
    let broken = 0;
    for (let round = 1; round <= ROUNDS; round++) {
      const page = await connectWidget(server.port, { site: 'acme', session: visitor.session() });
      const tcp = (Reflect.get(page.socket.io.engine.transport, 'ws') as { _socket: TcpSocket })._socket;
      if (!read) tcp.pause();
      for (let n = 1; n <= READS; n++) {
        page.socket.emit('history-read', { beforeSeq: 51, limit: 50 }, () => {});
        await pause(60); // all at once they would delay Redis, and so every visitor
      }
      for (let n = 1; n <= ANSWERS; n++) {
        const { fromDeltas, stored, state } = await visitor.answered(
          (await visitor.send(`Tell me everything, part ${n}`)).seq,
        );
        if (fromDeltas !== answerOf(ANSWER_TOKENS)) {
          broken += 1;
          report(`an answer is ${state}: ${fromDeltas.length} characters received, ${stored.length} stored`);
        }
        const { keptMb, residentMb } = await memory.read();
        most = { keptMb: Math.max(most.keptMb, keptMb), residentMb: Math.max(most.residentMb, residentMb) };
      }
      page.close();
    }
    visitor.close();
    return { ...most, broken };
  });
}

export const slowClient: Scenario = {
  id: 'O01',
  promise: 'P8: at most 10 MB more than with a page that reads; others unaffected',
  async run(report) {
    const reading = await secondPage(true, report);
    const frozen = await secondPage(false, report);
    const more = frozen.residentMb - reading.residentMb;
    const kept = frozen.keptMb - reading.keptMb;
    return {
      test: `a page that requests 60 MB, then follows ${ANSWERS} answers and reads nothing, ${ROUNDS} times`,
      result:
        `${more.toFixed(1)} MB more than where they read (${reading.residentMb.toFixed(0)} MB), each after a collection; ` +
        `objects and buffers alone ${kept.toFixed(1)} MB more; ${frozen.broken} answers of other clients broken`,
      held: more <= 10 && frozen.broken === 0,
    };
  },
};

const INPUTS = 10_000;
const AT_ONCE = 50;

/** Runs `each` for every item, with limited concurrency. */
async function forEachConcurrently<Item>(items: readonly Item[], each: (item: Item) => Promise<void>): Promise<void> {
  const remaining = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of remaining) await each(item);
    }),
  );
}

export const frames: Scenario = {
  id: 'O10',
  promise: 'the same process, no unhandled error',
  run: () =>
    onInstallation(async ({ start }) => {
      const server = await start();
      let answered = 0;
      await forEachConcurrently(fc.sample(malformedFrame(), INPUTS), async (frame) => {
        const socket = connect({ port: server.port, host: '127.0.0.1' });
        await new Promise<void>((resolve) => {
          socket.on('error', () => {}); // `close` follows
          socket.on('close', () => resolve());
          socket.once('data', () => {
            answered += 1;
            socket.write(frame);
            setTimeout(() => socket.resetAndDestroy(), 20);
          });
          socket.write(UPGRADE_REQUEST);
        });
      });
      const healthy = await isHealthy(server);
      return {
        test: `${count(INPUTS, 'malformed websocket frame')}, each on a connection of its own`,
        result: `${count(answered, 'connection')} upgraded; ${healthy ? 'same process, responds' : 'unhealthy'}`,
        held: healthy && answered === INPUTS,
      };
    }),
};

const EVENTS_A_VISITOR = 50;

export const events: Scenario = {
  id: 'O11',
  promise: 'each answered with ok or a code; the same process, no unhandled error',
  run: () =>
    onInstallation(async ({ start }) => {
      const server = await start();
      let unanswered = 0;
      const visitors = Array.from({ length: INPUTS / EVENTS_A_VISITOR }, () =>
        fc.sample(malformedEvent(), EVENTS_A_VISITOR),
      );
      for (const sent of visitors) {
        const client = await connectWidget(server.port, { site: 'acme' });
        const answers = await Promise.all(
          sent.map(([event, payload]) => client.ask(event, payload).catch(() => undefined)),
        );
        unanswered += answers.filter((answer) => answer?.ok !== true && typeof answer?.code !== 'string').length;
        client.close();
      }
      const healthy = await isHealthy(server);
      return {
        test: `${count(INPUTS, 'event')} with malformed arguments`,
        result: `${unanswered} without an answer; ${healthy ? 'same process, responds' : 'unhealthy'}`,
        held: unanswered === 0 && healthy,
      };
    }),
};

const REQUESTS = 5000;

export const requests: Scenario = {
  id: 'O12',
  promise: 'no answer of 5xx',
  run: (report) =>
    onInstallation(async ({ start }) => {
      const server = await start();
      const origin = `http://127.0.0.1:${server.port}`;
      const document = (await (await fetch(`${origin}/api/v1/openapi.json`)).json()) as { paths: object };
      const known = Object.keys(document.paths).map((path) => `/api/v1${path}`);
      const part = fc.oneof(fc.uuid(), fc.webSegment(), fc.constantFrom('..', '%2e%2e', '%00', '%', '__proto__', '-1'));
      const path = fc.oneof(
        fc.tuple(fc.constantFrom(...known), part).map(([path, id]) => path.replace(/\{\w+\}/g, id)),
        fc.constantFrom('/', '/widget.js', '/metrics', '/health/live', '/health/ready', '/console', '/help/x'),
        fc.array(part, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
      );
      const request = fc.record({
        path: fc.tuple(path, fc.oneof(fc.constant(''), fc.webQueryParameters())).map(([p, q]) => (q ? `${p}?${q}` : p)),
        method: fc.constantFrom('GET', 'GET', 'POST', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS'),
        type: fc.constantFrom(
          'application/json',
          'application/json; charset=utf-9',
          'text/plain',
          'multipart/form-data',
          '',
        ),
        body: fc.oneof(fc.json(), fc.string({ maxLength: 500 }), fc.constant('{"a":')),
        token: fc.oneof(
          fc.constant(''),
          fc.string({ unit: 'grapheme-ascii', maxLength: 60 }).map((it) => `Bearer ${it}`),
        ),
      });
      const statuses = new Map<number, number>();
      await forEachConcurrently(fc.sample(request, REQUESTS), async ({ path, method, type, body, token }) => {
        const response = await fetch(origin + path, {
          method,
          headers: { ...(type && { 'content-type': type }), ...(token && { authorization: token }) },
          ...(method === 'GET' ? {} : { body }),
          redirect: 'manual',
        });
        await response.arrayBuffer();
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        if (response.status >= 500) report(`${response.status} ${method} ${path} ${type} ${body}`);
      });
      await pause(0);
      const faults = [...statuses].reduce((sum, [status, times]) => sum + (status >= 500 ? times : 0), 0);
      const healthy = await isHealthy(server);
      return {
        test: `${count(REQUESTS, 'malformed HTTP request')}`,
        result: `${faults} of 5xx (${[...statuses]
          .sort(([a], [b]) => a - b)
          .map(([status, times]) => `${status}: ${times}`)
          .join(', ')})`,
        held: faults === 0 && healthy,
      };
    }),
};
