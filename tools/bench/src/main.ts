/** `npm run bench -- [targets] [--rounds N] [--json] [--rivals]`: the project's own benchmarks; every figure beside its rival. */
import { parseArgs } from 'node:util';
import { type BenchResult, createReport, printReport } from '@firstword/server/cli/bench-models/bench-report';
import { benchAdded } from './added.ts';
import { benchFirstToken } from './first-token.ts';
import { benchHedge } from './hedge.ts';
import { benchIdle } from './idle.ts';
import { benchPipeline } from './pipeline.ts';
import { benchRelay } from './relay.ts';
import { benchStop } from './stop.ts';
import { benchWidget } from './widget.ts';

interface Options {
  readonly rivals: boolean;
  /** What is being measured now; a target says it where a round takes long. */
  readonly say: (doing: string) => void;
}

interface Target {
  readonly run: (rounds: number, onRound: (done: number) => void, options: Options) => Promise<BenchResult>;
  /** Unless `--rounds` says otherwise. */
  readonly rounds: number;
}

const TARGETS: Readonly<Record<string, Target>> = {
  added: { run: benchAdded, rounds: 10 },
  'first-token': { run: benchFirstToken, rounds: 40 },
  hedge: { run: benchHedge, rounds: 40 },
  pipeline: { run: benchPipeline, rounds: 40 },
  relay: { run: benchRelay, rounds: 3 },
  stop: { run: benchStop, rounds: 50 },
  idle: { run: benchIdle, rounds: 3 },
  widget: { run: benchWidget, rounds: 2 },
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      rivals: { type: 'boolean', default: false },
    },
  });
  const asked = values.rounds === undefined ? undefined : Number(values.rounds);
  if (asked !== undefined && (!Number.isInteger(asked) || asked < 1))
    throw new Error(`--rounds: was "${values.rounds}"; a whole number from 1`);
  const names = positionals.length > 0 ? positionals : Object.keys(TARGETS);
  const results: BenchResult[] = [];
  for (const name of names) {
    const target = TARGETS[name];
    if (target === undefined) throw new Error(`unknown target "${name}"; there are ${Object.keys(TARGETS).join(', ')}`);
    // Nobody should take a long run for one that hangs, nor a log for a terminal.
    const say = (doing: string) => {
      process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${name}: ${doing}` : `${name}: ${doing}\n`);
    };
    const onRound = (done: number) => {
      if (process.stderr.isTTY) say(`${done} of ${asked ?? target.rounds}`);
    };
    results.push(await target.run(asked ?? target.rounds, onRound, { rivals: values.rivals, say }));
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
  const report = createReport(`npm run bench -- ${process.argv.slice(2).join(' ')}`, results);
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else printReport(report);
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
