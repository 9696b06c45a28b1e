/** The options with which a schema must be used, so that only our own messages arrive in its issues, and what was given. */
import type { z } from 'zod';

export const OWN_MESSAGES: z.core.ParseContext<z.core.$ZodIssue> = { error: () => '', reportInput: true };
