/** Opens alerts, and closes those whose cause has been over for a while. Any process may run it, also several at once. */
import { type Alert, type AlertKind, alertKey } from '@firstword/shared/alert';
import type { Log } from '../lib/log.ts';
import type { AlertStore, OpenAlert } from '../records/alert-store.ts';
import type { Finding } from './alert-rules.ts';

export interface AlertWatch {
  readonly kinds: readonly AlertKind[];
  /** An open alert that it doesn't mention is over. Rejects while it can't know. */
  look(now: number, open: readonly Alert[]): Promise<readonly Finding[]>;
}

export interface AlertSweepParts {
  readonly store: Pick<AlertStore, 'open' | 'listOpen' | 'setClear' | 'close'>;
  readonly log: Log;
}

/** Rejects when a watch or the database does not answer; the other watches are done then. */
export type AlertSweep = (watches: readonly AlertWatch[], now: number) => Promise<void>;

/** So that a cause that comes and goes is one alert. */
const CLEAR_MS = 5 * 60_000;

export function createAlertSweep({ store, log }: AlertSweepParts): AlertSweep {
  const isOver = async ({ alert, clearSince }: OpenAlert, now: number) => {
    if (clearSince === undefined) await store.setClear(alert.id, now);
    else if (now - clearSince >= CLEAR_MS && (await store.close(alert.id, now)))
      log.info({ alertId: alert.id, about: alertKey(alert) }, 'alert closed');
  };
  const isNotOver = async ({ alert, clearSince }: OpenAlert) => {
    if (clearSince !== undefined) await store.setClear(alert.id, undefined);
  };

  const sweepOne = async ({ kinds, look }: AlertWatch, now: number) => {
    const open = (await store.listOpen()).filter(({ alert }) => kinds.includes(alert.kind));
    const findings = await look(
      now,
      open.map(({ alert }) => alert),
    );
    for (const known of open) {
      const verdict = findings.find(({ cause }) => alertKey(cause) === alertKey(known.alert))?.verdict ?? 'clear';
      if (verdict === 'clear') await isOver(known, now);
      else await isNotOver(known);
    }
    for (const finding of findings) {
      const about = alertKey(finding.cause);
      if (finding.verdict !== 'bad' || open.some(({ alert }) => alertKey(alert) === about)) continue;
      if (await store.open(finding.cause, now)) log.warn({ about, value: finding.cause.value }, 'alert opened');
    }
  };

  return async (watches, now) => {
    const outcomes = await Promise.allSettled(watches.map((watch) => sweepOne(watch, now)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  };
}
