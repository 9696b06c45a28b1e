/** `npm run bench`: runs the project's own benches and prints one report. */
import { type BenchResult, createReport, printReport } from '@firstword/server/cli/bench-models/bench-report';
import { BENCHES, readBenchCommand, USAGE } from './bench-options.ts';

/** How often a log gets a line of progress within one step. */
const LINE_EVERY_MS = 10_000;

async function main(args: string[]): Promise<void> {
  const command = readBenchCommand(args);
  if (command === 'help') return void process.stdout.write(`${USAGE}\n`);
  const results: BenchResult[] = [];
  for (const name of command.names) {
    const bench = BENCHES.get(name);
    if (bench === undefined) continue;
    const rounds = command.rounds ?? bench.rounds;
    // On a terminal, progress overwrites one line. In a log, each longer step gets a line.
    const say = (doing: string) => {
      process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${name}: ${doing}` : `${name}: ${doing}\n`);
    };
    let lineAt = performance.now();
    const onRound = (done: number, of = rounds) => {
      if (!process.stderr.isTTY && performance.now() - lineAt < LINE_EVERY_MS) return;
      lineAt = performance.now();
      say(`${done} of ${of}`);
    };
    results.push(await bench.run(rounds, onRound, { rivals: command.rivals, dataDir: command.dataDir, say }));
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
  const report = createReport(`npm run bench -- ${args.join(' ')}`, results);
  if (command.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else printReport(report);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
