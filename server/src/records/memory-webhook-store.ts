/** Webhooks in memory, for unit tests. */
import type { WebhookDelivery } from '@firstword/shared/webhook';
import { pageInMemory } from './newest-first.ts';
import type { StoredWebhook, WebhookStore } from './webhook-store.ts';

export function createMemoryWebhookStore(): WebhookStore {
  const webhooks = new Map<string, StoredWebhook>();
  const deliveries = new Map<string, WebhookDelivery>();
  const removeWhere = (test: (delivery: WebhookDelivery) => boolean) => {
    const removed = [...deliveries.values()].filter(test);
    for (const { id } of removed) deliveries.delete(id);
    return removed.length;
  };
  return {
    async save(webhook) {
      webhooks.set(webhook.id, webhook);
    },
    list: async () => [...webhooks.values()].sort((one, other) => one.createdAt - other.createdAt),
    async remove(id) {
      removeWhere(({ webhookId }) => webhookId === id);
      return webhooks.delete(id);
    },
    async enqueue(added) {
      for (const delivery of added)
        if (webhooks.has(delivery.webhookId) && !deliveries.has(delivery.id)) deliveries.set(delivery.id, delivery);
    },
    async claim(now, leaseMs, limit) {
      const due = [...deliveries.values()]
        .filter(({ nextAt }) => nextAt !== undefined && nextAt <= now)
        .filter(({ webhookId }) => webhooks.get(webhookId)?.disabledAt === undefined)
        .sort((one, other) => (one.nextAt ?? 0) - (other.nextAt ?? 0))
        .slice(0, limit);
      for (const delivery of due) deliveries.set(delivery.id, { ...delivery, nextAt: now + leaseMs });
      return due;
    },
    async settle(delivery) {
      if (deliveries.has(delivery.id)) deliveries.set(delivery.id, delivery);
    },
    find: async (id) => deliveries.get(id),
    async listDeliveries(webhookId, request) {
      const own = [...deliveries.values()].filter((each) => each.webhookId === webhookId);
      const { page, ...next } = pageInMemory(own, request);
      return { deliveries: page, ...next };
    },
    async erase(conversationIds) {
      removeWhere(({ conversationId }) => conversationId !== undefined && conversationIds.includes(conversationId));
    },
    expire: async (before) => removeWhere(({ at }) => at < before),
  };
}
