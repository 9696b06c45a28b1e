/** Parses and runs the commands of `npm run records`. */
import { parseCommandLine, UsageError } from '../../lib/command-line.ts';
import type { Log } from '../../lib/log.ts';
import { didYouMean } from '../../lib/near-miss.ts';
import type { Redis } from '../../lib/redis.ts';
import { upgradeStoredData } from '../../store/data-upgrade.ts';
import type { RedisKeys } from '../../store/keys.ts';
import type { RecordFamily } from './record-family.ts';
import {
  readVisitorCommand,
  runVisitorCommand,
  VISITOR_OPTIONS,
  type VisitorCommand,
  type VisitorCommandParts,
} from './visitor-command.ts';

export const USAGE = `npm run records -- COMMAND

  migrate [--dry-run]   writes what only Redis holds into PostgreSQL: data of a version without PostgreSQL, or what a
                        restored backup of PostgreSQL lacks. Redis keeps its data. The server may run meanwhile. After
                        an interruption, run it again: it writes what is still missing. --dry-run only counts.
  export VISITOR --out FOLDER
                        writes everything that is stored of one visitor: visitor.json, visitor.html, and the files they sent
  erase VISITOR         erases it, for good, and prints what was removed. After an interruption, run it again.

VISITOR is one of --visitor ID, --email ADDRESS and --session=TOKEN, with --site ID for one site alone.

Uses REDIS_URL and DATABASE_URL, or the private Redis and PostgreSQL that a running \`npm start\` keeps in DATA_DIR.`;

const NAMES = ['migrate', 'export', 'erase', 'help'];
const REPORT_MS = 2000;

export type RecordsCommand =
  | { readonly name: 'help' }
  | { readonly name: 'migrate'; readonly dryRun: boolean }
  | VisitorCommand;

export interface RecordsCommandParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly families: readonly RecordFamily[];
  /** Called for commands about one visitor. */
  readonly visitors: () => VisitorCommandParts;
  readonly say: (line: string) => void;
  readonly log: Log;
}

/** @throws UsageError */
export function readRecordsCommand(args: string[]): RecordsCommand {
  const options = {
    'dry-run': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
    ...VISITOR_OPTIONS,
  } as const;
  const { values, positionals } = parseCommandLine({ args, allowPositionals: true, options });
  const [name = 'help', ...rest] = positionals;
  if (values.help || name === 'help') return { name: 'help' };
  if (name === 'export' || name === 'erase') {
    if (rest.length > 0) throw new UsageError(`\`${name}\` names a visitor by an option, such as --email.\n\n${USAGE}`);
    return readVisitorCommand(name, values);
  }
  if (name !== 'migrate') throw new UsageError(`"${name}" is not a command.${didYouMean(name, NAMES)}\n\n${USAGE}`);
  if (rest.length > 0)
    throw new UsageError(`\`migrate\` needs no argument, but was given "${rest.join(' ')}".\n\n${USAGE}`);
  return { name, dryRun: values['dry-run'] ?? false };
}

export async function runRecordsCommand(
  command: RecordsCommand,
  { redis, keys, families, visitors, say, log }: RecordsCommandParts,
): Promise<void> {
  if (command.name === 'help') return say(USAGE);
  if (command.name !== 'migrate') return runVisitorCommand(command, visitors(), say);
  const { dryRun } = command;
  if (!dryRun) await upgradeStoredData(redis, keys, log);
  for (const { name, batches } of families) {
    const counts = { found: 0, missing: 0 };
    const line = (end: string) =>
      say(
        `${name}: ${figure(counts.found)} in Redis, ${figure(counts.missing)} ${dryRun ? 'to write' : 'written'}${end}`,
      );
    let reportAt = Date.now() + REPORT_MS;
    for await (const { found, missing, write } of batches()) {
      if (!dryRun && missing > 0) await write();
      counts.found += found;
      counts.missing += missing;
      if (Date.now() < reportAt) continue;
      reportAt = Date.now() + REPORT_MS;
      line(' so far');
    }
    line('');
  }
}

const figure = (count: number) => count.toLocaleString('en-US');
