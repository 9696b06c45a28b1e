/** A thousand sockets: the latency of answers among them, and their reconnects after all are cut at once. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type LightSocket, openLightSocket } from '@firstword/testing/light-socket';
import { nowMicros, readStamps, writeStamp } from '@firstword/testing/stamp';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { SITE_ORIGIN } from '@firstword/testing/test-server';
import { onInstallation, readMetric } from './installation.ts';
import { count, percentile, type Scenario, seconds } from './scenario.ts';

const SOCKETS = 1000;
const CONNECTING_AT_ONCE = 50;
const STREAMS = 50;
const TOKENS_PER_SECOND = 50;
const STREAM_SECONDS = 20;

export interface Page {
  readonly socket: LightSocket;
  readonly session: string;
}

/** Resolves once the session has started. */
export function openPage(
  port: number,
  { session, onPacket = () => {} }: { session?: string; onPacket?: (packet: string) => void } = {},
): Promise<Page> {
  const auth = JSON.stringify({ site: 'acme', ...(session === undefined ? {} : { session }) });
  return new Promise((resolve, reject) => {
    openLightSocket({
      port,
      origin: SITE_ORIGIN,
      onPacket(packet, socket) {
        if (packet.startsWith('0')) return socket.send(`40/widget,${auth}`);
        if (packet.startsWith('44/widget')) return reject(new Error(packet));
        const started = /"session-start",\{"session":"([^"]+)"/.exec(packet)?.[1];
        if (started !== undefined) resolve({ socket, session: started });
        onPacket(packet);
      },
      onClose: () => reject(new Error('closed before its session started')),
    });
  });
}

async function openPages(port: number, onPacket: (index: number, packet: string) => void): Promise<Page[]> {
  const pages: Page[] = [];
  while (pages.length < SOCKETS) {
    const from = pages.length;
    pages.push(
      ...(await Promise.all(
        Array.from({ length: CONNECTING_AT_ONCE }, (_, at) =>
          openPage(port, { onPacket: (packet) => onPacket(from + at, packet) }),
        ),
      )),
    );
  }
  return pages;
}

const WARM_UP_TURNS = 100;

/** The first turns are slower because V8 compiles the code; they are not measured. */
async function warmUp(port: number): Promise<void> {
  const visitor = openSteadyClient(port);
  for (let n = 1; n <= WARM_UP_TURNS; n++) await visitor.answered((await visitor.send(`${WARM_UP} ${n}`)).seq);
  visitor.close();
}
const WARM_UP = 'to warm up';

export const manySockets: Scenario = {
  id: 'O02',
  promise: 'TTFT p95 within 100 ms, tokens p99 within 250 ms, event loop p99 within 100 ms',
  run: () =>
    onInstallation(async ({ endpoint, start }) => {
      const tokens = TOKENS_PER_SECOND * STREAM_SECONDS;
      endpoint.pace({ tokens, everyMs: 1000 / TOKENS_PER_SECOND, token: () => writeStamp(nowMicros()) });
      endpoint.paceFor(WARM_UP, { tokens: 20, everyMs: 0 });
      const server = await start();
      await warmUp(server.port);
      const ages: number[] = [];
      const ttfts: number[] = [];
      const askedAt = new Map<number, number>();
      let ended = 0;
      const pages = await openPages(server.port, (index, packet) => {
        if (packet.includes('"turn-end"')) ended += 1;
        if (!packet.includes('"text-delta"')) return;
        const from = askedAt.get(index);
        if (from !== undefined) ttfts.push(performance.now() - from);
        askedAt.delete(index);
        readStamps(packet, nowMicros(), (ageMs) => ages.push(ageMs));
      });
      await readMetric(server, 'nodejs_eventloop_lag_p99_seconds'); // resets the measurement
      for (const [index, { socket }] of pages.slice(0, STREAMS).entries()) {
        askedAt.set(index, performance.now());
        socket.send(`42/widget,0["message-send",{"id":"${randomUUID()}","text":"Where is my parcel?"}]`);
        await pause(100);
      }
      while (ended < STREAMS) await pause(100);
      const lagMs = (await readMetric(server, 'nodejs_eventloop_lag_p99_seconds')) * 1000;
      for (const { socket } of pages) socket.close();
      const [ttft, token] = [percentile(ttfts, 0.95), percentile(ages, 0.99)];
      return {
        test: `${count(SOCKETS, 'socket')}, ${STREAMS} answers at ${TOKENS_PER_SECOND} tokens/s for ${STREAM_SECONDS} s`,
        result: `TTFT p95 ${ttft.toFixed(0)} ms, ${count(ages.length, 'token')} p99 ${token.toFixed(0)} ms, event loop p99 ${lagMs.toFixed(0)} ms`,
        held: ttft <= 100 && token <= 250 && lagMs <= 100,
      };
    }),
};

/** The delay of Socket.IO's client before its first attempt to reconnect: 0.5 s, randomized by 50 %. */
const reconnectDelayMs = () => 500 * (0.5 + Math.random());

export const reconnectAll: Scenario = {
  id: 'O03',
  promise: 'all reconnected within 10 s, 0 errors, event loop never blocked for more than 1 s',
  run: () =>
    onInstallation(async ({ start }) => {
      const server = await start();
      const pages = await openPages(server.port, () => {});
      await readMetric(server, 'nodejs_eventloop_lag_max_seconds');
      const from = performance.now();
      for (const { socket } of pages) socket.close();
      let errors = 0;
      const reconnected = await Promise.all(
        pages.map(async ({ session }) => {
          await pause(reconnectDelayMs());
          const page = await openPage(server.port, { session }).catch(() => undefined);
          if (page?.session !== session) errors += 1;
          return page;
        }),
      );
      const ms = performance.now() - from;
      const lagMs = (await readMetric(server, 'nodejs_eventloop_lag_max_seconds')) * 1000;
      for (const page of reconnected) page?.socket.close();
      return {
        test: `${count(SOCKETS, 'socket')} cut in the same moment`,
        result: `resumed after ${seconds(ms)}, ${count(errors, 'error')}, event loop blocked for at most ${lagMs.toFixed(0)} ms`,
        held: ms <= 10_000 && errors === 0 && lagMs <= 1000,
      };
    }),
};
