/** Reads the command lines of the night run and the soak test. */
import type { ParseArgsConfig, parseArgs } from 'node:util';
import { parseCommandLine, UsageError } from '@firstword/server/lib/command-line';

/** Ends the process, with the reason alone: a stack would hide it. */
export function endWith(text: string, code: 0 | 1): never {
  (code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
  process.exit(code);
}

/** Ends the process for a mistake in the command line. */
export function readOptions<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseCommandLine(config);
  } catch (error) {
    return endWith(error instanceof UsageError ? error.message : String(error), 1);
  }
}
