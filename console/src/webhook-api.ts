/** The REST client of the Webhooks page. */
import type {
  NewWebhook,
  Webhook,
  WebhookChange,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookList,
  WebhookSecret,
} from '@firstword/shared/webhook';
import type { Result } from './api-result.ts';
import type { Senders } from './knowledge-api.ts';
import type { Page } from './paged-list.ts';

/** For administrators. */
export interface WebhookApi {
  read(): Promise<Result<WebhookList>>;
  add(webhook: NewWebhook): Promise<Result<WebhookSecret>>;
  change(id: string, change: WebhookChange): Promise<Result<Webhook>>;
  rotateSecret(id: string): Promise<Result<WebhookSecret>>;
  remove(id: string): Promise<Result<unknown>>;
  test(id: string): Promise<Result<WebhookDelivery>>;
  readDeliveries(id: string, cursor: string | undefined): Promise<Result<Page<WebhookDelivery>>>;
  sendAgain(deliveryId: string): Promise<Result<WebhookDelivery>>;
}

export function createWebhookApi({ send, sendWithRetries }: Senders): WebhookApi {
  const path = (id: string) => `/webhooks/${encodeURIComponent(id)}`;
  return {
    read: () => sendWithRetries('GET', '/webhooks'),
    // Not repeated: each of them makes another secret, or sends another event.
    add: (webhook) => send('POST', '/webhooks', webhook),
    rotateSecret: (id) => send('POST', `${path(id)}/rotate-secret`, {}),
    test: (id) => send('POST', `${path(id)}/test`, {}),
    sendAgain: (deliveryId) => send('POST', `/webhook-deliveries/${encodeURIComponent(deliveryId)}/send`, {}),
    change: (id, change) => sendWithRetries('POST', path(id), change),
    remove: (id) => send('DELETE', path(id)),
    async readDeliveries(id, cursor) {
      const query = cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`;
      const result = await sendWithRetries<WebhookDeliveryList>('GET', `${path(id)}/deliveries${query}`);
      if (!result.ok) return result;
      const { deliveries: items, next } = result.value;
      return { ok: true, value: { items, ...(next === undefined ? {} : { next }) } };
    },
  };
}
