/** Endpoints that administrators add, and the delivery of events to them: signed, retried over days, and logged. */
import { randomBytes, randomUUID } from 'node:crypto';
import {
  type NewWebhook,
  WEBHOOK_TEST,
  type Webhook,
  type WebhookChange,
  type WebhookDelivery,
  type WebhookSecret,
} from '@firstword/shared/webhook';
import type { Log } from '../lib/log.ts';
import { phrase } from '../lib/phrase.ts';
import { AddressError, checkedUrl } from '../lib/public-address.ts';
import type { SealedText } from '../lib/sealed-text.ts';
import { hashId } from '../lib/tokens.ts';
import type { StoredWebhook, WebhookStore } from '../records/webhook-store.ts';
import { createDeliveryRun, disabledBy } from './delivery-run.ts';
import { WebhookError } from './webhook-error.ts';
import type { WebhookEvent } from './webhook-event.ts';
import type { WebhookSender } from './webhook-sender.ts';

export interface Webhooks {
  list(): Promise<Webhook[]>;
  /** @throws WebhookError */
  add(webhook: NewWebhook): Promise<WebhookSecret>;
  /** @throws WebhookError */
  change(id: string, change: WebhookChange): Promise<Webhook>;
  /** The secret before still signs for a day. @throws WebhookError */
  rotate(id: string): Promise<WebhookSecret>;
  /** False when it does not exist. */
  remove(id: string): Promise<boolean>;
  /** Sends a test event. @throws WebhookError */
  test(id: string): Promise<WebhookDelivery>;
  /** Sends a delivery again, with its former id and body. @throws WebhookError */
  resend(deliveryId: string): Promise<WebhookDelivery>;
  deliveries: WebhookStore['listDeliveries'];
  /** Stores what is to be sent about the events. Rejects while the database is away. */
  publish(events: readonly WebhookEvent[]): Promise<void>;
  erase: WebhookStore['erase'];
  close(): Promise<void>;
}

export interface WebhooksParts {
  readonly store: WebhookStore;
  readonly sender: WebhookSender;
  readonly sealedText: SealedText;
  readonly privateHosts: readonly string[];
  /** A webhook was switched off because nothing could be delivered for long. */
  readonly onDisabled: (webhook: Webhook, why: string) => void;
  readonly log: Log;
  readonly now?: () => number;
  readonly tickMs?: number;
}

/** How long another process may send to an endpoint that was added, changed or removed here. */
const LIST_MS = 2000;
const OLD_SECRET_MS = 24 * 60 * 60 * 1000;
const SECRET_BYTES = 32;

export function createWebhooks(parts: WebhooksParts): Webhooks {
  const { store, sealedText, privateHosts, log, now = Date.now } = parts;
  let known: { readonly until: number; readonly webhooks: Promise<StoredWebhook[]> } | undefined;
  const current = (): Promise<StoredWebhook[]> => {
    if (known === undefined || known.until <= now()) {
      const webhooks = store.list();
      known = { until: now() + LIST_MS, webhooks };
      webhooks.catch(() => {
        known = undefined;
      });
    }
    return known.webhooks;
  };
  const save = async (webhook: StoredWebhook) => {
    await store.save(webhook);
    known = undefined;
    return viewOf(webhook);
  };
  const run = createDeliveryRun({ ...parts, current, save, now });

  const find = async (id: string): Promise<StoredWebhook> => {
    const found = (await store.list()).find((webhook) => webhook.id === id);
    if (found === undefined) throw new WebhookError('not-found', phrase`This webhook does not exist.`);
    return found;
  };
  const checkAddress = (url: string) => {
    try {
      checkedUrl(url, privateHosts);
    } catch (error) {
      if (error instanceof AddressError) throw new WebhookError('bad-address', error.phrase);
      throw error;
    }
  };
  const mintSecret = () => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

  const deliveryOf = (webhook: Webhook, event: Omit<WebhookEvent, 'type'> & { readonly type: string }) => ({
    id: `msg_${hashId(`${webhook.id} ${event.key}`)}`,
    webhookId: webhook.id,
    type: event.type,
    ...(event.conversationId === undefined ? {} : { conversationId: event.conversationId }),
    at: now(),
    state: 'waiting' as const,
    attempts: 0,
    nextAt: now(),
    body: JSON.stringify({ type: event.type, timestamp: new Date(event.at).toISOString(), data: event.data }),
  });

  return {
    list: async () => (await store.list()).map(viewOf),
    async add({ site, url, types }) {
      checkAddress(url);
      const secret = mintSecret();
      const webhook = {
        id: randomUUID(),
        ...(site === undefined ? {} : { siteId: site }),
        url,
        types,
        createdAt: now(),
      };
      return { webhook: await save({ ...webhook, secrets: [{ sealed: sealedText.seal(secret) }] }), secret };
    },
    async change(id, { enabled, ...change }) {
      if (change.url !== undefined) checkAddress(change.url);
      const changed = { ...(await find(id)), ...change };
      if (enabled === undefined) return save(changed);
      const { disabledAt: _at, disabledWhy: _why, disabledPhrase: _phrase, failingSince: _since, ...working } = changed;
      return save(
        enabled ? working : { ...changed, disabledAt: now(), ...disabledBy(phrase`Turned off by an administrator.`) },
      );
    },
    async rotate(id) {
      const webhook = await find(id);
      const secret = mintSecret();
      const [before] = webhook.secrets;
      const secrets = [
        { sealed: sealedText.seal(secret) },
        ...(before === undefined ? [] : [{ sealed: before.sealed, until: now() + OLD_SECRET_MS }]),
      ];
      return { webhook: await save({ ...webhook, secrets }), secret };
    },
    async remove(id) {
      const removed = await store.remove(id);
      known = undefined;
      return removed;
    },
    async test(id) {
      const webhook = await find(id);
      const data = { webhookId: id, text: 'This is a test event.' };
      const delivery = deliveryOf(webhook, { key: randomUUID(), type: WEBHOOK_TEST, at: now(), data });
      await store.enqueue([delivery]);
      run.soon();
      return delivery;
    },
    async resend(deliveryId) {
      const found = await store.find(deliveryId);
      if (found === undefined) throw new WebhookError('not-found', phrase`This delivery does not exist.`);
      const { error: _error, status: _status, response: _response, ...delivery } = found;
      const again = { ...delivery, state: 'waiting' as const, attempts: 0, nextAt: now() };
      await store.settle(again);
      run.soon();
      return again;
    },
    deliveries: store.listDeliveries,
    async publish(events) {
      const webhooks = (await current()).filter(({ disabledAt }) => disabledAt === undefined);
      const deliveries = events.flatMap((event) =>
        webhooks.filter((webhook) => wants(webhook, event)).map((webhook) => deliveryOf(webhook, event)),
      );
      if (deliveries.length === 0) return;
      await store.enqueue(deliveries);
      log.debug({ deliveries: deliveries.length }, 'queued webhook deliveries');
      run.soon();
    },
    erase: store.erase,
    close: run.close,
  };
}

/** An endpoint of one site is never sent what belongs to another site, or to none. */
function wants({ siteId, types }: Webhook, event: WebhookEvent): boolean {
  return types.includes(event.type) && (siteId === undefined || siteId === event.siteId);
}

/** Without its secrets. */
function viewOf({ secrets: _secrets, ...webhook }: StoredWebhook): Webhook {
  return webhook;
}
