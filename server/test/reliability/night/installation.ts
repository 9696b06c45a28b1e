/** What a trial works on: a Redis, a model endpoint, and web processes as they are deployed. All of it goes with it. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { type ProductSettings, startProductProcess } from '@firstword/testing/product-process';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import type { ServerProcess } from '@firstword/testing/server-process';
import { openSteadyClient } from '@firstword/testing/steady-client';

export interface Installation {
  readonly redis: RedisServer;
  readonly endpoint: PacedEndpoint;
  start(changes?: Partial<ProductSettings>): Promise<ServerProcess>;
  /** Calls back when the work is over, whatever became of it. */
  later(end: () => unknown): void;
}

/** The processes of a trial are started often, so they run what is shipped instead of the source. */
export function buildServer(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: fileURLToPath(new URL('../../..', import.meta.url)) });
}

/** @param redisSettings beside, or instead of, the durable ones */
export async function onInstallation<Result>(
  work: (parts: Installation) => Promise<Result>,
  ...redisSettings: string[]
): Promise<Result> {
  const redis = await startRedisServer(...redisSettings);
  const endpoint = await startPacedEndpoint();
  const ends: (() => unknown)[] = [() => redis.stop(), () => endpoint.stop()];
  try {
    return await work({
      redis,
      endpoint,
      async start(changes = {}) {
        const settings = { redisUrl: redis.url, endpointUrl: endpoint.baseUrl, built: true };
        const started = await startProductProcess({ ...settings, ...changes });
        ends.push(started.kill);
        return started;
      },
      later: (end) => void ends.push(end),
    });
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}

/** Whether the same process still answers a visitor, and has logged nothing unexpected. */
export async function isWell({ port, pid, output }: ServerProcess): Promise<boolean> {
  process.kill(pid, 0); // throws when it is gone
  const visitor = openSteadyClient(port);
  const { seq } = await visitor.send('Are you there?');
  const { state } = await visitor.answered(seq);
  visitor.close();
  return state === 'done' && !/unhandled|uncaught/.test(output());
}

/** A figure of a process' own metrics. */
export async function readMetric({ port }: Pick<ServerProcess, 'port'>, name: string): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^firstword_${name} (\\S+)`, 'm').exec(metrics)?.[1]);
}
