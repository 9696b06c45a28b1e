/** Articles that are proposed because visitors asked what no article answers; an administrator accepts or rejects each. */
import { z } from 'zod';
import { articleSchema } from './article.ts';
import { siteIdSchema } from './wire.ts';

export const PROPOSAL_STATES = ['drafting', 'open', 'failed', 'accepted', 'rejected'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** `rating`: a visitor rated an answer badly. `edit`: an agent rewrote a proposed reply. */
export const PROPOSAL_ORIGINS = ['rating', 'edit'] as const;
export type ProposalOrigin = (typeof PROPOSAL_ORIGINS)[number];

export const proposalSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  state: z.enum(PROPOSAL_STATES),
  /** What visitors asked. */
  question: z.string(),
  /** The draft; empty until it is written. */
  title: z.string(),
  body: z.string(),
  /** What it was drafted from. */
  conversationIds: z.array(z.string()),
  articles: z.array(z.object({ id: z.string(), title: z.string() })),
  createdAt: z.number(),
  by: z.string(),
  /** What it arose from by itself; absent when someone requested it. */
  origin: z.enum(PROPOSAL_ORIGINS).exactOptional(),
  decidedBy: z.string().exactOptional(),
  /** Of the article that it became. */
  articleId: z.string().exactOptional(),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** `POST /api/v1/knowledge/proposals`: of the questions of a gap, or of one conversation. */
export const proposalRequestSchema = z
  .strictObject({ site: siteIdSchema, gap: z.string().max(64).optional(), conversation: z.string().max(64).optional() })
  .refine(({ gap, conversation }) => (gap === undefined) !== (conversation === undefined), {
    message: 'needs either "gap" or "conversation"',
  });
export const proposalListSchema = z.object({ proposals: z.array(proposalSchema) });
export const proposalAcceptSchema = z.strictObject({ article: articleSchema });
