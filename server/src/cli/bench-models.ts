/** `npm run bench:models`: runs the reference benchmark against an OpenAI-compatible endpoint or the demo engine. */
import { writeFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { measureModels } from '../evaluation/measure-models.ts';
import { toFigures } from '../evaluation/model-figures.ts';
import { UsageError } from '../lib/command-line.ts';
import { familyProfile } from '../routing/family-profiles.ts';
import type { Endpoint, RoutedModel } from '../routing/route.ts';
import { writeCsv } from './bench-models/csv.ts';
import { writeHtml } from './bench-models/html-report.ts';
import { createModelsReport } from './bench-models/models-report.ts';
import { type BenchOptions, readOptions, USAGE } from './bench-models/options.ts';
import { createProgress } from './bench-models/progress.ts';
import { writeTable } from './bench-models/text-table.ts';
import { startDemoEngine } from './demo-engine.ts';

/** Sampling interval of the event loop delay. */
const TIMER_MS = 10;

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args, process.env);
  if (options === 'help') return void process.stdout.write(`${USAGE}\n`);
  const { endpoint, stop } = await openEndpoint(options);
  const progress = createProgress(process.stderr, options.models.length, options.runs);
  const ownDelay = monitorEventLoopDelay({ resolution: TIMER_MS });
  ownDelay.enable();
  try {
    const measured = await measureModels({
      ...options,
      models: options.models.map((id) => ({ model: modelAt(endpoint, id), region: options.region })),
      onRun: ({ id }, _index, runsDone) => progress.report(id, runsDone),
    });
    const models = measured.map(toFigures);
    progress.end();
    const ownDelayMs = Math.max(0, ownDelay.percentile(95) / 1e6 - TIMER_MS);
    const report = createModelsReport(options, models, ownDelayMs);
    process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : writeTable(report));
    if (options.csv !== undefined) await writeFile(options.csv, writeCsv(models));
    if (options.html !== undefined) await writeFile(options.html, writeHtml(report));
    const answered = models.some(({ ttft }) => ttft !== undefined);
    if (!answered || report.comparisons?.some(({ within }) => !within)) process.exitCode = 1;
  } finally {
    ownDelay.disable();
    await stop();
  }
}

function modelAt(endpoint: Endpoint, id: string): RoutedModel {
  return { id, upstreamName: id, endpoint, price: {}, profile: familyProfile(id) };
}

/** The given endpoint, or a demo engine. */
async function openEndpoint(options: BenchOptions): Promise<{ endpoint: Endpoint; stop: () => Promise<void> }> {
  if (options.endpoint !== undefined)
    return { endpoint: { id: 'measured', ...options.endpoint }, stop: async () => {} };
  const { baseUrl, stop } = await startDemoEngine(options.region);
  return { endpoint: { id: 'demo', baseUrl }, stop };
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const shown = error instanceof UsageError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`bench:models: ${shown}\n`);
  process.exitCode = 1;
}
