/** API tokens of programs, of which only hashes are stored. */
import { API_SCOPES, type SiteRoles } from '@firstword/shared/permissions';
import { z } from 'zod';

export const programSchema = z.object({
  id: z.string(),
  /** Shown as the author of the program's actions. */
  name: z.string(),
  /** `write` includes reading. */
  scope: z.enum(API_SCOPES),
  /** Absent: all sites. */
  sites: z.array(z.string()).exactOptional(),
  /** The agent who made it, with whom it ends. */
  accountId: z.string().exactOptional(),
  createdAt: z.number(),
  /** Absent: it does not end by itself. */
  expiresAt: z.number().exactOptional(),
});
export type Program = z.infer<typeof programSchema>;

export type KnownProgram = Program & {
  /** Of the agent who made it, as they are now; empty when the agent is deactivated. Absent when a command made it. */
  readonly makerRoles?: SiteRoles;
};

/** To within a minute or two. */
export type ListedProgram = KnownProgram & { readonly lastUsedAt?: number };

export interface ApiTokenStore {
  add(tokenHash: string, program: Program): Promise<void>;
  find(tokenHash: string): Promise<Program | undefined>;
  /** Those that exist, by their hashes. */
  findAll(tokenHashes: readonly string[]): Promise<ReadonlyMap<string, KnownProgram>>;
  /** Oldest first. */
  list(): Promise<ListedProgram[]>;
  noteUse(id: string, at: number): Promise<void>;
  /** False when the program does not exist. */
  remove(id: string): Promise<boolean>;
  /** Adds a token that an older version stored elsewhere. Only once: a token that was removed since stays removed. */
  importToken(tokenHash: string, program: Program): Promise<void>;
}
