/** Views that agents save: a list with its filters, under a name. */
import { z } from 'zod';
import { conversationListQuerySchema } from './conversation-records.ts';
import { VIEW_COUNT_MAX } from './limits.ts';
import { ticketListQuerySchema } from './ticket-requests.ts';

const QUERIES = {
  tickets: ticketListQuerySchema.omit({ cursor: true, limit: true }),
  conversations: conversationListQuerySchema.omit({ cursor: true, limit: true }),
};
const fields = {
  name: z.string().trim().min(1).max(60),
  /** `GET /api/v1/tickets` or `GET /api/v1/conversations`. */
  list: z.enum(['tickets', 'conversations']),
  /** The list's query, such as `{ "view": "open", "reason": "legal" }`. */
  filter: z.record(z.string().max(40), z.string().max(200)),
};

/** `POST /api/v1/views` */
export const newViewSchema = z.strictObject(fields).superRefine(({ list, filter }, context) => {
  const { error } = QUERIES[list].safeParse(filter);
  for (const { message, path } of error?.issues ?? [])
    context.addIssue({ code: 'custom', path: ['filter', ...path], message });
});
export type NewView = z.input<typeof newViewSchema>;

export const savedViewSchema = z.object({ id: z.string(), ...fields });
export type SavedView = z.infer<typeof savedViewSchema>;
/** `GET /api/v1/views`: those of the signed-in agent, in the order in which they were saved. */
export const savedViewListSchema = z.object({ views: z.array(savedViewSchema) });
export type SavedViewList = z.infer<typeof savedViewListSchema>;

/** `GET /api/v1/views/counts` */
export const viewCountsSchema = z.object({
  /** By view. VIEW_COUNT_MAX: that many or more. A view that takes too long to count, or that the caller's role can't read, is absent. */
  counts: z.record(z.string(), z.int().min(0).max(VIEW_COUNT_MAX)),
});
export type ViewCounts = z.infer<typeof viewCountsSchema>;

/** What the view lists; undefined where this version no longer accepts its filter. */
export function viewQuery({ list, filter }: Pick<SavedView, 'list' | 'filter'>) {
  if (list === 'tickets') {
    const { data } = QUERIES.tickets.safeParse(filter);
    return data && { list, query: data };
  }
  const { data } = QUERIES.conversations.safeParse(filter);
  return data && { list, query: data };
}
