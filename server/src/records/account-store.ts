/** Agents' accounts and their one-time links, of whose tokens only hashes are stored. */
import { type Access, AGENT_ROLES, mayEverywhere } from '@firstword/shared/permissions';
import { z } from 'zod';

const rolesSchema = z.record(z.string(), z.enum(AGENT_ROLES));
const secondFactorSchema = z.object({
  /** Encrypted. */
  secret: z.string(),
  /** Of the last code that was used; older ones are refused. */
  lastStep: z.number(),
  /** Hashes of those that are left. */
  recoveryCodes: z.array(z.string()),
});
export type SecondFactor = z.infer<typeof secondFactorSchema>;

export const accountSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  /** By site; `*`: all sites. */
  roles: rolesSchema,
  /** Since when the agent can't sign in. */
  deactivatedAt: z.number().exactOptional(),
  secondFactor: secondFactorSchema.exactOptional(),
  passwordHash: z.string(),
  /** Changes with the password, which ends all earlier sessions. */
  credential: z.string(),
  createdAt: z.number(),
});
export type Account = z.infer<typeof accountSchema>;
export type AccountAccess = Pick<Account, 'id' | 'roles' | 'deactivatedAt' | 'credential'>;

export const linkSchema = z.discriminatedUnion('kind', [
  /** Creates the first account; invalid once an account exists. */
  z.object({ kind: z.literal('first-run') }),
  z.object({ kind: z.literal('invite'), email: z.string(), roles: rolesSchema }),
  z.object({ kind: z.literal('reset'), email: z.string() }),
]);
export type Link = z.infer<typeof linkSchema>;

/** What changes; `null` removes a value. */
export interface AccountChange {
  readonly roles?: Access['roles'];
  readonly deactivatedAt?: number | null;
  readonly secondFactor?: SecondFactor | null;
  /** Ends the account's sessions. */
  readonly credential?: string;
}

/** A link to create an account that has not been used. */
export type OpenInvite = Omit<Extract<Link, { kind: 'invite' }>, 'kind'> & {
  readonly id: string;
  readonly expiresAt: number;
};

export interface AccountStore {
  count(): Promise<number>;
  load(id: string): Promise<Account | undefined>;
  find(email: string): Promise<Account | undefined>;
  list(): Promise<Account[]>;
  /** Of these accounts, those that exist, with all that decides what their sessions may do. */
  access(ids: readonly string[]): Promise<AccountAccess[]>;
  /** False when the e-mail address has an account. */
  add(account: Account): Promise<boolean>;
  /** Also removes the API tokens that it made, and its links to identity providers. */
  remove(account: Account): Promise<void>;
  /** Deactivating also removes the API tokens that it made. `last-admin`: no administrator of all sites would be left; nothing changes then. */
  change(id: string, change: AccountChange): Promise<'done' | 'not-found' | 'last-admin'>;
  /** Replaces the hash of the same password; sessions go on. Nothing happens if the password has changed meanwhile. */
  renewHash(id: string, from: string, to: string): Promise<void>;
  /** False when `from` is no longer the account's: another sign-in has used a code meanwhile. */
  useSecondFactor(id: string, from: SecondFactor, to: SecondFactor): Promise<boolean>;
  openLink(tokenHash: string, link: Link, expiresAt: number): Promise<void>;
  readLink(tokenHash: string): Promise<Link | undefined>;
  /** Those that have not expired, by e-mail address. */
  listInvites(): Promise<OpenInvite[]>;
  /** False when there is none. */
  removeInvite(id: string): Promise<boolean>;
  /** Redeems the link; after `taken` it stays usable for another e-mail address. */
  redeem(tokenHash: string, link: Link, account: Account): Promise<'done' | 'taken' | 'refused'>;
  /** Adds an account that an older version stored elsewhere. Only once: an account that was removed since stays removed. */
  importAccount(account: Account): Promise<void>;
  /** The same for a link, which stays redeemed. */
  importLink(tokenHash: string, link: Link, expiresAt: number): Promise<void>;
}

/** Whether the account keeps an installation manageable. */
export function isFullAdmin({ roles, deactivatedAt }: Pick<Account, 'roles' | 'deactivatedAt'>): boolean {
  return mayEverywhere({ roles }, 'installation:manage') && deactivatedAt === undefined;
}

export function accessOf({ id, roles, deactivatedAt, credential }: Account): AccountAccess {
  return { ...{ id, roles, credential }, ...(deactivatedAt === undefined ? {} : { deactivatedAt }) };
}

export function changedAccount(account: Account, change: AccountChange): Account {
  const { roles, deactivatedAt, credential, secondFactor } = change;
  const { deactivatedAt: oldEnd, secondFactor: oldFactor, ...kept } = account;
  const nextFactor = secondFactor === undefined ? oldFactor : secondFactor;
  const nextEnd = deactivatedAt === undefined ? oldEnd : deactivatedAt;
  return {
    ...kept,
    ...(roles === undefined ? {} : { roles: { ...roles } }),
    ...(credential === undefined ? {} : { credential }),
    ...(nextFactor === undefined || nextFactor === null ? {} : { secondFactor: nextFactor }),
    ...(nextEnd === undefined || nextEnd === null ? {} : { deactivatedAt: nextEnd }),
  };
}
