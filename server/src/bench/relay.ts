/**
 * How many answers one web process can pass on at 60 tokens a second, and what it adds to each token: the product
 * beside a bare Socket.IO relay, in turn at each stream count, with load and endpoint in processes of their own.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type BenchProcess, costSchema, startBenchProcess } from './relay/bench-process.ts';
import {
  holds,
  leastDisturbed,
  type RelayStep,
  SERVERS,
  type ServerKind,
  toRelayResult,
} from './relay/relay-result.ts';
import { type BenchResult, round, summarise } from './report.ts';

const STEPS = [25, 50, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800, 900, 1000];
const WARM_UP_STREAMS = 50;
/** From the last visitor's first token to the window, and from the end of the answers to the next measurement. */
const SETTLE_MS = 1000;
const WINDOW_MS = 2000;

const agesSchema = z.object({ ages: z.array(z.number()), lost: z.int() });
const countsSchema = z.object({ running: z.int(), sent: z.int() });

/** @param rounds windows of two seconds for each server at each stream count, in turn */
export async function benchRelay(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const upstream = await startBenchProcess(new URL('./relay/upstream.ts', import.meta.url));
  const processes: BenchProcess[] = [upstream];
  const start = async (file: string) => {
    const started = await startBenchProcess(
      new URL(`./relay/${file}`, import.meta.url),
      `http://127.0.0.1:${upstream.port}/v1`,
    );
    processes.push(started);
    return started;
  };
  try {
    const load = await start('load.ts');
    const servers = { bare: await start('bare-server.ts'), product: await start('product-server.ts') };
    const steps: Record<ServerKind, RelayStep[]> = { bare: [], product: [] };
    for (const kind of SERVERS)
      await measure({ kind, server: servers[kind], upstream, load, streams: WARM_UP_STREAMS }); // warms the code
    for (const [index, streams] of STEPS.entries()) {
      const running = SERVERS.filter((kind) => steps[kind].every(holds));
      if (running.length === 0) break;
      const measured: Record<ServerKind, RelayStep[]> = { bare: [], product: [] };
      for (let round = 0; round < rounds; round++)
        for (const kind of running)
          measured[kind].push(await measure({ kind, server: servers[kind], upstream, load, streams }));
      for (const kind of running) steps[kind].push(leastDisturbed(measured[kind]));
      onRound(index + 1);
    }
    return toRelayResult(steps);
  } finally {
    for (const part of processes.toReversed()) await part.stop();
  }
}

async function measure(parts: {
  kind: ServerKind;
  server: BenchProcess;
  upstream: BenchProcess;
  load: BenchProcess;
  streams: number;
}): Promise<RelayStep> {
  const { kind, server, upstream, load, streams } = parts;
  const all = [server, upstream, load];
  const costs = () => Promise.all(all.map((part) => part.ask('cost', null, costSchema)));
  await load.ask('open', { port: server.port, server: kind, count: streams }, z.null());
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
  if (ages.length === 0) throw new Error(`${kind}: no token came through`);

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

/** Asks again every tenth of a second, for half a minute. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await isSo()) return;
    await pause(100);
  }
  throw new Error('the answers did not all begin within 30 s');
}
