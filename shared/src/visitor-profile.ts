/** What a site's own server states about a visitor whom it has identified. On the feed, in the archive and for agents. */
import { z } from 'zod';

export const ATTRIBUTES_MAX = 20;
export const ATTRIBUTE_NAME = /^[A-Za-z][\w-]{0,39}$/;
const ATTRIBUTE_TEXT_MAX = 200;

export const attributeSchema = z.union([
  z.string().trim().min(1).max(ATTRIBUTE_TEXT_MAX),
  z.number(), // finite, as JSON has no other
  z.boolean(),
]);
export type Attribute = z.infer<typeof attributeSchema>;

export const visitorProfileSchema = z.object({
  /** The site's own id of the visitor. */
  subject: z.string(),
  name: z.string().exactOptional(),
  email: z.string().exactOptional(),
  /** A text that is an ISO 8601 date or time is shown as one. */
  attributes: z.record(z.string(), attributeSchema).exactOptional(),
});
export type VisitorProfile = z.infer<typeof visitorProfileSchema>;
