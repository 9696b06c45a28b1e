/** Benchmarks of models over REST: started, followed, stopped and exported. For administrators of all sites. */
import {
  type Benchmark,
  benchmarkListSchema,
  benchmarkRequestSchema,
  benchmarkSchema,
} from '@firstword/shared/benchmark';
import { z } from 'zod';
import { phrase } from '../lib/phrase.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents, TextAnswer } from './api-route.ts';
import type { Recorded } from './audit-events.ts';
import { benchmarkCsv } from './benchmark-csv.ts';

export interface BenchmarkRouteParts {
  readonly benchmarks: {
    start(
      request: z.infer<typeof benchmarkRequestSchema>,
      by: string,
    ): Promise<Benchmark | 'busy' | 'unknown-model' | 'stopped'>;
    stop(id: string): Promise<Benchmark | undefined>;
    list(): Promise<Benchmark[]>;
    load(id: string): Promise<Benchmark | undefined>;
    candidates(): z.infer<typeof benchmarkListSchema>['candidates'];
  };
}

const CSV = 'text/csv';
const formatSchema = z.strictObject({ format: z.enum(['json', 'csv']).default('json') });
const NOT_FOUND = 'There is no such benchmark.';

export function createBenchmarkRoutes({ benchmarks }: BenchmarkRouteParts): ApiRoute[] {
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/benchmarks',
        summary: 'Lists the last benchmarks, the newest first, and the models in use with what a question may cost.',
        answer: { status: 200, schema: benchmarkListSchema },
      },
      async () => ({ runs: await benchmarks.list(), candidates: benchmarks.candidates() }),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/benchmarks',
        summary:
          'Starts a benchmark of models in use, in the background. One at a time; it ends before a call that might exceed `maxUsd`.',
        body: benchmarkRequestSchema,
        answer: { status: 201, schema: benchmarkSchema },
        refusals: ['not-found', 'conflict', 'not-allowed'],
      },
      async ({ body, audit }, { agent }) => {
        const started = await benchmarks.start(body, agent.name);
        if (started === 'busy')
          throw new ApiRefusal('conflict', phrase`A benchmark is running. Wait for its end, or stop it.`);
        if (started === 'unknown-model') throw new ApiRefusal('not-found', 'One of these models is not in use.');
        if (started === 'stopped')
          throw new ApiRefusal('not-allowed', phrase`The model calls of all sites are stopped.`);
        const models = body.models.map(({ modelId, endpointId }) => `${modelId} (${endpointId})`);
        const { questions, maxUsd } = body;
        await audit(benchmarkChanged(started, { change: 'started', models, questions, maxUsd }));
        return started;
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/benchmarks/{id}',
        summary: 'Returns a benchmark with what is measured so far, as JSON or CSV.',
        query: formatSchema,
        answer: { status: 200, schema: benchmarkSchema, textType: CSV },
        refusals: ['not-found'],
      },
      async ({ id, query: { format }, audit }) => {
        const found = await benchmarks.load(id);
        if (found === undefined) throw new ApiRefusal('not-found', NOT_FOUND);
        if (format === 'json') return found;
        await audit({ action: 'exported', target: { kind: 'benchmark', id } });
        return new TextAnswer(benchmarkCsv(found), CSV);
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/benchmarks/{id}/stop',
        summary: 'Stops a benchmark. Its process ends it within a second, and what it has measured is kept.',
        body: z.strictObject({}),
        answer: { status: 200, schema: benchmarkSchema },
        refusals: ['not-found'],
      },
      async ({ id, audit }) => {
        const stopped = await benchmarks.stop(id);
        if (stopped === undefined) throw new ApiRefusal('not-found', 'There is no running benchmark with this id.');
        await audit(benchmarkChanged(stopped, { change: 'stopped' }));
        return stopped;
      },
    ),
  ];
}

const benchmarkChanged = ({ id }: Pick<Benchmark, 'id'>, after: NonNullable<Recorded['after']>): Recorded => ({
  action: 'benchmark-changed',
  target: { kind: 'benchmark', id },
  after,
});
