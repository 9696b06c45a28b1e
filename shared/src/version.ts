/** A version of something that administrators change, such as a site's guidance. */
import { z } from 'zod';

export const versionViewSchema = z.object({
  number: z.int(),
  createdAt: z.number(),
  /** Who made it. */
  by: z.string(),
});
export type VersionView = z.infer<typeof versionViewSchema>;
