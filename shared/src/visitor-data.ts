/** What is stored of one visitor: how they are named, what an erasure has removed, and what an export contains. */
import { z } from 'zod';
import { analysisRunSchema } from './analysis.ts';
import { ticketNoteSchema } from './console-wire.ts';
import { conversationDetailSchema } from './conversation-records.ts';
import { modelCallViewSchema } from './model-calls.ts';
import { ticketEventSchema, ticketSchema } from './ticket.ts';
import { siteIdSchema } from './wire.ts';

/** One visitor, by what a request from them names. */
export const visitorRefSchema = z
  .strictObject({
    /** Absent: on all sites. */
    site: siteIdSchema.optional(),
    visitorId: z
      .string()
      .regex(/^[\w.:-]{1,128}$/, 'is not a visitor id')
      .optional(),
    /** As it was given in the pre-chat form or for replies. */
    email: z.string().trim().max(254).pipe(z.email('is not an e-mail address')).optional(),
    /** The token of the visitor's session, as their browser stores it. */
    session: z.string().min(1).max(256).optional(),
  })
  .refine(
    ({ visitorId, email, session }) => [visitorId, email, session].filter((given) => given !== undefined).length === 1,
    'Give exactly one of visitorId, email and session',
  );
export type VisitorRef = z.infer<typeof visitorRefSchema>;

/** `POST /api/v1/visitors/erase` */
export const erasureReportSchema = z.object({
  /** Visitors that were found: an e-mail address may have several, one for each browser. */
  visitors: z.int().min(0),
  removed: z.object({
    conversations: z.int().min(0),
    messages: z.int().min(0),
    ratings: z.int().min(0),
    files: z.int().min(0),
    tickets: z.int().min(0),
    analyses: z.int().min(0),
    sessions: z.int().min(0),
    /** Events that other parts of the product had not handled yet. */
    waitingEvents: z.int().min(0),
  }),
});
export type ErasureReport = z.infer<typeof erasureReportSchema>;

export const exportedConversationSchema = conversationDetailSchema.omit({ earlier: true }).extend({
  files: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.number() })),
  /** Which models got the messages, and where. */
  calls: z.array(modelCallViewSchema),
  tickets: z.array(
    z.object({
      ticket: ticketSchema,
      events: z.array(ticketEventSchema),
      notes: z.array(ticketNoteSchema),
      analyses: z.array(analysisRunSchema),
    }),
  ),
});
export type ExportedConversation = z.infer<typeof exportedConversationSchema>;

/** `POST /api/v1/visitors/export` */
export const visitorExportSchema = z.object({
  /** In milliseconds since 1970. */
  exportedAt: z.number(),
  visitors: z.array(z.object({ siteId: z.string(), visitorId: z.string() })),
  sessions: z.array(z.object({ siteId: z.string(), startedAt: z.number(), identified: z.boolean() })),
  conversations: z.array(exportedConversationSchema),
});
export type VisitorExport = z.infer<typeof visitorExportSchema>;
