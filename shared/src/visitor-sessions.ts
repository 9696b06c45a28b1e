/** `GET` and `DELETE /api/v1/visitors/:id/sessions`: where a visitor's browsers are connected, or may connect again. */
import { z } from 'zod';
import { siteIdSchema } from './wire.ts';

export const visitorSessionsQuerySchema = z.strictObject({ site: siteIdSchema });
export const visitorSessionsSchema = z.object({
  /** The newest first. */
  sessions: z.array(
    z.object({
      startedAt: z.number(),
      /** When it was used last. */
      lastAt: z.number(),
      /** It was opened with a token of the site. */
      identified: z.boolean(),
    }),
  ),
});
export type VisitorSessions = z.infer<typeof visitorSessionsSchema>;
