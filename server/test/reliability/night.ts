/**
 * `npm run test:night`: the faults that take too long for every change. `-- --only R01,O03` runs some of them;
 * `--rate 40` lets visitors write less than 200 messages a second, for a machine that cannot carry them beside its other work.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { events, frames, requests, slowConsumer } from './night/client-faults.ts';
import { everyToken, insideFrames, rollingRestart, silence } from './night/connection-cuts.ts';
import { buildServer } from './night/installation.ts';
import { redisKills, serverKills } from './night/kills.ts';
import { crowd, herd } from './night/many-sockets.ts';
import { overload } from './night/overload.ts';
import { cutLog, failovers, fullDisk, slowDisk } from './night/redis-failures.ts';
import { openFiles, smallHeap } from './night/resource-limits.ts';
import type { Finding, Trial } from './night/scenario.ts';
import { idleConnections, slowRedis, ticketAfterVerdict, unreachableRedis } from './night/wait-times.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, rate: { type: 'string', default: '200' } },
});
const perSecond = Number(values.rate);
if (!(perSecond > 0)) throw new Error('--rate: messages a second, above 0');

const TRIALS: readonly Trial[] = [
  ...serverKills(perSecond),
  redisKills(perSecond),
  slowDisk(perSecond),
  fullDisk(perSecond),
  cutLog,
  ...failovers(perSecond),
  everyToken,
  insideFrames,
  silence,
  rollingRestart,
  slowConsumer,
  crowd,
  herd,
  overload,
  frames,
  events,
  requests,
  openFiles,
  smallHeap,
  unreachableRedis,
  slowRedis,
  idleConnections,
  ticketAfterVerdict,
];

const chosen = values.only?.split(',');
const trials = TRIALS.filter(({ id }) => chosen === undefined || chosen.includes(id));
const say = (line: string) => void process.stderr.write(`${line}\n`);

async function attempt({ id, run }: Trial): Promise<Finding> {
  say(`${id} …`);
  const from = performance.now();
  try {
    return await run((line) => say(`${id}   ${line}`));
  } catch (error) {
    return { did: 'could not be done', figure: String(error).split('\n')[0] ?? '', held: false };
  } finally {
    say(`${id} took ${((performance.now() - from) / 1000).toFixed(0)} s`);
  }
}

// What was started ends with the process, and a signal alone would not say so.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
buildServer();
const rows: string[] = [];
let missed = 0;
let acks = 0;
for (const trial of trials) {
  const { did, figure, held, acks: more = 0 } = await attempt(trial);
  acks += more;
  if (!held) missed += 1;
  // A machine that is busy with something else explains a time that was missed, and nothing else.
  const load = loadavg()[0]?.toFixed(1) ?? '';
  rows.push(`| ${trial.id} | ${did} | ${figure} | ${trial.promise} | ${load} | ${held ? 'held' : 'MISSED'} |`);
  say(rows.at(-1) ?? '');
}
const [cpu] = cpus();
process.stdout.write(
  `${[
    `${new Date().toISOString().slice(0, 10)} · ${cpus().length} × ${cpu?.model ?? 'unknown'} · Node ${process.versions.node}`,
    '',
    '| ID | what was done | figure | promise | load average | |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    missed === 0 ? `All ${trials.length} held.` : `${missed} of ${trials.length} missed.`,
    ...(acks > 0 ? [`${acks.toLocaleString('en')} acknowledgements over the kills.`] : []),
  ].join('\n')}\n`,
);
process.exit(missed === 0 ? 0 : 1);
