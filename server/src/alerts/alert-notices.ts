/** Sends that alerts were opened and closed: to webhooks, and by e-mail. What a process didn't finish, another one does. */
import type { Log } from '../lib/log.ts';
import type { Mailer } from '../lib/mail.ts';
import type { AlertNotice, AlertStore } from '../records/alert-store.ts';
import type { AlertWords } from './alert-mail.ts';
import type { AlertRecipient, AlertRecipients } from './alert-recipients.ts';

export interface AlertNoticeParts {
  readonly store: Pick<AlertStore, 'claim' | 'markMailed' | 'postpone' | 'settle'>;
  /** Idempotent. */
  readonly publish: (notice: AlertNotice) => Promise<void>;
  /** Undefined when no mail server is configured. */
  readonly mailer: Pick<Mailer, 'mailAlert'> | undefined;
  readonly recipients: AlertRecipients;
  readonly wordsOf: (notice: AlertNotice) => AlertWords;
  readonly log: Log;
  readonly now?: () => number;
}

export interface AlertNotices {
  /** Sends what is due. Any process may call it. Resolves after the mail server has answered. */
  deliver(): Promise<void>;
  /** From now on a notice that isn't sent stays due, so that another process sends it. */
  stop(): void;
}

/** Longer than all attempts of one mail. */
const LEASE_MS = 5 * 60_000;
const RETRY_MS = 5 * 60_000;
const GIVE_UP_MS = 24 * 60 * 60_000;
const BATCH = 20;

export function createAlertNotices(parts: AlertNoticeParts): AlertNotices {
  const { store, publish, mailer, recipients, wordsOf, log, now = Date.now } = parts;
  let stopped = false;

  const mailTo = async (notice: AlertNotice, { id, email }: AlertRecipient): Promise<boolean> => {
    if (mailer === undefined) return true;
    const { alert, change } = notice;
    // A mail repeated after a crash has the same id, so mail programs show it once.
    const accepted = await mailer.mailAlert({
      ...wordsOf(notice),
      to: email,
      id: `${notice.id}.${id}`,
      earlierIds: change === 'closed' ? [`${alert.id}.opened.${id}`] : [],
    });
    if (accepted) await store.markMailed(notice.id, id);
    return accepted;
  };

  const send = async (notice: AlertNotice): Promise<void> => {
    await publish(notice);
    const to = mailer === undefined ? [] : await recipients(notice.alert);
    const missing = to.filter(({ id }) => !notice.mailed.includes(id));
    const accepted = await Promise.all(missing.map((recipient) => mailTo(notice, recipient)));
    if (accepted.every(Boolean)) return store.settle(notice.id);
    if (stopped) return store.postpone(notice.id, now());
    if (now() - notice.at < GIVE_UP_MS) return store.postpone(notice.id, now() + RETRY_MS);
    log.warn({ noticeId: notice.id }, 'e-mailing an alert failed for a day; giving up');
    await store.settle(notice.id);
  };

  return {
    async deliver() {
      if (stopped) return;
      const due = await store.claim(now(), LEASE_MS, BATCH);
      await Promise.all(
        due.map((notice) =>
          send(notice).catch((error: unknown) =>
            log.warn({ noticeId: notice.id, reason: String(error) }, 'sending an alert failed; retrying'),
          ),
        ),
      );
    },
    stop() {
      stopped = true;
    },
  };
}
