/** The state of the Webhooks page: endpoints, and the log of what one of them was sent. */
import type { NewWebhook, Webhook, WebhookChange, WebhookDelivery, WebhookList } from '@firstword/shared/webhook';
import { type ReadonlySignal, signal } from '@preact/signals';
import { createPagedList, type PagedList } from './paged-list.ts';
import { createResource, type Resource } from './resource.ts';
import { createSettingsOutcome, type SettingsOutcome } from './settings-outcome.ts';
import type { WebhookApi } from './webhook-api.ts';

export interface WebhooksController extends SettingsOutcome {
  readonly webhooks: Resource<object, WebhookList>;
  /** Of the endpoint whose log is open, the newest first. */
  readonly deliveries: PagedList<string, WebhookDelivery>;
  /** The endpoint whose log is open. */
  readonly openId: ReadonlySignal<string | undefined>;
  /** Resolves with whether the server accepted it, as the others do. */
  add(webhook: NewWebhook): Promise<boolean>;
  change(id: string, change: WebhookChange): Promise<boolean>;
  rotateSecret(webhook: Webhook): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  /** Sends a test event, and opens the log that shows what becomes of it. */
  test(id: string): Promise<boolean>;
  sendAgain(deliveryId: string): Promise<boolean>;
  openLog(id: string | undefined): void;
  /** Reads the log and the states of endpoints again, beside what is shown. */
  refresh(): void;
}

export function createWebhooksController(api: WebhookApi): WebhooksController {
  const { show, fails, act, ...outcome } = createSettingsOutcome();
  const webhooks = createResource<object, WebhookList>({}, api.read);
  const deliveries = createPagedList(({ id }: WebhookDelivery) => id, api.readDeliveries);
  const openId = signal<string | undefined>(undefined);
  const openLog = (id: string | undefined) => {
    openId.value = id;
    if (id !== undefined) void deliveries.load(id);
  };
  return {
    ...outcome,
    webhooks,
    deliveries,
    openId,
    async add(webhook) {
      const result = await api.add(webhook);
      if (fails(result)) return false;
      show({ kind: 'webhook', for: webhook.url, text: result.value.secret });
      await webhooks.load();
      return true;
    },
    async rotateSecret({ id, url }) {
      const result = await api.rotateSecret(id);
      if (fails(result)) return false;
      show({ kind: 'webhook', for: url, text: result.value.secret });
      return true;
    },
    change: (id, change) => act(api.change(id, change), webhooks),
    remove: (id) => act(api.remove(id), webhooks),
    async test(id) {
      if (fails(await api.test(id))) return false;
      openLog(id);
      return true;
    },
    async sendAgain(deliveryId) {
      if (fails(await api.sendAgain(deliveryId))) return false;
      await deliveries.refresh();
      return true;
    },
    openLog,
    refresh() {
      void deliveries.refresh();
      void webhooks.load();
    },
    leave() {
      outcome.leave();
      openLog(undefined);
    },
  };
}
