/** Five times as many questions as a process can serve: some are refused at once, the rest are answered as usual. */
import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { PacedEndpoint } from '@firstword/testing/paced-endpoint';
import type { ServerProcess } from '@firstword/testing/server-process';
import { onInstallation } from './installation.ts';
import { openPage, type Page } from './many-sockets.ts';
import { count, percentile, type Trial } from './scenario.ts';

const PAGES = 600;
const OPENED_AT_ONCE = 30;
const ANSWER = { tokens: 20, everyMs: 20, firstMs: 180 };
const STEP_SECONDS = 4;
const OVERLOAD_SECONDS = 15;
const TIMES = 5;
/** The longest acceptable wait for an acknowledgement, or for the end of an answer. */
const LOST_MS = 15_000;
const REFUSED_WITHIN_MS = 200;

/** What became of the questions of one stretch of time; times from the send, in milliseconds. */
interface Tally {
  readonly firstWords: number[];
  readonly refusals: number[];
  /** Refused without a time to come back, or with another code. */
  odd: number;
  /** Not acknowledged, or acknowledged and without an end. */
  lost: number;
  /** No page was free to ask it: the load was less than it says. */
  unasked: number;
}

const newTally = (): Tally => ({ firstWords: [], refusals: [], odd: 0, lost: 0, unasked: 0 });

interface Asker {
  /** Settles when the question is refused, or its answer has ended. */
  ask(tally: Tally): Promise<void>;
}

/** A page with at most one question under way. */
async function openAsker(port: number): Promise<Asker & Page> {
  let hear: (packet: string) => void = () => {};
  const page = await openPage(port, { onPacket: (packet) => hear(packet) });
  return {
    ...page,
    ask: (tally) =>
      new Promise((resolve) => {
        const from = performance.now();
        const end = () => {
          clearTimeout(timer);
          hear = () => {};
          resolve();
        };
        const timer = setTimeout(() => {
          tally.lost += 1;
          end();
        }, LOST_MS);
        let spoke = false;
        hear = (packet) => {
          if (packet.includes('"ok":false')) {
            tally.refusals.push(performance.now() - from);
            if (!/"code":"busy".*"retryAfterMs":\d+/.test(packet)) tally.odd += 1;
            end();
          } else if (!spoke && packet.includes('"text-delta"')) {
            spoke = true;
            tally.firstWords.push(performance.now() - from);
          } else if (packet.includes('"turn-end"')) end();
        };
        page.socket.send(`42/widget,0["message-send",{"id":"${randomUUID()}","text":"Where is my parcel?"}]`);
      }),
  };
}

/** Questions arrive at a fixed rate, whatever becomes of them. */
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

/** The most answers a second that were given while more and more was asked, until most of it was refused. */
async function findCapacity(askers: Asker[], say: (line: string) => void): Promise<number> {
  let most = 0;
  for (let perSecond = 20; ; perSecond = Math.round(perSecond * 1.5)) {
    const { firstWords, refusals } = await load(askers, perSecond, STEP_SECONDS);
    const given = firstWords.length / STEP_SECONDS;
    say(`${perSecond} questions a second: ${given.toFixed(0)} answered, ${count(refusals.length, 'refusal')}`);
    most = Math.max(most, given);
    if (refusals.length > perSecond * STEP_SECONDS * 0.5) return most;
  }
}

async function prepare(endpoint: PacedEndpoint, { port }: ServerProcess): Promise<(Asker & Page)[]> {
  endpoint.pace(ANSWER);
  const askers: (Asker & Page)[] = [];
  while (askers.length < PAGES)
    askers.push(...(await Promise.all(Array.from({ length: OPENED_AT_ONCE }, () => openAsker(port)))));
  await load(askers, 10, 10); // a process compiles its code in its first turns
  return askers;
}

export const overload: Trial = {
  id: 'O05',
  promise:
    'P10: each refusal says busy and when to come back, p99 within 200 ms; first words p95 at most twice those of an idle process; 0 lost',
  run: (say) =>
    onInstallation(async ({ endpoint, start }) => {
      const askers = await prepare(endpoint, await start());
      const idle = await load(askers, 5, 6);
      const capacity = await findCapacity(askers, say);
      await pause(2000);
      const own = monitorEventLoopDelay();
      own.enable();
      const { firstWords, refusals, odd, lost, unasked } = await load(askers, TIMES * capacity, OVERLOAD_SECONDS);
      own.disable();
      for (const { socket } of askers) socket.close();
      const usual = percentile(idle.firstWords, 0.95);
      const first = percentile(firstWords, 0.95);
      const refused = percentile(refusals, 0.99);
      const asked = firstWords.length + refusals.length + lost;
      return {
        did: `${(asked / OVERLOAD_SECONDS).toFixed(0)} questions a second for ${OVERLOAD_SECONDS} s where ${capacity.toFixed(0)} are answered`,
        figure:
          `${count(firstWords.length, 'answer')}, first words p95 ${first.toFixed(0)} ms (idle ${usual.toFixed(0)} ms); ` +
          `${count(refusals.length, 'refusal')} after p99 ${refused.toFixed(0)} ms, ${odd} without a time; ${lost} lost; ` +
          `${unasked} not asked; the asking process' own loop p99 ${(own.percentile(99) / 1e6).toFixed(0)} ms`,
        held: odd === 0 && lost === 0 && refusals.length > 0 && refused <= REFUSED_WITHIN_MS && first <= 2 * usual,
      };
    }),
};
