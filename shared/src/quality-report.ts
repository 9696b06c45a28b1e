/** The report on quality: how conversations went, what visitors thought of them, and what agents had to do. */
import { z } from 'zod';
import { siteNameSchema } from './reports.ts';
import { HAND_OFF_REASONS } from './ticket.ts';
import { siteIdSchema } from './wire.ts';

export const QUALITY_KEYS = ['day', 'site', 'language'] as const;
export type QualityKey = (typeof QUALITY_KEYS)[number];

/** `GET /api/v1/reports/quality`; UTC days, both included; `site` defaults to all sites. */
export const qualityQuerySchema = z.strictObject({
  site: siteIdSchema.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  by: z.enum(QUALITY_KEYS).default('day'),
});

const count = z.int().min(0);
const noDataSchema = z.object({ kind: z.literal('no-data') });

/** Milliseconds from a ticket's opening to the first reply of an agent. */
export const firstResponseSchema = z.discriminatedUnion('kind', [
  noDataSchema,
  z.object({ kind: z.literal('measured'), tickets: count, p50Ms: z.number().min(0), p90Ms: z.number().min(0) }),
]);
export type FirstResponse = z.infer<typeof firstResponseSchema>;

/** Of conversations and tickets that began in the period. */
export const qualityFiguresSchema = z.object({
  conversations: count,
  /** Conversations that never had a ticket. */
  withoutAgent: count,
  tickets: count,
  /** Tickets that were reopened at least once. */
  reopened: count,
  ratingsUp: count,
  ratingsDown: count,
  /** Ratings of whole conversations, 1 to 5. */
  satisfaction: z.discriminatedUnion('kind', [
    noDataSchema,
    z.object({ kind: z.literal('measured'), answers: count, average: z.number().min(1).max(5) }),
  ]),
  firstResponse: firstResponseSchema,
  /** Tickets with a target for the first reply that was met or missed. */
  targets: z.discriminatedUnion('kind', [
    noDataSchema,
    z.object({ kind: z.literal('measured'), tickets: count, met: count }),
  ]),
});
export type QualityFigures = z.infer<typeof qualityFiguresSchema>;

const counted = <Key extends z.ZodType>(key: Key) => z.array(z.object({ key, count }));

/** What was found for the days that were asked for. */
export const qualityFindingsSchema = z.object({
  total: qualityFiguresSchema,
  lines: z.array(z.object({ key: z.string(), figures: qualityFiguresSchema })),
  /** Tickets by the reason of their hand-off, the most frequent first. */
  reasons: counted(z.enum(HAND_OFF_REASONS)),
  /** Tickets by the topic that triage named, the most frequent first. */
  topics: counted(z.string()),
  /** Analyses by what agents did with their reply. */
  reviews: z.object({ approved: count, edited: count, rejected: count, pending: count }),
  /** The latest ratings that say why an answer did not help. */
  comments: z.array(z.object({ conversationId: z.string(), at: z.number(), text: z.string() })),
});
export type QualityFindings = z.infer<typeof qualityFindingsSchema>;

export const qualityReportSchema = qualityFindingsSchema.extend({
  site: z.string().exactOptional(),
  from: z.iso.date(),
  to: z.iso.date(),
  by: z.enum(QUALITY_KEYS),
  sites: z.array(siteNameSchema),
});
export type QualityReport = z.infer<typeof qualityReportSchema>;
