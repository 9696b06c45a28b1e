/** Clients that do not read, and clients that send anything at all. */
import { connect, type Socket as TcpSocket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf } from '@firstword/testing/paced-endpoint';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { connectWidget } from '@firstword/testing/widget-client';
import fc from 'fast-check';
import { oddEvent, oddFrame, UPGRADE_REQUEST } from '../malformed-input.ts';
import { type Memory, openMemoryReader, READABLE } from './collected-memory.ts';
import { isWell, onInstallation } from './installation.ts';
import { count, type Trial } from './scenario.ts';

const ANSWER_TOKENS = 1000;
const ANSWERS = 8;
const ROUNDS = 3;
/** Of about 330 kB each, 60 MB together. */
const READS = 185;

/** The most that a fresh process keeps whose visitor has a second page that asks for 60 MB and then follows answers. */
function secondPage(read: boolean, say: (line: string) => void): Promise<Memory & { broken: number }> {
  return onInstallation(async ({ endpoint, start, later }) => {
    const server = await start({ nodeOptions: READABLE });
    const memory = await openMemoryReader(server);
    later(memory.close);
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
        await pause(60); // all at once they would hold up Redis, and with it everybody, read or not
      }
      for (let n = 1; n <= ANSWERS; n++) {
        const { fromDeltas, stored, state } = await visitor.answered(
          (await visitor.send(`Tell me everything, part ${n}`)).seq,
        );
        if (fromDeltas !== answerOf(ANSWER_TOKENS)) {
          broken += 1;
          say(`an answer is ${state}: ${fromDeltas.length} characters came, ${stored.length} are stored`);
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

export const slowConsumer: Trial = {
  id: 'O01',
  promise: 'P8: at most 10 MB more than with a page that reads; others undisturbed',
  async run(say) {
    const reading = await secondPage(true, say);
    const frozen = await secondPage(false, say);
    const more = frozen.residentMb - reading.residentMb;
    const kept = frozen.keptMb - reading.keptMb;
    return {
      did: `a page that asks for 60 MB and then follows ${ANSWERS} answers, and reads nothing, ${ROUNDS} times`,
      figure:
        `${more.toFixed(1)} MB more than where they read (${reading.residentMb.toFixed(0)} MB), each after a collection; ` +
        `objects and buffers alone ${kept.toFixed(1)} MB more; ${frozen.broken} answers of others broken`,
      held: more <= 10 && frozen.broken === 0,
    };
  },
};

const MANY = 10_000;
const AT_ONCE = 50;

/** Runs `each` for every item, with limited concurrency. */
async function spread<Item>(items: readonly Item[], each: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of rest) await each(item);
    }),
  );
}

export const frames: Trial = {
  id: 'O10',
  promise: 'the same process, nothing unhandled',
  run: () =>
    onInstallation(async ({ start }) => {
      const server = await start();
      let answered = 0;
      await spread(fc.sample(oddFrame(), MANY), async (frame) => {
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
      const well = await isWell(server);
      return {
        did: `${count(MANY, 'odd websocket frame')}, each on a connection of its own`,
        figure: `${count(answered, 'connection')} upgraded; ${well ? 'same process, answers' : 'not well'}`,
        held: well && answered === MANY,
      };
    }),
};

const EVENTS_A_VISITOR = 50;

export const events: Trial = {
  id: 'O11',
  promise: 'each answered with ok or a code; the same process, nothing unhandled',
  run: () =>
    onInstallation(async ({ start }) => {
      const server = await start();
      let unanswered = 0;
      const visitors = Array.from({ length: MANY / EVENTS_A_VISITOR }, () => fc.sample(oddEvent(), EVENTS_A_VISITOR));
      for (const sent of visitors) {
        const client = await connectWidget(server.port, { site: 'acme' });
        const answers = await Promise.all(
          sent.map(([event, payload]) => client.ask(event, payload).catch(() => undefined)),
        );
        unanswered += answers.filter((answer) => answer?.ok !== true && typeof answer?.code !== 'string').length;
        client.close();
      }
      const well = await isWell(server);
      return {
        did: `${count(MANY, 'event')} with odd arguments`,
        figure: `${unanswered} without an answer; ${well ? 'same process, answers' : 'not well'}`,
        held: unanswered === 0 && well,
      };
    }),
};

const REQUESTS = 5000;

export const requests: Trial = {
  id: 'O12',
  promise: 'no answer of 5xx',
  run: (say) =>
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
      const states = new Map<number, number>();
      await spread(fc.sample(request, REQUESTS), async ({ path, method, type, body, token }) => {
        const response = await fetch(origin + path, {
          method,
          headers: { ...(type && { 'content-type': type }), ...(token && { authorization: token }) },
          ...(method === 'GET' ? {} : { body }),
          redirect: 'manual',
        });
        await response.arrayBuffer();
        states.set(response.status, (states.get(response.status) ?? 0) + 1);
        if (response.status >= 500) say(`${response.status} ${method} ${path} ${type} ${body}`);
      });
      await pause(0);
      const faults = [...states].reduce((sum, [status, times]) => sum + (status >= 500 ? times : 0), 0);
      const well = await isWell(server);
      return {
        did: `${count(REQUESTS, 'odd HTTP request')}`,
        figure: `${faults} of 5xx (${[...states]
          .sort(([a], [b]) => a - b)
          .map(([status, times]) => `${status}: ${times}`)
          .join(', ')})`,
        held: faults === 0 && well,
      };
    }),
};
