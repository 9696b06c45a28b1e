/** How agents may sign in. */
import { z } from 'zod';

/** `GET /api/v1/sign-in-options` */
export const signInOptionsSchema = z.object({
  /** Whether agents may sign in with a password. */
  password: z.boolean(),
  /** Absent when there is none. */
  provider: z.object({ label: z.string() }).exactOptional(),
});
export type SignInOptions = z.infer<typeof signInOptionsSchema>;
