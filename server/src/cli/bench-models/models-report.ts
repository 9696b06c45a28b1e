/** The result of one run of the model benchmark, as `--json` prints it. */
import { BENCHMARK_PROMPT } from '@firstword/shared/benchmark-prompt';
import type { Region } from '@firstword/shared/catalog';
import type { ModelFigures } from '../../evaluation/model-figures.ts';
import { describeMachine, type Machine } from './bench-report.ts';
import type { BenchOptions } from './options.ts';
import { type Comparison, compareWithReference } from './reference-check.ts';

export interface ModelsReport {
  readonly schema: 'firstword-models/1';
  readonly at: string;
  readonly machine: Machine;
  /** The event-loop delay of this process, p95 in milliseconds, which it may have added to every TTFT. */
  readonly ownDelayMs: number;
  readonly protocol: {
    /** `demo engine` or the URL, without secrets. */
    readonly endpoint: string;
    readonly region: Region;
    readonly prompt: string;
    readonly runs: number;
    /** One-token warm-up requests per model, not counted. */
    readonly warmUp: number;
    readonly concurrency: number;
    readonly maxTokens: number;
  };
  readonly models: readonly ModelFigures[];
  /** Present with `--check`. */
  readonly comparisons?: readonly Comparison[];
}

/** With a longer delay, a machine is too busy to measure milliseconds. */
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

/** Removes user name, password and query from the URL. */
function addressOf(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  return `${origin}${pathname}`;
}

/** The protocol in one sentence. */
export function protocolLine({ protocol, machine, at }: ModelsReport): string {
  const { endpoint, region, prompt, runs, warmUp, concurrency, maxTokens } = protocol;
  return (
    `${endpoint}, region ${region}: "${prompt}", streamed, at most ${maxTokens} tokens, ${runs} runs a model after ` +
    `${warmUp} uncounted, ${concurrency} ${concurrency === 1 ? 'model' : 'models'} at a time; ` +
    `${at.slice(0, 16).replace('T', ' ')} UTC, Node ${machine.node.slice(1)}.`
  );
}

/** Notes on the figures. */
export function remarks({ models, ownDelayMs }: ModelsReport): string[] {
  return [
    'TTFT: request sent → first content token; mean of the runs. tokens/s: after the first token.',
    'Fit for: instant below 200 ms, fast up to 400 ms; quality works in the background.',
    ...(models.some(({ estimated }) => estimated)
      ? ['~ The endpoint did not report its tokens; the counts are estimated from the text.']
      : []),
    ...(ownDelayMs > BUSY_DELAY_MS
      ? [
          `This machine was busy: its timers were up to ${ownDelayMs.toFixed(0)} ms late (p95). Run again when it is idle.`,
        ]
      : []),
  ];
}
