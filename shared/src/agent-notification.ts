/** What an agent is notified of, when it happens. */
import { z } from 'zod';
import { NOTIFICATION_KINDS } from './agent-preferences.ts';

export const agentNotificationSchema = z.object({
  /** The same for all pages that are sent it. */
  id: z.string(),
  kind: z.enum(NOTIFICATION_KINDS),
  ticketId: z.string(),
  /** Of the ticket. */
  number: z.int().min(1),
  siteId: z.string(),
  /** What the visitor wrote: that led to the ticket, or in the reply. Shortened. */
  line: z.string(),
});
export type AgentNotification = z.infer<typeof agentNotificationSchema>;
