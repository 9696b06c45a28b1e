/** `npm run eval`: how good hand-off, search and triage are, on data sets that are named on the command line. */
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from '../config.ts';
import { UsageError } from './eval/jsonl.ts';
import { runEvalCommand } from './eval-command.ts';

/** On a terminal one line that is written over; nothing when piped. */
function showProgress(done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done === of ? '' : `${done} of ${of} …`}`);
}

try {
  process.exitCode = await runEvalCommand(process.argv.slice(2), {
    ownCases: fileURLToPath(new URL('../../test-data/handoff', import.meta.url)),
    apiKey: readConfig(process.env).endpoint?.apiKey,
    say: (text) => void process.stdout.write(`${text}\n`),
    onProgress: showProgress,
  });
} catch (error) {
  const expected = error instanceof UsageError || error instanceof ConfigError;
  const told = error instanceof Error ? (expected ? error.message : error.stack) : String(error);
  process.stderr.write(`${told}\n`);
  process.exitCode = 1;
}
