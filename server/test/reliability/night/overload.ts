/** Sends five times as many questions as a process can serve: some must be refused at once, the others answered as usual. */
import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { PacedEndpoint } from '@firstword/testing/paced-endpoint';
import type { ServerProcess } from '@firstword/testing/server-process';
import { onInstallation } from './installation.ts';
import { openPage, type Page } from './many-sockets.ts';
import { count, percentile, type Scenario } from './scenario.ts';

const PAGES = 600;
const OPENED_AT_ONCE = 30;
const ANSWER = { tokens: 20, everyMs: 20, firstMs: 180 };
const STEP_SECONDS = 4;
const OVERLOAD_SECONDS = 15;
const TIMES = 5;
/** The longest acceptable wait for an acknowledgement, or for the end of an answer. */
const LOST_MS = 15_000;
const REFUSED_WITHIN_MS = 200;

/** The outcomes of the questions of one phase. Times are milliseconds since the send. */
interface Tally {
  readonly ttfts: number[];
  readonly refusals: number[];
  /** Refused without `retryAfterMs`, or with another code. */
  malformed: number;
  /** Not acknowledged, or never ended. */
  lost: number;
  /** Not asked because no page was free, so the load was lower than intended. */
  unasked: number;
}

const newTally = (): Tally => ({ ttfts: [], refusals: [], malformed: 0, lost: 0, unasked: 0 });

interface Asker {
  /** Resolves when the question is refused or its answer has ended. */
  ask(tally: Tally): Promise<void>;
}

/** A page with at most one open question. */
async function openAsker(port: number): Promise<Asker & Page> {
  let onPacket: (packet: string) => void = () => {};
  const page = await openPage(port, { onPacket: (packet) => onPacket(packet) });
  return {
    ...page,
    ask: (tally) =>
      new Promise((resolve) => {
        const from = performance.now();
        const end = () => {
          clearTimeout(timer);
          onPacket = () => {};
          resolve();
        };
        const timer = setTimeout(() => {
          tally.lost += 1;
          end();
        }, LOST_MS);
        let started = false;
        onPacket = (packet) => {
          if (packet.includes('"ok":false')) {
            tally.refusals.push(performance.now() - from);
            if (!/"code":"busy".*"retryAfterMs":\d+/.test(packet)) tally.malformed += 1;
            end();
          } else if (!started && packet.includes('"text-delta"')) {
            started = true;
            tally.ttfts.push(performance.now() - from);
          } else if (packet.includes('"turn-end"')) end();
        };
        page.socket.send(`42/widget,0["message-send",{"id":"${randomUUID()}","text":"Where is my parcel?"}]`);
      }),
  };
}

/** Sends questions at a fixed rate, however they are answered. */
async function load(free: Asker[], perSecond: number, seconds: number): Promise<Tally> {
  const tally = newTally();
  const asked: Promise<void>[] = [];
  const from = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    const due = from + (n / perSecond) * 1000;
    if (due > performance.now()) await pause(due - performance.now());
    const asker = free.pop();
    if (asker === undefined) tally.unasked += 1;
    else asked.push(asker.ask(tally).then(() => void free.unshift(asker)));
  }
  await Promise.all(asked);
  return tally;
}

/** Raises the rate until most questions are refused; returns the most answers a second. */
async function findCapacity(askers: Asker[], report: (line: string) => void): Promise<number> {
  let most = 0;
  for (let perSecond = 20; ; perSecond = Math.round(perSecond * 1.5)) {
    const { ttfts, refusals } = await load(askers, perSecond, STEP_SECONDS);
    const answered = ttfts.length / STEP_SECONDS;
    report(`${perSecond} questions a second: ${answered.toFixed(0)} answered, ${count(refusals.length, 'refusal')}`);
    most = Math.max(most, answered);
    if (refusals.length > perSecond * STEP_SECONDS * 0.5) return most;
  }
}

async function prepare(endpoint: PacedEndpoint, { port }: ServerProcess): Promise<(Asker & Page)[]> {
  endpoint.pace(ANSWER);
  const askers: (Asker & Page)[] = [];
  while (askers.length < PAGES)
    askers.push(...(await Promise.all(Array.from({ length: OPENED_AT_ONCE }, () => openAsker(port)))));
  await load(askers, 10, 10); // the first turns are slower because V8 compiles the code
  return askers;
}

export const overload: Scenario = {
  id: 'O05',
  promise:
    'P10: each refusal says `busy` and when to retry, p99 within 200 ms; TTFT p95 at most twice those of an idle process; 0 lost',
  run: (report) =>
    onInstallation(async ({ endpoint, start }) => {
      const askers = await prepare(endpoint, await start());
      const idle = await load(askers, 5, 6);
      const capacity = await findCapacity(askers, report);
      await pause(2000);
      const ownLoop = monitorEventLoopDelay();
      ownLoop.enable();
      const { ttfts, refusals, malformed, lost, unasked } = await load(askers, TIMES * capacity, OVERLOAD_SECONDS);
      ownLoop.disable();
      for (const { socket } of askers) socket.close();
      const idleTtft = percentile(idle.ttfts, 0.95);
      const ttft = percentile(ttfts, 0.95);
      const refused = percentile(refusals, 0.99);
      const asked = ttfts.length + refusals.length + lost;
      return {
        test: `${(asked / OVERLOAD_SECONDS).toFixed(0)} questions a second for ${OVERLOAD_SECONDS} s, where ${capacity.toFixed(0)} a second can be answered`,
        result:
          `${count(ttfts.length, 'answer')}, TTFT p95 ${ttft.toFixed(0)} ms (idle ${idleTtft.toFixed(0)} ms); ` +
          `${count(refusals.length, 'refusal')} after p99 ${refused.toFixed(0)} ms, ${malformed} without a time; ${lost} lost; ` +
          `${unasked} not asked; the load generator's own loop p99 ${(ownLoop.percentile(99) / 1e6).toFixed(0)} ms`,
        held:
          malformed === 0 && lost === 0 && refusals.length > 0 && refused <= REFUSED_WITHIN_MS && ttft <= 2 * idleTtft,
      };
    }),
};
