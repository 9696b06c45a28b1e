/**
 * `npm run test:soak -- --minutes 30`: a constant load with one fault a minute. No fault kills the web process, so that its
 * memory can be compared between the warm-up and the end.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { startTestPostgres } from '@firstword/testing/test-database';
import { INSPECTABLE, type Memory, openMemoryReader } from './night/collected-memory.ts';
import { endWith, readOptions } from './night/command.ts';
import { buildServer, onInstallation, readMetric } from './night/installation.ts';
import { count, percentile, seconds } from './night/scenario.ts';
import { startVisitors } from './night/visitors.ts';

const USAGE = `npm run test:soak -- [options]

Keeps a constant load with one fault after another, and compares memory between the warm-up and the end.

  --minutes N         default: 30
  --rate N            messages a second, of 100 visitors together; default: 50
  --fault-seconds N   time between two faults; default: 60
  --help              show this text`;

const { values } = readOptions({
  options: {
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '50' },
    'fault-seconds': { type: 'string', default: '60' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) endWith(USAGE, 0);
const minutes = Number(values.minutes);
const perSecond = Number(values.rate);
const faultMs = Number(values['fault-seconds']) * 1000;
for (const name of ['minutes', 'rate', 'fault-seconds'] as const)
  if (!(Number(values[name]) > 0)) endWith(`--${name}: "${values[name]}" is not allowed. Use a number above 0.`, 1);

const report = (line: string) => void process.stderr.write(`${line}\n`);
const MAX_MB_A_MINUTE = 1;
/** In this share of the time, caches fill and V8 compiles the code. */
const WARM_UP = 1 / 3;

const SAMPLE_MS = 15_000;

interface Sample extends Memory {
  readonly minute: number;
}

/** Least squares, in megabytes a minute. */
function slopeOf(samples: readonly Sample[], mbOf: (sample: Sample) => number): number {
  const middle = samples.reduce((sum, { minute }) => sum + minute, 0) / samples.length;
  const mean = samples.reduce((sum, sample) => sum + mbOf(sample), 0) / samples.length;
  const above = samples.reduce((sum, sample) => sum + (sample.minute - middle) * (mbOf(sample) - mean), 0);
  return above / samples.reduce((sum, { minute }) => sum + (minute - middle) ** 2, 0);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
buildServer();
const postgres = await startTestPostgres();
const held = await onInstallation(async ({ redis, endpoint, start, onTeardown }) => {
  endpoint.pace({ tokens: 20, everyMs: 10 });
  const server = await start({ nodeOptions: INSPECTABLE });
  const memory = await openMemoryReader(server);
  onTeardown(memory.close);
  const proxy = await startTcpProxy({ port: server.port });
  onTeardown(proxy.stop);
  const faults: readonly [string, () => Promise<void>][] = [
    ['every connection cut', async () => proxy.cut()],
    [
      'Redis killed',
      async () => {
        await redis.kill();
        await redis.start();
      },
    ],
    [
      'Redis frozen for 3 s',
      async () => {
        redis.signal('SIGSTOP');
        await pause(3000);
        redis.signal('SIGCONT');
      },
    ],
    [
      'the network silent for 5 s',
      async () => {
        proxy.blackHole(true);
        await pause(5000);
        proxy.blackHole(false);
      },
    ],
  ];
  const visitors = startVisitors(proxy.port, { count: 100, perSecond });
  const from = performance.now();
  const minute = () => (performance.now() - from) / 60_000;
  const samples: Sample[] = [];
  let nextFault = faultMs;
  let faultCount = 0;
  while (minute() < minutes) {
    await pause(SAMPLE_MS);
    samples.push({ minute: minute(), ...(await memory.read()) });
    if (performance.now() - from < nextFault) continue;
    nextFault += faultMs;
    const [name, inject] = faults[faultCount % faults.length] ?? ['', async () => {}];
    faultCount += 1;
    await inject();
    report(
      `minute ${minute().toFixed(0)}: ${name}; ${count(visitors.acks(), 'ack')}, ${samples.at(-1)?.keptMb.toFixed(1)} MB kept`,
    );
  }
  const breaches = await visitors.settle();
  for (const breach of breaches.slice(0, 10)) report(breach);
  const warm = samples.filter((sample) => sample.minute >= minutes * WARM_UP);
  const slope = slopeOf(warm, ({ keptMb }) => keptMb);
  const residentSlope = slopeOf(warm, ({ residentMb }) => residentMb);
  await pause(2000);
  const left = await readMetric(server, 'widget_sockets');
  const lines = [
    `${minutes} minutes, ${count(faultCount, 'fault')}, ${count(visitors.acks(), 'ack')} at ${visitors.rate().toFixed(0)}/s`,
    `acknowledged after p50 ${seconds(percentile(visitors.waits(), 0.5))}, p99 ${seconds(percentile(visitors.waits(), 0.99))}`,
    `P1 to P3: ${count(breaches.length, 'breach', 'breaches')}`,
    `P8: kept after a collection: ${warm[0]?.keptMb.toFixed(1)} MB after the warm-up, ${warm.at(-1)?.keptMb.toFixed(1)} MB at the end, ${slope.toFixed(2)} MB a minute (at most ${MAX_MB_A_MINUTE})`,
    `resident after the same collections: ${warm[0]?.residentMb.toFixed(0)} MB, ${warm.at(-1)?.residentMb.toFixed(0)} MB, ${residentSlope.toFixed(2)} MB a minute`,
    `P8: ${count(left, 'socket')} left open`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return breaches.length === 0 && slope <= MAX_MB_A_MINUTE && left === 0;
});
await postgres.stop();
process.exit(held ? 0 : 1);
