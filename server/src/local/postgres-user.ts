/** The system user that a private PostgreSQL runs as. It refuses to run as root, so root runs it as a user without rights. */
import { readFileSync } from 'node:fs';

export interface PostgresUser {
  /** Undefined: the user of this process. */
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
  /** The command that runs a program as this user. */
  command(program: string, args: readonly string[]): readonly [command: string, ...args: string[]];
}

/** Bits of `CapEff` in /proc/self/status. */
const DAC_OVERRIDE = 1n << 1n;
const SETPCAP = 1n << 8n;

/**
 * Keeps one capability of root: to reach and read files of other users. So neither this project nor the data folder has
 * to be readable by `nobody`. `no_setuid_fixup`: access(2) would otherwise ignore the capability.
 */
const KEEP_ACCESS = [
  '--inh-caps',
  '+dac_override',
  '--ambient-caps',
  '+dac_override',
  '--securebits',
  '+no_setuid_fixup',
];

/** @throws Error for root on a system where no other user can be found */
export function createPostgresUser(): PostgresUser {
  if (process.getuid?.() !== 0) return { ids: undefined, command: (program, args) => [program, ...args] };
  const ids = idsOf('nobody');
  const held = heldCapabilities();
  if (ids === undefined || held === undefined)
    throw new Error(
      'PostgreSQL does not run as root, and no user "nobody" was found to run it as. Run this command as an ordinary user, or set DATABASE_URL.',
    );
  const keep = (held & DAC_OVERRIDE) !== 0n && (held & SETPCAP) !== 0n ? KEEP_ACCESS : [];
  return {
    ids,
    command: (program, args) => [
      'setpriv',
      ...['--reuid', String(ids.uid), '--regid', String(ids.gid), '--clear-groups'],
      ...keep,
      '--',
      program,
      ...args,
    ],
  };
}

function idsOf(user: string): PostgresUser['ids'] {
  const line = readLines('/etc/passwd').find((each) => each.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Undefined on systems other than Linux. */
function heldCapabilities(): bigint | undefined {
  const line = readLines('/proc/self/status').find((each) => each.startsWith('CapEff:'));
  return line === undefined ? undefined : BigInt(`0x${line.slice('CapEff:'.length).trim()}`);
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
