/** A thousand sockets: how quick answers stay among them, and how they come back when all are cut at once. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type LightSocket, openLightSocket } from '@firstword/testing/light-socket';
import { nowMicros, readStamps, writeStamp } from '@firstword/testing/stamp';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { SITE_ORIGIN } from '@firstword/testing/test-server';
import { onInstallation, readMetric } from './installation.ts';
import { count, percentile, seconds, type Trial } from './scenario.ts';

const SOCKETS = 1000;
const CONNECTING_AT_ONCE = 50;
const STREAMS = 50;
const TOKENS_PER_SECOND = 50;
const STREAM_SECONDS = 20;

export interface Page {
  readonly socket: LightSocket;
  readonly session: string;
}

/** Resolves when the session has started. */
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

/** A process compiles its code in its first turns; they are not what is measured. */
async function warmUp(port: number): Promise<void> {
  const visitor = openSteadyClient(port);
  for (let n = 1; n <= WARM_UP_TURNS; n++) await visitor.answered((await visitor.send(`${WARM_UP} ${n}`)).seq);
  visitor.close();
}
const WARM_UP = 'to warm up';

export const crowd: Trial = {
  id: 'O02',
  promise: 'first words p95 within 100 ms, tokens p99 within 250 ms, event loop p99 within 100 ms',
  run: () =>
    onInstallation(async ({ endpoint, start }) => {
      const tokens = TOKENS_PER_SECOND * STREAM_SECONDS;
      endpoint.pace({ tokens, everyMs: 1000 / TOKENS_PER_SECOND, token: () => writeStamp(nowMicros()) });
      endpoint.paceFor(WARM_UP, { tokens: 20, everyMs: 0 });
      const server = await start();
      await warmUp(server.port);
      const ages: number[] = [];
      const firsts: number[] = [];
      const askedAt = new Map<number, number>();
      let ended = 0;
      const pages = await openPages(server.port, (index, packet) => {
        if (packet.includes('"turn-end"')) ended += 1;
        if (!packet.includes('"text-delta"')) return;
        const from = askedAt.get(index);
        if (from !== undefined) firsts.push(performance.now() - from);
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
      const [first, token] = [percentile(firsts, 0.95), percentile(ages, 0.99)];
      return {
        did: `${count(SOCKETS, 'socket')}, ${STREAMS} answers at ${TOKENS_PER_SECOND} tokens/s for ${STREAM_SECONDS} s`,
        figure: `first words p95 ${first.toFixed(0)} ms, ${count(ages.length, 'token')} p99 ${token.toFixed(0)} ms, event loop p99 ${lagMs.toFixed(0)} ms`,
        held: first <= 100 && token <= 250 && lagMs <= 100,
      };
    }),
};

/** As Socket.IO's client does at its first try: half a second, a half more or less. */
const comeBackMs = () => 500 * (0.5 + Math.random());

export const herd: Trial = {
  id: 'O03',
  promise: 'all resumed within 10 s, 0 errors, event loop never held for more than 1 s',
  run: () =>
    onInstallation(async ({ start }) => {
      const server = await start();
      const pages = await openPages(server.port, () => {});
      await readMetric(server, 'nodejs_eventloop_lag_max_seconds');
      const from = performance.now();
      for (const { socket } of pages) socket.close();
      let errors = 0;
      const back = await Promise.all(
        pages.map(async ({ session }) => {
          await pause(comeBackMs());
          const page = await openPage(server.port, { session }).catch(() => undefined);
          if (page?.session !== session) errors += 1;
          return page;
        }),
      );
      const ms = performance.now() - from;
      const lagMs = (await readMetric(server, 'nodejs_eventloop_lag_max_seconds')) * 1000;
      for (const page of back) page?.socket.close();
      return {
        did: `${count(SOCKETS, 'socket')} cut in the same moment`,
        figure: `resumed after ${seconds(ms)}, ${count(errors, 'error')}, event loop held for at most ${lagMs.toFixed(0)} ms`,
        held: ms <= 10_000 && errors === 0 && lagMs <= 1000,
      };
    }),
};
