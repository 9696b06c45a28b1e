/** Reads command lines, so that every mistake is answered with what was given, what is allowed and the nearest match. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { isOneSlip } from './one-slip.ts';

/** A mistake in the command line or in a file it names. Only its message is shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError for an unknown option or a missing value */
export function parseCommandLine<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const unknown = /^Unknown option '([^']+)'/.exec(message)?.[1];
    if (unknown === undefined) throw new UsageError(message);
    const allowed = Object.keys(config.options ?? {}).map((name) => `--${name}`);
    throw new UsageError(unknownName('option', unknown, allowed));
  }
}

/** "Unknown bench "relai". Did you mean "relay"? Known: …" */
export function unknownName(kind: string, given: string, allowed: readonly string[]): string {
  const near = nearest(given, allowed);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return `Unknown ${kind} "${given}".${hint} Known: ${allowed.join(', ')}.`;
}

function nearest(given: string, allowed: readonly string[]): string | undefined {
  const typed = given.toLowerCase();
  const letters = typed.replace(/[^a-z0-9]/g, '');
  return (
    allowed.find((name) => isOneSlip(typed, name)) ??
    allowed.find((name) => letters.length > 2 && name.replace(/[^a-z0-9]/g, '').startsWith(letters))
  );
}
