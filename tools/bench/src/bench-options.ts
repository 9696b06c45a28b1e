/** The benches by name, and the command line of `npm run bench`. */
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { parseCommandLine, UsageError, unknownName } from '@firstword/server/lib/command-line';
import type { OnRound, RunOptions } from './run-options.ts';

interface Bench {
  readonly about: string;
  /** Loads the bench's module only when it runs, so that the help needs no browser and no server. */
  readonly run: (rounds: number, onRound: OnRound, options: RunOptions) => Promise<BenchResult>;
  /** The default of `--rounds`. */
  readonly rounds: number;
}

export const BENCHES: ReadonlyMap<string, Bench> = new Map<string, Bench>([
  [
    'first-token',
    {
      about: 'time to first token: the engine directly, Firstword, and a classify-then-answer pipeline',
      run: async (rounds, onRound) => (await import('./first-token.ts')).benchFirstToken(rounds, onRound),
      rounds: 40,
    },
  ],
  [
    'added',
    {
      about: 'latency that Firstword adds to the time to first token, for 1 and 50 visitors; takes three minutes',
      run: async (...args) => (await import('./added.ts')).benchAdded(...args),
      rounds: 10,
    },
  ],
  [
    'pipeline',
    {
      about: 'TTFT by how long the answer waits for triage: for its verdict, its first token, or not at all',
      run: async (rounds, onRound) => (await import('./pipeline.ts')).benchPipeline(rounds, onRound),
      rounds: 40,
    },
  ],
  [
    'hedge',
    {
      about: 'TTFT with one request, a hedge or a race, with a heavy-tailed upstream',
      run: async (rounds, onRound) => (await import('./hedge.ts')).benchHedge(rounds, onRound),
      rounds: 40,
    },
  ],
  [
    'import',
    {
      about: 'longest event-loop delay and TTFT while a process loads or runs an import',
      run: async (rounds, onRound) => (await import('./import.ts')).benchImport(rounds, onRound),
      rounds: 5,
    },
  ],
  [
    'relay',
    {
      about: 'concurrent streams that one web process relays, beside a bare Socket.IO relay (--rivals: and others)',
      run: async (...args) => (await import('./relay.ts')).benchRelay(...args),
      rounds: 3,
    },
  ],
  [
    'stop',
    {
      about: 'time from stopping an answer to closing its upstream request',
      run: async (rounds, onRound) => (await import('./stop.ts')).benchStop(rounds, onRound),
      rounds: 50,
    },
  ],
  [
    'idle',
    {
      about: 'memory per idle socket, beside bare Socket.IO',
      run: async (rounds, onRound) => (await import('./idle.ts')).benchIdle(rounds, onRound),
      rounds: 3,
    },
  ],
  [
    'widget',
    {
      about: 'page load and rendering cost of the widget in Chromium; builds it first (--rivals: and other widgets)',
      run: async (...args) => (await import('./widget.ts')).benchWidget(...args),
      rounds: 2,
    },
  ],
  [
    'typing',
    {
      about:
        'felt TTFT of questions typed in Chromium, without drafts and with answerWhileTyping; builds the widget first',
      run: async (...args) => (await import('./typing.ts')).benchTyping(...args),
      rounds: 300,
    },
  ],
  [
    'records',
    {
      about:
        'list, search, read and restore 100,000 cold conversations; archive lag; memory of Redis; takes a quarter of an hour',
      run: async (...args) => (await import('./records.ts')).benchRecords(...args),
      rounds: 200,
    },
  ],
  [
    'console',
    {
      about:
        'the console in Chromium beside 100,000 conversations and 10,000 tickets: open, filter, search, scroll; fills a PostgreSQL first, which takes a quarter of an hour (--data keeps it)',
      run: async (...args) => (await import('./console.ts')).benchConsole(...args),
      rounds: 20,
    },
  ],
  [
    'reports',
    {
      about: 'time to open a report over a year of three sites with 15 models, on a private PostgreSQL',
      run: async (rounds, onRound) => (await import('./reports.ts')).benchReports(rounds, onRound),
      rounds: 40,
    },
  ],
]);

export const USAGE = `npm run bench -- NAME... [options]

Runs the named benches one after the other and prints a table.

${[...BENCHES].map(([name, { about }]) => `  ${name.padEnd(14)}${about}`).join('\n')}
  ${'all'.padEnd(14)}all of them

  --rounds N    measured rounds, 1 or more; default: ${[...BENCHES].map(([name, { rounds }]) => `${name} ${rounds}`).join(', ')}
  --messages N  another name for --rounds (typing)
  --rivals      also measure other projects' packages (relay, widget); installs them with npm for the run
  --data DIR    keep the filled database in DIR, and use it again (console)
  --json        print one JSON object instead of a table
  --help        show this text`;

export interface BenchCommand {
  readonly names: readonly string[];
  /** Undefined means each bench's default. */
  readonly rounds: number | undefined;
  readonly rivals: boolean;
  readonly dataDir: string | undefined;
  readonly json: boolean;
}

/** `help` without a name or with `--help`. @throws UsageError */
export function readBenchCommand(args: string[]): BenchCommand | 'help' {
  const { values, positionals } = parseCommandLine({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      messages: { type: 'string' },
      rivals: { type: 'boolean', default: false },
      data: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help || positionals.length === 0 || positionals[0] === 'help') return 'help';
  const known = [...BENCHES.keys()];
  const unknown = positionals.find((name) => name !== 'all' && !BENCHES.has(name));
  if (unknown !== undefined) throw new UsageError(unknownName('bench', unknown, [...known, 'all']));
  return {
    names: positionals.includes('all') ? known : positionals,
    rounds: readRounds('--rounds', values.rounds) ?? readRounds('--messages', values.messages),
    rivals: values.rivals,
    dataDir: values.data,
    json: values.json,
  };
}

function readRounds(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const rounds = Number(given);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new UsageError(`${option}: "${given}" is not allowed. Use a whole number, 1 or more.`);
  return rounds;
}
