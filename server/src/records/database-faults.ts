/** Remembers why the database could not store something, for the health check, and logs it with its remedy. */
import { hideSecrets } from '../lib/hide-secrets.ts';
import type { Log } from '../lib/log.ts';
import { remedyOf } from './database-remedy.ts';
import type { RecordsError } from './records-error.ts';

export interface DatabaseFaults {
  add(error: RecordsError): void;
  /** Why something could not be stored in the last seconds, although the database answers. */
  recent(): RecordsError | undefined;
}

/** The feed repeats what failed every 2 s at least, so a fault that lasts is seen again. */
const RECENT_MS = 5000;
const LOG_EVERY_MS = 60_000;
/** Read-only, missing tables or privileges, full, damaged: `SELECT 1` succeeds nevertheless. */
const CANNOT_STORE = /^(?:25006|3F|42|5310|5320|58|XX)/;

/** @param now milliseconds of a clock that only goes forward */
export function createDatabaseFaults(
  log: Pick<Log, 'warn'>,
  now: () => number = () => performance.now(),
): DatabaseFaults {
  const loggedAt = new Map<string, number>();
  let last: { readonly error: RecordsError; readonly at: number } | undefined;
  return {
    add(error) {
      const code = codeOf(error);
      if (CANNOT_STORE.test(code)) last = { error, at: now() };
      const remedy = remedyOf(error);
      const before = loggedAt.get(code);
      if (remedy === undefined || (before !== undefined && now() - before < LOG_EVERY_MS)) return;
      loggedAt.set(code, now());
      log.warn({ code, reason: hideSecrets(error.message), remedy }, 'database fault');
    },
    recent: () => (last !== undefined && now() - last.at < RECENT_MS ? last.error : undefined),
  };
}

function codeOf({ cause }: RecordsError): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}
