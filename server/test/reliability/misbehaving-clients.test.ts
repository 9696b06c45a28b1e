import { once } from 'node:events';
import { connect, type Socket as TcpSocket } from 'node:net';
import type { ReplayAnswer } from '@firstword/shared/wire';
import { answerOf, type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { openSteadyClient, type SteadyClient } from '@firstword/testing/steady-client';
import { startInstance, type WebInstance } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { CLIENT_EVENTS, malformedEvent, UPGRADE_REQUEST } from './malformed-input.ts';

let redis: RedisServer;
let endpoint: PacedEndpoint;
let server: WebInstance;
const clients: { close(): void }[] = [];
const connectClient = async (session?: string): Promise<WidgetClient> => {
  const client = await connectWidget(server.port, { site: 'acme', ...(session === undefined ? {} : { session }) });
  clients.push(client);
  return client;
};
const askQuestion = async () => {
  const client = openSteadyClient(server.port);
  clients.push(client);
  const { seq } = await client.send('Are you there?');
  return client.answered(seq);
};

const socketsOpen = async ({ port }: WebInstance) => {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^firstword_widget_sockets (\d+)/m.exec(metrics)?.[1]);
};

beforeAll(async () => {
  redis = await startRedisServer();
  endpoint = await startPacedEndpoint();
  server = await startInstance(redis.url, endpoint);
});
beforeEach(() => endpoint.pace({ tokens: 20, everyMs: 0 }));
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await server.stop();
  await Promise.all([endpoint.stop(), redis.stop()]);
});

// O11, S26. The night tests send ten thousand.
test('any arguments of any event are answered with ok or with a code', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(malformedEvent(), { maxLength: 40 }), async (events) => {
      const client = await connectClient();
      const answers = await Promise.all(events.map(([event, payload]) => client.ask(event, payload)));
      for (const answer of answers) expect(answer.ok || typeof answer.code === 'string').toBe(true);
      client.close();
    }),
    { numRuns: 25 },
  );
  expect(({} as { x?: unknown }).x).toBeUndefined();
  expect(await askQuestion()).toMatchObject({ state: 'done' });
});

// O13
test('missing, doubled or invalid acknowledgement functions have no effect', async () => {
  const client = await connectClient();
  const raw = client.socket as unknown as { emit(event: string, ...args: unknown[]): void };
  for (const event of CLIENT_EVENTS) {
    raw.emit(event);
    raw.emit(event, {});
    raw.emit(event, {}, 'no function');
    raw.emit(
      event,
      () => {},
      () => {},
    );
    raw.emit(event, {}, {}, () => {});
  }
  expect(await client.ask('typing', { on: true })).toEqual({ ok: true });
  expect(await askQuestion()).toMatchObject({ state: 'done' });
});

