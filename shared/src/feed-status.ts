/** The state of the conversation feed, for administrators: how far its consumers are behind, and what they could not handle. */
import { z } from 'zod';

const count = z.int().min(0);

export const feedGroupSchema = z.object({
  /** The consumer group: `archive`, `tickets` … */
  group: z.string(),
  /** Age of the oldest event that it has not handled; 0 when it has handled all. */
  lagSeconds: z.number().min(0),
  /** Events that it has not handled; at most 1,000 are counted for each of the 64 partitions. */
  waiting: count,
  /** Server processes that handle its events now. */
  processes: count,
  /** Events that it could not handle. */
  setAside: count,
});
export type FeedGroup = z.infer<typeof feedGroupSchema>;

/** `GET /api/v1/feed` */
export const feedStatusSchema = z.object({ groups: z.array(feedGroupSchema) });
export type FeedStatusView = z.infer<typeof feedStatusSchema>;

export const setAsideViewSchema = z.object({
  id: z.string(),
  group: z.string(),
  /** `message`, `rated` …; absent when the event is unreadable. */
  type: z.string().exactOptional(),
  conversationId: z.string().exactOptional(),
  /** When the event happened, and when it was last set aside. */
  at: z.number(),
  setAsideAt: z.number(),
  tries: count,
  reason: z.string(),
});
export type SetAsideView = z.infer<typeof setAsideViewSchema>;

/** `GET /api/v1/feed/set-aside` */
export const setAsideListSchema = z.object({
  /** Set aside last first; at most 200. */
  events: z.array(setAsideViewSchema),
});
export type SetAsideList = z.infer<typeof setAsideListSchema>;

/** `POST /api/v1/feed/set-aside/:id/redeliver` */
export const redeliverySchema = z.object({
  /** False: the consumer failed again, and the event stays on the list. */
  delivered: z.boolean(),
  /** Why it failed. */
  reason: z.string().exactOptional(),
});
export type Redelivery = z.infer<typeof redeliverySchema>;
