/** Alerts, and the notices of each that are still to be sent. */
import { ALERT_CHANGES, type Alert, type AlertCause, type AlertChange, alertSchema } from '@firstword/shared/alert';
import { z } from 'zod';

export interface OpenAlert {
  readonly alert: Alert;
  /** Since when its cause is over; undefined while it isn't. */
  readonly clearSince: number | undefined;
}

export const alertNoticeSchema = z.object({
  id: z.string(),
  change: z.enum(ALERT_CHANGES),
  /** As it was after the change. */
  alert: alertSchema,
  at: z.number(),
});
/** That an alert was opened or closed. It is stored together with the change, and removed when it has been sent. */
export interface AlertNotice extends z.infer<typeof alertNoticeSchema> {
  /** Ids of the accounts that have been sent it. */
  readonly mailed: readonly string[];
}

export interface AlertQuestion {
  readonly keys: readonly string[];
  readonly state?: Alert['state'] | undefined;
  readonly limit: number;
}

export interface AlertStore {
  /** False when one about the same is open. */
  open(cause: AlertCause, now: number): Promise<boolean>;
  listOpen(): Promise<OpenAlert[]>;
  /** Keeps the earlier time while the cause is over; `undefined`: it isn't. */
  setClear(id: string, since: number | undefined): Promise<void>;
  /** False when it isn't open. */
  close(id: string, now: number): Promise<boolean>;
  /** Those with these keys (`alertKey`), the newest first. */
  list(question: AlertQuestion): Promise<Alert[]>;
  /**
   * Notices that are due, which no other caller gets until `leaseMs` later. That an alert was closed is due only after its
   * opening has been sent.
   */
  claim(now: number, leaseMs: number, limit: number): Promise<AlertNotice[]>;
  markMailed(noticeId: string, accountId: string): Promise<void>;
  postpone(noticeId: string, until: number): Promise<void>;
  /** It has been sent. */
  settle(noticeId: string): Promise<void>;
  /** Deletes alerts that were closed earlier. */
  expire(before: number): Promise<number>;
}

export function noticeOf(change: AlertChange, alert: Alert, at: number): z.infer<typeof alertNoticeSchema> {
  return { id: `${alert.id}.${change}`, change, alert, at };
}
