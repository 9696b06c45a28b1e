/** The search over everything that agents read: one text, some results of each kind. */
import { z } from 'zod';
import { listedConversationSchema } from './conversation-records.ts';
import { siteNameSchema } from './reports.ts';
import { ticketSchema } from './ticket.ts';

/** `GET /api/v1/search` */
export const searchQuerySchema = z.strictObject({
  /** Words of messages, or a part of a name, an e-mail address or an id; `#12` for a ticket number. */
  q: z.string().trim().min(1).max(200),
});
export const searchResultsSchema = z.object({
  tickets: z.array(ticketSchema),
  conversations: z.array(listedConversationSchema),
  /** Tickets of whose newest analysis the summary or the visitor's goal has the words. */
  analyses: z.array(z.object({ ticketId: z.string(), number: z.int(), siteId: z.string(), text: z.string() })),
  /** The best first. */
  articles: z.array(z.object({ id: z.string(), siteId: z.string(), title: z.string(), url: z.string() })),
  /** Those that the caller has access to. */
  sites: z.array(siteNameSchema),
});
export type SearchResults = z.infer<typeof searchResultsSchema>;
