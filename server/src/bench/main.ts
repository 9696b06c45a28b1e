/** `npm run bench -- [targets] [--rounds N] [--json]`: the project's own benchmarks; every figure beside its rival. */
import { parseArgs } from 'node:util';
import { benchFirstToken } from './first-token.ts';
import { benchHedge } from './hedge.ts';
import { benchPipeline } from './pipeline.ts';
import { type BenchResult, createReport, printReport } from './report.ts';

const TARGETS: Readonly<Record<string, (rounds: number, onRound: (done: number) => void) => Promise<BenchResult>>> = {
  'first-token': benchFirstToken,
  hedge: benchHedge,
  pipeline: benchPipeline,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '40' } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds: was "${values.rounds}"; a whole number from 1`);
  const names = positionals.length > 0 ? positionals : Object.keys(TARGETS);
  const results: BenchResult[] = [];
  for (const name of names) {
    const run = TARGETS[name];
    if (run === undefined) throw new Error(`unknown target "${name}"; there are ${Object.keys(TARGETS).join(', ')}`);
    const onRound = (done: number) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${name} ${done}/${rounds}${done === rounds ? '\n' : ''}`);
    };
    results.push(await run(rounds, onRound));
  }
  const report = createReport(`npm run bench -- ${process.argv.slice(2).join(' ')}`, results);
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else printReport(report);
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
