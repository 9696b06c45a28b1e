/** What a scenario runs on: a Redis, a model endpoint, and web processes as deployed. All are stopped at its end. */
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { type ProductSettings, startProductProcess } from '@firstword/testing/product-process';
import { DURABLE, type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import type { ServerProcess } from '@firstword/testing/server-process';
import { openSteadyClient } from '@firstword/testing/steady-client';

/** Turns backpressure off: a process that has just taken over would refuse part of the load. */
export const NO_BACKPRESSURE = { limits: { loopLagMs: 60_000, redisMs: 60_000 } };

export interface Installation {
  readonly redis: RedisServer;
  readonly endpoint: PacedEndpoint;
  start(changes?: Partial<ProductSettings>): Promise<ServerProcess>;
  /** Adds a callback for teardown, which runs also after a failure. */
  onTeardown(callback: () => unknown): void;
}

/** A scenario starts many processes, and the build starts faster than the source. */
export function buildServer(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: fileURLToPath(new URL('../../..', import.meta.url)) });
}

/** @param redisSettings in addition to the durable ones, which they may override */
export async function onInstallation<Result>(
  run: (installation: Installation) => Promise<Result>,
  ...redisSettings: string[]
): Promise<Result> {
  const redis = await startRedisServer(...DURABLE, ...redisSettings);
  const endpoint = await startPacedEndpoint();
  const teardown: (() => unknown)[] = [() => redis.stop(), () => endpoint.stop()];
  try {
    return await run({
      redis,
      endpoint,
      async start(changes = {}) {
        const settings = { redisUrl: redis.url, endpointUrl: endpoint.baseUrl };
        const started = await startProductProcess({ ...settings, ...changes });
        teardown.push(started.kill);
        return started;
      },
      onTeardown: (callback) => void teardown.push(callback),
    });
  } finally {
    for (const callback of teardown.toReversed()) await callback();
  }
}

/** Whether the same process still answers a visitor and has logged no unexpected error. */
export async function isHealthy({ port, pid, output }: ServerProcess): Promise<boolean> {
  process.kill(pid, 0); // throws if it has exited
  const visitor = openSteadyClient(port);
  const { seq } = await visitor.send('Are you there?');
  const { state } = await visitor.answered(seq);
  visitor.close();
  return state === 'done' && !/unhandled|uncaught/.test(output());
}

/** One value from the process's metrics. */
export async function readMetric({ port }: Pick<ServerProcess, 'port'>, name: string): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^firstword_${name} (\\S+)`, 'm').exec(metrics)?.[1]);
}

/** The sum of a metric with labels. */
export async function sumMetric({ port }: Pick<ServerProcess, 'port'>, name: string): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const values = metrics.matchAll(new RegExp(`^firstword_${name}\\{[^}]*\\} (\\S+)`, 'gm'));
  return [...values].reduce((sum, [, value]) => sum + Number(value), 0);
}

export async function isReady({ port }: Pick<ServerProcess, 'port'>): Promise<boolean> {
  const { ok } = await fetch(`http://127.0.0.1:${port}/health/ready`);
  return ok;
}

/** @returns the milliseconds waited */
export async function untilReady(server: Pick<ServerProcess, 'port'>): Promise<number> {
  const from = performance.now();
  while (!(await isReady(server))) await pause(20);
  return performance.now() - from;
}
