/** A stored question that another model, or other guidance, answers again: for agents, never for the visitor. */
import { z } from 'zod';
import { guidanceSchema } from './guidance.ts';
import { NUMBER_MAX } from './limits.ts';
import { modelCallViewSchema } from './model-calls.ts';
import { citationSchema } from './wire.ts';

/** `POST /api/v1/conversations/:id/replay` */
export const answerReplayRequestSchema = z.strictObject({
  /** `seq` of the visitor's message. */
  seq: z.int().min(1).max(NUMBER_MAX),
  model: z.string().min(1).max(200),
  /** In place of the site's. For agents who may manage its knowledge. */
  guidance: guidanceSchema.optional(),
});
export type AnswerReplayRequest = z.infer<typeof answerReplayRequestSchema>;

export const replayedAnswerSchema = z.object({
  text: z.string(),
  citations: z.array(citationSchema),
  /** Sentences that no source supports. */
  unsupported: z.array(z.string()),
  coverage: z.enum(['covered', 'partly', 'not-covered']),
  /** A ticket would be opened. */
  handsOff: z.boolean(),
  /** The model's token limit ended the answer. */
  shortened: z.boolean(),
});
export type ReplayedAnswer = z.infer<typeof replayedAnswerSchema>;

const calls = z.array(modelCallViewSchema);
/**
 * One line of the response. `retracted`: the text so far is not part of the answer. The last line is `answer`, whose text is
 * checked and replaces the streamed one, or `failed` with a code; each with the model calls that have ended.
 */
export const answerReplayEventSchema = z.union([
  z.object({ ttftMs: z.number() }),
  z.object({ text: z.string() }),
  z.object({ retracted: z.literal(true) }),
  z.object({ answer: replayedAnswerSchema, calls }),
  z.object({ failed: z.string(), calls }),
]);
export type AnswerReplayEvent = z.infer<typeof answerReplayEventSchema>;