describe('a connection without a complete request', () => {
  async function openMany(count: number, first: string): Promise<TcpSocket[]> {
    const sockets = Array.from({ length: count }, () => connect({ port: server.port, host: '127.0.0.1' }));
    clients.push({ close: () => sockets.forEach((socket) => void socket.destroy()) });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    for (const socket of sockets) {
      socket.on('error', () => {}); // `close` follows
      socket.resume();
      socket.write(first);
    }
    return sockets;
  }
  const closed = (sockets: TcpSocket[]) => Promise.all(sockets.map((socket) => socket.closed || once(socket, 'close')));

  // O07, O08
  test('is closed, and visitors are served meanwhile', async () => {
    const [upgraded, dripping, slowBody] = await Promise.all([
      openMany(150, UPGRADE_REQUEST),
      openMany(150, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '),
      openMany(50, 'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{'),
    ]);
    const dripped = setInterval(() => {
      for (const socket of dripping) if (socket.writable) socket.write('x');
    }, 1000);
    onTestFinished(() => clearInterval(dripped));
    expect(await askQuestion()).toMatchObject({ state: 'done', stored: answerOf(20) });
    // Served while they are still open: a body may take 15 s, and none has been closed yet.
    expect(slowBody.filter((socket) => socket.closed)).toHaveLength(0);
    // The server closes them after 5 s, 10 s and 15 s. Node's defaults are 60 s for headers, which is longer than this
    // test's timeout, and 5 minutes for a body.
    await Promise.all([upgraded, dripping, slowBody].map(closed));
  }, 55_000);
});

describe('a client that does not read', () => {
  const TOKENS = 1000;
  /** A history page of these is 300 kB. A dozen fill the system's buffers of a connection on most machines, more than forty on some. */
  const LONG = '語'.repeat(4000);
  const PAGES = 120;
  let quick: SteadyClient;

  /** A visitor with two pages, one of which requests much and reads nothing. */
  async function freezePage() {
    endpoint.pace({ tokens: 1, everyMs: 0 });
    quick = openSteadyClient(server.port);
    clients.push(quick);
    for (let n = 1; n <= 25; n++) await quick.answered((await quick.send(LONG)).seq);
    const slow = await connectClient(quick.session());
    const tcp = (Reflect.get(slow.socket.io.engine.transport, 'ws') as { _socket: TcpSocket })._socket;
    tcp.pause();
    let pages = 0;
    const barrier = await connectClient(quick.session());
    for (let n = 1; n <= PAGES; n++) {
      slow.socket.emit('history-read', { beforeSeq: 51, limit: 50 }, () => {
        pages += 1;
      });
      await barrier.ask('history-read', { beforeSeq: 51, limit: 1 }); // one after the other, so that the system's buffers fill gradually
    }
    barrier.close();
    return { slow, tcp, pages: () => pages };
  }
  const askQuick = async () => {
    endpoint.pace({ tokens: TOKENS, everyMs: 2 });
    const sent = await quick.send('Tell me everything');
    return { ...sent, turnId: sent.turnId ?? '', answer: await quick.answered(sent.seq) };
  };
  const deltas = ({ events }: WidgetClient) => events.filter(({ type }) => type === 'text-delta').length;

  // O01
  test('is sent no more than it reads, and gets the missing part by replay when it reads again', async () => {
    const { slow, tcp, pages } = await freezePage();
    const { seq, turnId, answer } = await askQuick();
    expect(answer).toEqual({ fromDeltas: answerOf(TOKENS), stored: answerOf(TOKENS), state: 'done' });
    tcp.resume();
    await slow.received((event) => event.type === 'turn-end' && event.turnId === turnId);
    expect(deltas(slow)).toBeLessThan(TOKENS);
    expect(pages()).toBeLessThan(PAGES);
    const last = slow.events.findLast((event) => event.type === 'text-delta' && event.turnId === turnId);
    const afterDelta = last?.type === 'text-delta' ? last.n : 0;
    const replayed = await slow.ask<ReplayAnswer>('replay', { afterSeq: seq, turnId, afterDelta });
    const remaining = replayed.ok ? (replayed.turn?.deltas.map(({ text }) => text).join('') ?? '') : '';
    expect(slow.text(turnId) + remaining).toBe(answerOf(TOKENS));
  }, 30_000);

  test('is disconnected when it still does not read', async () => {
    await expect.poll(() => socketsOpen(server)).toBe(0);
    await freezePage();
    expect((await askQuick()).answer.state).toBe('done');
    await expect.poll(() => socketsOpen(server), { timeout: 20_000, interval: 500 }).toBe(1);
  }, 40_000);
});

// L37
test('an answer without viewers continues for a while and is then stopped, also upstream', async () => {
  const short = await startInstance(redis.url, endpoint, { redisPrefix: 'short', unwatchedMs: 2000 });
  onTestFinished(short.stop);
  endpoint.pace({ tokens: 5000, everyMs: 10 });
  const client = openSteadyClient(short.port);
  const { turnId = '' } = await client.send('Tell me everything');
  await expect.poll(() => client.textOf(turnId).length).toBeGreaterThan(10);
  clients.push(client);
  client.close();
  await expect.poll(() => socketsOpen(short)).toBe(0);
  expect(endpoint.running()).toBe(1); // it continues for visitors who come back
  await expect.poll(() => endpoint.running(), { timeout: 10_000 }).toBe(0);
});
