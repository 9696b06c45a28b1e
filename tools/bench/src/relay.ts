/**
 * Measures how many streams of 60 tokens/s one web process relays and the latency it adds to each token. Compares the
 * product with a bare Socket.IO relay at each stream count; load generator and endpoint have their own processes.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { round, summarise } from '@firstword/server/evaluation/series';
import { z } from 'zod';
import { installRivals } from './install-rivals.ts';
import { type BenchProcess, costSchema, startBenchProcess } from './relay/bench-process.ts';
import { holds, leastDisturbed, type RelayStep, toRelayResult } from './relay/relay-result.ts';
import { RIVAL_NAMES, RIVALS } from './relay/rivals.ts';

const STEPS = [25, 50, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800, 900, 1000];
const WARM_UP_STREAMS = 200;
/** Pause before the measured window, and between measurements. */
const SETTLE_MS = 1000;
const WINDOW_MS = 2000;

interface Server {
  readonly kind: string;
  readonly process: BenchProcess;
  readonly steps: RelayStep[];
}

const agesSchema = z.object({ ages: z.array(z.number()), lost: z.int() });
const countsSchema = z.object({ running: z.int(), sent: z.int() });

/**
 * @param rounds windows of two seconds for each server at each stream count, alternating
 * @param options `rivals` also measures the bare relay with other projects' packages, which npm installs for the run
 */
export async function benchRelay(
  rounds: number,
  onRound: (done: number) => void,
  options: { rivals: boolean },
): Promise<BenchResult> {
  const rivals = options.rivals ? await installRivals(RIVAL_NAMES.flatMap((name) => RIVALS[name])) : undefined;
  const upstream = await startBenchProcess(new URL('./relay/upstream.ts', import.meta.url));
  const processes: BenchProcess[] = [upstream];
  const baseUrl = `http://127.0.0.1:${upstream.port}/v1`;
  const start = async (file: string, argument = baseUrl) => {
    const started = await startBenchProcess(new URL(`./relay/${file}`, import.meta.url), argument);
    processes.push(started);
    return started;
  };
  try {
    const load = await start('load.ts');
    const servers: Server[] = [
      { kind: 'bare', process: await start('bare-server.ts'), steps: [] },
      { kind: 'product', process: await start('product-server.ts'), steps: [] },
    ];
    for (const rival of rivals === undefined ? [] : RIVAL_NAMES) {
      const argument = JSON.stringify({ rival, folder: rivals?.folder, baseUrl });
      servers.push({ kind: rival, process: await start('rival-server.ts', argument), steps: [] });
    }
    const measureOne = ({ kind, process }: Server, streams: number) =>
      measure({ kind, server: process, upstream, load, streams });
    for (const server of servers) await measureOne(server, WARM_UP_STREAMS); // warms up the JIT
    for (const [index, streams] of STEPS.entries()) {
      const running = servers.filter(({ steps }) => steps.every(holds));
      if (running.length === 0) break;
      const measured = new Map(running.map((server): [Server, RelayStep[]] => [server, []]));
      for (let round = 0; round < rounds; round++)
        for (const [server, steps] of measured) steps.push(await measureOne(server, streams));
      for (const [server, steps] of measured) server.steps.push(leastDisturbed(steps));
      onRound(index + 1);
    }
    return toRelayResult(new Map(servers.map(({ kind, steps }) => [kind, steps])));
  } finally {
    for (const part of processes.toReversed()) await part.stop();
    await rivals?.remove();
  }
}

async function measure(parts: {
  kind: string;
  server: BenchProcess;
  upstream: BenchProcess;
  load: BenchProcess;
  streams: number;
}): Promise<RelayStep> {
  const { kind, server, upstream, load, streams } = parts;
  const all = [server, upstream, load];
  const costs = () => Promise.all(all.map((part) => part.ask('cost', null, costSchema)));
  await load.ask('open', { port: server.port, server: kind === 'product' ? kind : 'bare', count: streams }, z.null());
  await load.ask('ask', null, z.null());
  await until(async () => (await upstream.ask('counts', null, countsSchema)).running === streams);
  await pause(SETTLE_MS);

  await load.ask('take', null, agesSchema);
  const before = await costs();
  await pause(WINDOW_MS);
  const { ages, lost } = await load.ask('take', null, agesSchema);
  const after = await costs();

  await upstream.ask('finish', null, z.null());
  await pause(SETTLE_MS);
  await load.ask('close', null, z.null());
  if (lost > 0) throw new Error(`${kind}: ${lost} of ${streams} visitors lost their connection`);
  if (ages.length === 0) throw new Error(`${kind}: received no token`);

  const spent = after.map((cost, at) => {
    const from = before[at] ?? cost;
    return {
      cpuMs: (cost.cpuMicros - from.cpuMicros) / 1000,
      busy: (cost.busyMs - from.busyMs) / (cost.atMs - from.atMs),
    };
  });
  const [own, ...tools] = spent;
  return {
    streams,
    age: summarise(ages),
    tokensPerSecond: round((ages.length / WINDOW_MS) * 1000),
    cpuMsPerThousandTokens: round(((own?.cpuMs ?? Number.NaN) / ages.length) * 1000),
    busy: round(own?.busy ?? Number.NaN),
    toolsBusy: round(Math.max(...tools.map(({ busy }) => busy))),
  };
}

/** Polls every 100 ms, for at most 30 s. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await isSo()) return;
    await pause(100);
  }
  throw new Error('Not all answers started within 30 s.');
}
