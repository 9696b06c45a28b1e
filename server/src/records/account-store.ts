/** Agents' accounts and their one-time links, of whose tokens only hashes are stored. */
import { AGENT_ROLES } from '@firstword/shared/console-wire';
import { z } from 'zod';

export const accountSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(AGENT_ROLES),
  passwordHash: z.string(),
  /** Changes with the password, which ends all earlier sessions. */
  credential: z.string(),
  createdAt: z.number(),
});
export type Account = z.infer<typeof accountSchema>;

export const linkSchema = z.discriminatedUnion('kind', [
  /** Creates the first account; invalid once an account exists. */
  z.object({ kind: z.literal('first-run') }),
  z.object({ kind: z.literal('invite'), email: z.string(), role: z.enum(AGENT_ROLES) }),
  z.object({ kind: z.literal('reset'), email: z.string() }),
]);
export type Link = z.infer<typeof linkSchema>;

export interface AccountStore {
  count(): Promise<number>;
  load(id: string): Promise<Account | undefined>;
  find(email: string): Promise<Account | undefined>;
  list(): Promise<Account[]>;
  /** False when the e-mail address has an account. */
  add(account: Account): Promise<boolean>;
  remove(account: Account): Promise<void>;
  /** Replaces the hash of the same password; sessions go on. Nothing happens if the password has changed meanwhile. */
  renewHash(id: string, from: string, to: string): Promise<void>;
  openLink(tokenHash: string, link: Link, expiresAt: number): Promise<void>;
  readLink(tokenHash: string): Promise<Link | undefined>;
  /** Redeems the link; after `taken` it stays usable for another e-mail address. */
  redeem(tokenHash: string, link: Link, account: Account): Promise<'done' | 'taken' | 'refused'>;
  /** Adds an account that an older version stored elsewhere. Only once: an account that was removed since stays removed. */
  importAccount(account: Account): Promise<void>;
  /** The same for a link, which stays redeemed. */
  importLink(tokenHash: string, link: Link, expiresAt: number): Promise<void>;
}
