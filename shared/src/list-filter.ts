/** What both lists, of tickets and of conversations, are filtered by beside their own filters. */
import { z } from 'zod';
import { TIERS } from './catalog.ts';
import { HAND_OFF_REASONS } from './ticket.ts';

const yes = z.literal('yes').optional();

export const traitQuery = {
  /** Why the conversation was handed off. */
  reason: z.enum(HAND_OFF_REASONS).optional(),
  /** As triage names it. */
  topic: z.string().trim().min(1).max(80).optional(),
  /** A language code without region, such as `de`: of tickets what the visitor writes in, of conversations that of the page. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'is not a language code. Use two or three lower-case letters, such as de')
    .optional(),
  /** A model of this tier was called, in the last 30 days. */
  tier: z.enum(TIERS).optional(),
  /** An answer was rated so. */
  rated: z.enum(['up', 'down']).optional(),
  /** An answer has sentences that no article supports. */
  unsupported: yes,
  /** The first answer of a visit appeared slowly. */
  slow: yes,
  /** The site has verified who the visitor is. */
  verified: yes,
};
const traitSchema = z.object(traitQuery);
export type TraitFilter = z.infer<typeof traitSchema>;
