/** Sends what is due, again and again over three days, and switches off an endpoint that never answers. */
import type { Phrase } from '@firstword/shared/phrase';
import type { Webhook, WebhookDelivery } from '@firstword/shared/webhook';
import type { Log } from '../lib/log.ts';
import { phrase, phraseText } from '../lib/phrase.ts';
import type { SealedText } from '../lib/sealed-text.ts';
import type { StoredWebhook, WebhookStore } from '../records/webhook-store.ts';
import type { SendOutcome, WebhookSender } from './webhook-sender.ts';

export interface DeliveryRun {
  /** Looks for due deliveries now rather than at the next tick. */
  soon(): void;
  close(): Promise<void>;
}

export interface DeliveryRunParts {
  readonly store: Pick<WebhookStore, 'claim' | 'settle'>;
  readonly sender: WebhookSender;
  readonly sealedText: Pick<SealedText, 'open'>;
  readonly current: () => Promise<readonly StoredWebhook[]>;
  readonly save: (webhook: StoredWebhook) => Promise<unknown>;
  readonly onDisabled: (webhook: Webhook, why: string) => void;
  readonly log: Log;
  readonly now: () => number;
  /** How often it looks for due deliveries. Default 1 s. */
  readonly tickMs?: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Before each further attempt, as the Standard Webhooks specification recommends: three days in all. */
const BACK_OFF_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
const DISABLE_AFTER_MS = 72 * HOUR;
const TICK_MS = 1000;
const AT_ONCE = 16;
/** Longer than an attempt may take; a delivery of a process that died is then sent by another. */
const LEASE_MS = MINUTE;
const GONE = 410;

export function createDeliveryRun(parts: DeliveryRunParts): DeliveryRun {
  const { store, sender, sealedText, current, save, log, now } = parts;
  let running: Promise<void> | undefined;
  let again = false;
  let failing = false;

  const attempt = async (delivery: WebhookDelivery, webhook: StoredWebhook): Promise<void> => {
    const secrets = webhook.secrets
      .filter(({ until }) => until === undefined || until > now())
      .map(({ sealed }) => sealedText.open(sealed));
    const outcome = await sender.send({ ...delivery, url: webhook.url, secrets, now: now() });
    const after = afterAttempt(delivery, outcome, now());
    await store.settle(after);
    if (outcome.ok) {
      if (webhook.failingSince === undefined) return;
      const { failingSince: _since, ...working } = webhook;
      await save(working);
      return;
    }
    const { status, error } = outcome;
    log.info({ webhookId: webhook.id, deliveryId: delivery.id, status, error }, 'webhook delivery failed');
    const failingSince = webhook.failingSince ?? now();
    const isGone = outcome.status === GONE;
    const isDead = after.state === 'failed' && now() - failingSince >= DISABLE_AFTER_MS;
    if (isGone || isDead) {
      const why = isGone ? phrase`The receiver answered 410 (gone).` : phrase`No delivery succeeded for three days.`;
      await save({ ...webhook, failingSince, disabledAt: now(), ...disabledBy(why) });
      log.warn({ webhookId: webhook.id, why: phraseText(why) }, 'webhook switched off');
      parts.onDisabled(webhook, phraseText(why));
    } else if (webhook.failingSince === undefined) await save({ ...webhook, failingSince });
  };

  const runAll = async () => {
    do {
      again = false;
      const webhooks = await current();
      if (webhooks.length === 0) return;
      const due = await store.claim(now(), LEASE_MS, AT_ONCE);
      await Promise.all(
        due.map(async (delivery) => {
          const webhook = webhooks.find(({ id }) => id === delivery.webhookId);
          if (webhook !== undefined) await attempt(delivery, webhook);
        }),
      );
      again ||= due.length === AT_ONCE;
    } while (again);
  };

  const soon = () => {
    again = true;
    running ??= runAll()
      .then(
        () => {
          failing = false;
        },
        (error: unknown) => {
          if (!failing) log.warn({ reason: String(error) }, 'delivering webhooks failed; retrying');
          failing = true;
        },
      )
      .finally(() => {
        running = undefined;
      });
  };
  const ticking = setInterval(soon, parts.tickMs ?? TICK_MS);
  return {
    soon,
    async close() {
      clearInterval(ticking);
      await running;
      await sender.close();
    },
  };
}

/** Why a webhook is off, for programs and for the console. */
export const disabledBy = (why: Phrase): Pick<Webhook, 'disabledWhy' | 'disabledPhrase'> => ({
  disabledWhy: phraseText(why),
  disabledPhrase: why,
});

function afterAttempt(delivery: WebhookDelivery, outcome: SendOutcome, now: number): WebhookDelivery {
  const { nextAt: _nextAt, status: _status, error: _error, response: _response, ...before } = delivery;
  const { ok, ...answered } = outcome;
  const attempts = delivery.attempts + 1;
  const attempted = { ...before, ...answered, attempts, attemptedAt: now };
  if (ok) return { ...attempted, state: 'delivered' };
  const waitMs = BACK_OFF_MS[attempts - 1];
  // With jitter, so that what failed together is not sent again together.
  if (waitMs !== undefined) return { ...attempted, state: 'waiting', nextAt: now + waitMs * (1 + Math.random() / 10) };
  return { ...attempted, state: 'failed' };
}
