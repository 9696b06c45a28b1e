/** Alerts: what an owner must learn without looking at a page, and when it is over. */
import { z } from 'zod';
import { TIERS } from './catalog.ts';
import { siteNameSchema } from './reports.ts';

/**
 * `response-time`: a site's objective for `feltTtft` burns. `budget-near`, `budget-reached`: of a site's daily budget.
 * `models-down`: no model of a chain answers.
 */
export const ALERT_KINDS = ['response-time', 'budget-near', 'budget-reached', 'models-down'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
const ALERT_STATES = ['open', 'closed'] as const;

const milliseconds = z.number().min(0);

/** What an alert is about, and the figures that opened it. */
export const alertCauseSchema = z.object({
  kind: z.enum(ALERT_KINDS),
  /** Absent: it belongs to no site. */
  siteId: z.string().exactOptional(),
  /** Of the chain of models. */
  tier: z.enum(TIERS).exactOptional(),
  /** The share of answers within the objective, the used share of the budget, or the number of models that answer. */
  value: z.number().min(0),
  /** What `value` was compared with: at least this share, less than this share, or at least this many models. */
  objective: z.number().min(0),
  /** Of the objective for `feltTtft`. */
  withinMs: milliseconds.exactOptional(),
  /** Why models don't answer, as a code of docs/errors.md, and what to do. */
  reason: z.string().exactOptional(),
  fix: z.string().exactOptional(),
});
export type AlertCause = z.infer<typeof alertCauseSchema>;

export const alertSchema = alertCauseSchema.extend({
  id: z.string(),
  state: z.enum(ALERT_STATES),
  /** Milliseconds since 1970, as in `closedAt`. */
  since: milliseconds,
  closedAt: milliseconds.exactOptional(),
});
export type Alert = z.infer<typeof alertSchema>;

export const ALERT_CHANGES = ['opened', 'closed'] as const;
export type AlertChange = (typeof ALERT_CHANGES)[number];

/** What an alert is about. Only one with the same key is open at a time. */
export function alertKey({ kind, siteId, tier }: Pick<AlertCause, 'kind' | 'siteId' | 'tier'>): string {
  return [kind, siteId ?? tier ?? ''].join(' ');
}

export const alertQuerySchema = z.strictObject({
  /** Both without it. */
  state: z.enum(ALERT_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
/** `GET /api/v1/alerts`, the newest first. */
export const alertListSchema = z.object({ alerts: z.array(alertSchema), sites: z.array(siteNameSchema) });
export type AlertList = z.infer<typeof alertListSchema>;
