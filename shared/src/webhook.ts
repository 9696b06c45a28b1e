/** Webhooks: endpoints of other programs that are sent events, signed as Standard Webhooks. */
import { z } from 'zod';
import { phraseSchema } from './phrase.ts';
import { siteNameSchema } from './reports.ts';
import { siteIdSchema } from './wire.ts';

export const WEBHOOK_TYPES = [
  'message.created',
  'ticket.created',
  'ticket.reopened',
  'ticket.resolved',
  'rating.created',
  'alert.opened',
  'alert.closed',
  'audit.recorded',
] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];
/** Sent by hand, to any endpoint. */
export const WEBHOOK_TEST = 'webhook.test';

export const webhookSchema = z.object({
  id: z.string(),
  /** Absent: events of all sites, and those that belong to none. */
  siteId: z.string().exactOptional(),
  url: z.string(),
  types: z.array(z.enum(WEBHOOK_TYPES)),
  createdAt: z.number(),
  /** Nothing is sent while it is set. */
  disabledAt: z.number().exactOptional(),
  disabledWhy: z.string().exactOptional(),
  /** The same in parts; absent where an earlier version has switched it off. */
  disabledPhrase: phraseSchema.exactOptional(),
  /** When the first delivery failed since the last one that succeeded. */
  failingSince: z.number().exactOptional(),
});
export type Webhook = z.infer<typeof webhookSchema>;

const WEBHOOK_DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;

export const webhookDeliverySchema = z.object({
  /** The header `webhook-id`, the same at each attempt. */
  id: z.string(),
  webhookId: z.string(),
  type: z.string(),
  /** Whose erasure removes it. */
  conversationId: z.string().exactOptional(),
  at: z.number(),
  state: z.enum(WEBHOOK_DELIVERY_STATES),
  attempts: z.int().min(0),
  /** Of the next attempt, while waiting. */
  nextAt: z.number().exactOptional(),
  /** Of the last attempt. */
  attemptedAt: z.number().exactOptional(),
  status: z.int().exactOptional(),
  error: z.string().exactOptional(),
  /** The beginning of what the receiver answered. */
  response: z.string().exactOptional(),
  /** The body that is sent. */
  body: z.string(),
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;

const urlSchema = z.string().trim().min(1).max(2000);
const typesSchema = z.array(z.enum(WEBHOOK_TYPES)).min(1, 'is empty. Choose at least one event type');

export const webhookListSchema = z.object({ webhooks: z.array(webhookSchema), sites: z.array(siteNameSchema) });
export type WebhookList = z.infer<typeof webhookListSchema>;
export const newWebhookSchema = z.strictObject({ site: siteIdSchema.optional(), url: urlSchema, types: typesSchema });
export type NewWebhook = z.infer<typeof newWebhookSchema>;
export const webhookChangeSchema = z.strictObject({
  url: urlSchema.exactOptional(),
  types: typesSchema.exactOptional(),
  enabled: z.boolean().exactOptional(),
});
export type WebhookChange = z.infer<typeof webhookChangeSchema>;
/** The secret is shown once. */
export const webhookSecretSchema = z.object({ webhook: webhookSchema, secret: z.string() });
export type WebhookSecret = z.infer<typeof webhookSecretSchema>;
export const webhookDeliveryQuerySchema = z.strictObject({
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const webhookDeliveryListSchema = z.object({
  /** The newest first. */
  deliveries: z.array(webhookDeliverySchema),
  next: z.string().exactOptional(),
});
export type WebhookDeliveryList = z.infer<typeof webhookDeliveryListSchema>;
