/** API tokens of programs, of which only hashes are stored. */
import { z } from 'zod';

/** `models` is only for the model API; the others are for the REST API. */
export const API_SCOPES = ['read', 'write', 'models'] as const;

export const programSchema = z.object({
  id: z.string(),
  /** Shown as the author of the program's actions. */
  name: z.string(),
  /** `write` includes reading. */
  scope: z.enum(API_SCOPES),
  createdAt: z.number(),
});
export type Program = z.infer<typeof programSchema>;

export interface ApiTokenStore {
  add(tokenHash: string, program: Program): Promise<void>;
  find(tokenHash: string): Promise<Program | undefined>;
  /** Oldest first. */
  list(): Promise<Program[]>;
  /** False when the program does not exist. */
  remove(id: string): Promise<boolean>;
  /** Adds a token that an older version stored elsewhere. Only once: a token that was removed since stays removed. */
  importToken(tokenHash: string, program: Program): Promise<void>;
}
