/** Parses and runs the commands of `npm run records`. */
import { parseCommandLine, UsageError } from '../../lib/command-line.ts';
import type { Log } from '../../lib/log.ts';
import { didYouMean } from '../../lib/near-miss.ts';
import type { Redis } from '../../lib/redis.ts';
import { upgradeStoredData } from '../../store/data-upgrade.ts';
import type { RedisKeys } from '../../store/keys.ts';
import type { RecordFamily } from './record-family.ts';

export const USAGE = `npm run records -- COMMAND

  migrate [--dry-run]   writes what only Redis holds into PostgreSQL: data of a version without PostgreSQL, or what a
                        restored backup of PostgreSQL lacks. Redis keeps its data. The server may run meanwhile. After
                        an interruption, run it again: it writes what is still missing. --dry-run only counts.

Uses REDIS_URL and DATABASE_URL, or the private Redis and PostgreSQL that a running \`npm start\` keeps in DATA_DIR.`;

const NAMES = ['migrate', 'help'];
const REPORT_MS = 2000;

export type RecordsCommand = { readonly name: 'help' } | { readonly name: 'migrate'; readonly dryRun: boolean };

export interface RecordsCommandParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly families: readonly RecordFamily[];
  readonly say: (line: string) => void;
  readonly log: Log;
}

/** @throws UsageError */
export function readRecordsCommand(args: string[]): RecordsCommand {
  const options = { 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseCommandLine({ args, allowPositionals: true, options });
  const [name = 'help', ...rest] = positionals;
  if (values.help || name === 'help') return { name: 'help' };
  if (name !== 'migrate') throw new UsageError(`"${name}" is not a command.${didYouMean(name, NAMES)}\n\n${USAGE}`);
  if (rest.length > 0)
    throw new UsageError(`\`migrate\` needs no argument, but was given "${rest.join(' ')}".\n\n${USAGE}`);
  return { name, dryRun: values['dry-run'] ?? false };
}

export async function runRecordsCommand(
  command: RecordsCommand,
  { redis, keys, families, say, log }: RecordsCommandParts,
): Promise<void> {
  if (command.name === 'help') return say(USAGE);
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
