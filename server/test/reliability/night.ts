/**
 * `npm run test:night`: fault tests that take too long for every change. `-- --only R01,O03` runs some of them;
 * `--rate 40` sends fewer than 200 messages a second, for a slow or busy machine.
 */
import { cpus, loadavg } from 'node:os';
import { unknownName } from '@firstword/server/lib/command-line';
import { startTestPostgres } from '@firstword/testing/test-database';
import { archiveLag } from './night/archive-lag.ts';
import { events, frames, requests, slowClient } from './night/client-faults.ts';
import { clusterKills } from './night/cluster-kills.ts';
import { coldConversations } from './night/cold-conversations.ts';
import { endWith, readOptions } from './night/command.ts';
import { everyToken, insideFrames, rollingRestart, silence } from './night/connection-cuts.ts';
import { consumerKills } from './night/consumer-kills.ts';
import { fullDisk, slowDisk } from './night/disk-failures.ts';
import { buildServer } from './night/installation.ts';
import { redisKills, serverKills } from './night/kills.ts';
import { longPolling } from './night/long-polling.ts';
import { manySockets, reconnectAll } from './night/many-sockets.ts';
import { overload } from './night/overload.ts';
import { failovers, truncatedLog } from './night/redis-failures.ts';
import { openFiles, smallHeap } from './night/resource-limits.ts';
import { rollingUpgrade } from './night/rolling-upgrade.ts';
import type { Scenario, ScenarioResult } from './night/scenario.ts';
import { bothStoresKilled, postgresKills } from './night/store-kills.ts';
import { ticketAfterHandOff, ticketAfterVerdict } from './night/ticket-times.ts';
import { idleConnections, slowRedis, unreachableRedis } from './night/wait-times.ts';

const USAGE = `npm run test:night -- [options]

Runs the fault tests that take too long for every change, and prints a table. Exit code 1 when one is missed.

  --only R01,O03   only these tests; default: all
  --rate N         messages a second, above 0; default: 200
  --help           show this text`;

const { values } = readOptions({
  options: {
    only: { type: 'string' },
    rate: { type: 'string', default: '200' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) endWith(USAGE, 0);
const perSecond = Number(values.rate);
if (!(perSecond > 0))
  endWith(`--rate: "${values.rate}" is not allowed. Use a number of messages a second, above 0.`, 1);

const SCENARIOS: readonly Scenario[] = [
  ...serverKills(perSecond),
  redisKills(perSecond),
  slowDisk(perSecond),
  fullDisk(perSecond),
  truncatedLog,
  ...failovers(perSecond),
  postgresKills(perSecond),
  bothStoresKilled(perSecond),
  consumerKills(perSecond),
  coldConversations(perSecond),
  clusterKills(perSecond),
  everyToken,
  insideFrames,
  silence,
  longPolling({ id: 'C08', sticky: true }),
  longPolling({ id: 'C09', sticky: false }),
  rollingRestart,
  rollingUpgrade(perSecond),
  slowClient,
  manySockets,
  reconnectAll,
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
  ticketAfterHandOff(perSecond),
  archiveLag(perSecond),
];

const chosen = values.only?.split(',');
const ids = SCENARIOS.map(({ id }) => id);
for (const id of chosen ?? []) if (!ids.includes(id)) endWith(`--only: ${unknownName('test', id, ids)}`, 1);
const scenarios = SCENARIOS.filter(({ id }) => chosen === undefined || chosen.includes(id));
const report = (line: string) => void process.stderr.write(`${line}\n`);

async function runScenario({ id, run }: Scenario): Promise<ScenarioResult> {
  report(`${id} …`);
  const from = performance.now();
  try {
    return await run((line) => report(`${id}   ${line}`));
  } catch (error) {
    report(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { test: 'failed to run', result: String(error).split('\n')[0] ?? '', held: false };
  } finally {
    report(`${id} took ${((performance.now() - from) / 1000).toFixed(0)} s`);
  }
}

// Child processes are stopped by an exit handler, which doesn't run if a signal ends the process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
buildServer();
const postgres = await startTestPostgres();
const rows: string[] = [];
let missed = 0;
let acks = 0;
for (const scenario of scenarios) {
  const { test, result, held, acks: added = 0 } = await runScenario(scenario);
  acks += added;
  if (!held) missed += 1;
  // Other load on the machine can explain a missed time limit, but no other failure.
  const load = loadavg()[0]?.toFixed(1) ?? '';
  rows.push(`| ${scenario.id} | ${test} | ${result} | ${scenario.promise} | ${load} | ${held ? 'held' : 'MISSED'} |`);
  report(rows.at(-1) ?? '');
}
const [cpu] = cpus();
process.stdout.write(
  `${[
    `${new Date().toISOString().slice(0, 10)} · ${cpus().length} × ${cpu?.model ?? 'unknown'} · Node ${process.versions.node}`,
    '',
    '| ID | test | result | promise | load average | |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    missed === 0 ? `All ${scenarios.length} held.` : `${missed} of ${scenarios.length} missed.`,
    ...(acks > 0 ? [`${acks.toLocaleString('en')} acknowledgements during the kills.`] : []),
  ].join('\n')}\n`,
);
await postgres.stop();
process.exit(missed === 0 ? 0 : 1);
