/** Everything that one run of the model benchmark found out, in the shape that `--json` prints. */

import { BENCHMARK_PROMPT } from '@firstword/shared/benchmark-prompt';
import type { Region } from '@firstword/shared/catalog';
import { describeMachine, type Machine } from './bench-report.ts';
import type { ModelFigures } from './model-figures.ts';
import type { BenchOptions } from './options.ts';
import { type Comparison, compareWithReference } from './reference-check.ts';

export interface ModelsReport {
  readonly schema: 'firstword-models/1';
  readonly at: string;
  readonly machine: Machine;
  /** How late this machine's own timers were, p95 in milliseconds: what it may have added to every wait. */
  readonly ownDelayMs: number;
  readonly protocol: {
    /** `demo engine` or the address; never a key. */
    readonly endpoint: string;
    readonly region: Region;
    readonly prompt: string;
    readonly runs: number;
    /** Uncounted one-token requests before the runs of each model. */
    readonly warmUp: number;
    readonly concurrency: number;
    readonly maxTokens: number;
  };
  readonly models: readonly ModelFigures[];
  /** Present when the run was asked to check. */
  readonly comparisons?: readonly Comparison[];
}

/** Above it a machine is too busy to measure milliseconds. */
const BUSY_DELAY_MS = 4;

export function createModelsReport(
  options: BenchOptions,
  models: readonly ModelFigures[],
  ownDelayMs: number,
): ModelsReport {
  const { endpoint, region, runs, warmUp, concurrency, maxTokens, check } = options;
  return {
    schema: 'firstword-models/1',
    at: new Date().toISOString(),
    machine: describeMachine(),
    ownDelayMs,
    protocol: {
      endpoint: endpoint === undefined ? 'demo engine' : addressOf(endpoint.baseUrl),
      region,
      prompt: BENCHMARK_PROMPT,
      runs,
      warmUp,
      concurrency,
      maxTokens,
    },
    models,
    ...(check ? { comparisons: compareWithReference(models, region) } : {}),
  };
}

/** Without the user name, password or query that an address may carry. */
function addressOf(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  return `${origin}${pathname}`;
}

/** How it was measured, in one sentence. */
export function protocolLine({ protocol, machine, at }: ModelsReport): string {
  const { endpoint, region, prompt, runs, warmUp, concurrency, maxTokens } = protocol;
  return (
    `${endpoint}, region ${region}: "${prompt}", streamed, at most ${maxTokens} tokens, ${runs} runs a model after ` +
    `${warmUp} uncounted, ${concurrency} ${concurrency === 1 ? 'model' : 'models'} at a time; ` +
    `${at.slice(0, 16).replace('T', ' ')} UTC, Node ${machine.node.slice(1)}.`
  );
}

/** What a reader must know to read the figures. */
export function remarks({ models, ownDelayMs }: ModelsReport): string[] {
  return [
    'TTFT: request sent → first content token; mean of the runs. tokens/s: after the first token.',
    'Fit for: instant below 200 ms, fast up to 400 ms; quality works in the background.',
    ...(models.some(({ estimated }) => estimated)
      ? ['~ The endpoint did not report its tokens; they are estimated from the text.']
      : []),
    ...(ownDelayMs > BUSY_DELAY_MS
      ? [
          `This machine was busy: its own timers ran up to ${ownDelayMs.toFixed(0)} ms late (p95). Measure again when quiet.`,
        ]
      : []),
  ];
}
