/** `npm run eval`: evaluates hand-off rules, search, triage and answers on the data sets named on the command line. */
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from '../config/config.ts';
import { UsageError } from '../lib/command-line.ts';
import { startDemoEngine } from './demo-engine.ts';
import { runEvalCommand } from './eval-command.ts';

/** Overwrites one line on a terminal; silent when piped. */
function showProgress(done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done === of ? '' : `${done} of ${of} …`}`);
}

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

try {
  process.exitCode = await runEvalCommand(process.argv.slice(2), {
    ownCases: pathOf('../../test-data/handoff'),
    shop: { cases: pathOf('../../test-data/answers/shop.jsonl'), kb: [pathOf('../../../tools/demo/content/articles')] },
    startDemoEngine,
    // Read when it is needed, so that --help works with an invalid configuration.
    config: () => readConfig(process.env),
    say: (text) => void process.stdout.write(`${text}\n`),
    onProgress: showProgress,
  });
} catch (error) {
  const expected = error instanceof UsageError || error instanceof ConfigError;
  const shown = error instanceof Error ? (expected ? error.message : error.stack) : String(error);
  process.stderr.write(`${shown}\n`);
  process.exitCode = 1;
}
