/** `npm run bench:models`: the reference benchmark against any OpenAI-compatible endpoint, or the demo engine. */
import { writeFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createLog } from '../lib/log.ts';
import { startChildServer } from '../local/child-server.ts';
import type { Endpoint } from '../routing/route.ts';
import { writeCsv } from './bench-models/csv.ts';
import { writeHtml } from './bench-models/html-report.ts';
import { createModelsReport } from './bench-models/models-report.ts';
import { type BenchOptions, readOptions, USAGE, UsageError } from './bench-models/options.ts';
import { createProgress } from './bench-models/progress.ts';
import { runModels } from './bench-models/run-models.ts';
import { writeTable } from './bench-models/text-table.ts';

/** How often our own punctuality is looked at. */
const TIMER_MS = 10;

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args, process.env);
  if (options === 'help') return void process.stdout.write(`${USAGE}\n`);
  const { endpoint, stop } = await openEndpoint(options);
  const progress = createProgress(process.stderr, options.models.length, options.runs);
  const ownDelay = monitorEventLoopDelay({ resolution: TIMER_MS });
  ownDelay.enable();
  try {
    const models = await runModels({ ...options, endpoint, onRun: progress.report });
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

/** The endpoint asked for, or a demo engine in a process of its own, so that measuring does not disturb its pace. */
async function openEndpoint(options: BenchOptions): Promise<{ endpoint: Endpoint; stop: () => Promise<void> }> {
  if (options.endpoint !== undefined)
    return { endpoint: { id: 'measured', ...options.endpoint }, stop: async () => {} };
  const engine = await startChildServer({
    name: 'The demo engine',
    entry: fileURLToPath(new URL('../../../tools/demo/src/demo-engine-main.ts', import.meta.url)),
    env: {
      ...process.env,
      DEMO_PACE: 'real',
      DEMO_REGION: options.region,
      // The child reads TypeScript, too.
      NODE_OPTIONS: `--import ${import.meta.resolve('tsx')}`,
    },
    log: createLog('error'),
  });
  return { endpoint: { id: 'demo', baseUrl: `http://127.0.0.1:${engine.port}/v1` }, stop: engine.stop };
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const told = error instanceof UsageError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`bench:models: ${told}\n`);
  process.exitCode = 1;
}
