/** A long-polling request and its answer, as processes send them to one another. */
import { z } from 'zod';

export const pollRequestSchema = z.object({
  method: z.enum(['GET', 'POST']),
  /** Path and query. */
  url: z.string(),
  contentType: z.string().optional(),
  body: z.string(),
});
export type PollRequest = z.infer<typeof pollRequestSchema>;

export const pollAnswerSchema = z.object({ status: z.int(), contentType: z.string(), body: z.string() });
export type PollAnswer = z.infer<typeof pollAnswerSchema>;
