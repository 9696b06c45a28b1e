/** Endpoints of webhooks, and what was or is to be sent to each. */
import { type WebhookDelivery, webhookSchema } from '@firstword/shared/webhook';
import { z } from 'zod';
import type { PageRequest } from './newest-first.ts';

export const storedWebhookSchema = webhookSchema.extend({
  /** Encrypted. The first one is current; another one still signs until its time. */
  secrets: z.array(z.object({ sealed: z.string(), until: z.number().exactOptional() })),
});
export type StoredWebhook = z.infer<typeof storedWebhookSchema>;

export interface WebhookStore {
  /** Adds or replaces it. */
  save(webhook: StoredWebhook): Promise<void>;
  /** Oldest first. */
  list(): Promise<StoredWebhook[]>;
  /** With its deliveries. False when it does not exist. */
  remove(id: string): Promise<boolean>;

  /** Idempotent by id. Deliveries of a webhook that was removed meanwhile are left out. */
  enqueue(deliveries: readonly WebhookDelivery[]): Promise<void>;
  /** Deliveries that are due, which no other caller gets until `leaseMs` later. */
  claim(now: number, leaseMs: number, limit: number): Promise<WebhookDelivery[]>;
  /** Stores a delivery after an attempt, or to send it again. */
  settle(delivery: WebhookDelivery): Promise<void>;
  find(id: string): Promise<WebhookDelivery | undefined>;
  /** Newest first. @throws CursorError */
  listDeliveries(webhookId: string, page: PageRequest): Promise<{ deliveries: WebhookDelivery[]; next?: string }>;
  /** Deletes what was or is to be sent about these conversations. */
  erase(conversationIds: readonly string[]): Promise<void>;
  /** Deletes older deliveries, also those that wait for an endpoint that is off. */
  expire(before: number): Promise<number>;
}
