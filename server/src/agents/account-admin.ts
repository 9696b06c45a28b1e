/** Makes, changes and removes accounts, and issues the one-time links with which agents set a password. */
import { randomUUID } from 'node:crypto';
import type { AgentView } from '@firstword/shared/agent-view';
import type { Access } from '@firstword/shared/permissions';
import type { LinkView } from '@firstword/shared/sign-in';
import type { TeamMember } from '@firstword/shared/team';
import { mintToken, type TokenHash } from '../lib/tokens.ts';
import type { Account, AccountStore, Link, OpenInvite } from '../records/account-store.ts';
import type { IdentityStore } from '../records/identity-store.ts';
import { agentView } from './account.ts';
import type { ApiTokens } from './api-tokens.ts';
import type { Passwords } from './passwords.ts';

export interface NewAgent {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** `last-admin`: no administrator of all sites would be left; nothing changed. */
export type ChangeOutcome = 'done' | 'not-found' | 'last-admin';

export interface AccountAdmin {
  /** A one-time link's token for the first agent (24 h, an admin); undefined when there is an agent. */
  firstRun(): Promise<{ token: string } | undefined>;
  /** A one-time link's token (24 h) to create an account for this e-mail address; undefined when it has one. */
  invite(email: string, access: Access): Promise<{ token: string } | undefined>;
  /** Invitations that can still be used. */
  invites(): Promise<OpenInvite[]>;
  /** False when there is none. */
  withdrawInvite(id: string): Promise<boolean>;
  /** A one-time link's token (24 h) to set a new password; undefined without an active account. */
  reset(email: string): Promise<{ token: string } | undefined>;
  /** What a one-time link is for; undefined when it is unknown, used or expired. */
  linkOf(token: string): Promise<LinkView | undefined>;
  /** False when the e-mail address has an account. */
  add(agent: NewAgent & Access): Promise<boolean>;
  /** Agents who can sign in. */
  list(): Promise<AgentView[]>;
  /** All accounts, also deactivated ones. */
  members(): Promise<TeamMember[]>;
  /** API tokens that the agent made never allow more than the new roles. */
  setAccess(id: string, access: Access): Promise<ChangeOutcome>;
  /** Deactivating ends the agent's sessions and API tokens. */
  setActive(id: string, active: boolean): Promise<ChangeOutcome>;
  endSessions(id: string): Promise<ChangeOutcome>;
  /** For an agent who has lost the app and the recovery codes. */
  removeSecondFactor(id: string): Promise<ChangeOutcome>;
  /** Lets another person at the identity provider have the account: the next one to sign in with its e-mail address. */
  unlink(id: string): Promise<boolean>;
  /** Removes the account and ends its sessions and API tokens. False when it does not exist. */
  remove(email: string): Promise<boolean>;
}

export interface AccountAdminParts {
  readonly accounts: AccountStore;
  readonly identities: Pick<IdentityStore, 'unlink'>;
  readonly apiTokens: Pick<ApiTokens, 'forgetThoseOf'>;
  readonly tokenHash: TokenHash;
  readonly passwords: Passwords;
  readonly now?: () => number;
}

export const LINK_MS = 24 * 60 * 60 * 1000;

export function createAccountAdmin({
  accounts,
  identities,
  apiTokens,
  tokenHash,
  passwords,
  now = Date.now,
}: AccountAdminParts): AccountAdmin {
  const openLink = async (link: Link) => {
    const token = mintToken();
    await accounts.openLink(tokenHash(token), link, now() + LINK_MS);
    return { token };
  };
  const isActive = ({ deactivatedAt }: Account) => deactivatedAt === undefined;
  return {
    async firstRun() {
      return (await accounts.count()) > 0 ? undefined : openLink({ kind: 'first-run' });
    },
    async invite(email, { roles }) {
      if ((await accounts.find(email)) !== undefined) return undefined;
      return openLink({ kind: 'invite', email, roles: { ...roles } });
    },
    invites: () => accounts.listInvites(),
    withdrawInvite: (id) => accounts.removeInvite(id),
    async reset(email) {
      const account = await accounts.find(email);
      return account !== undefined && isActive(account) ? openLink({ kind: 'reset', email }) : undefined;
    },
    async linkOf(token) {
      const link = await accounts.readLink(tokenHash(token));
      if (link === undefined || link.kind === 'first-run') return link;
      if (link.kind === 'invite') return { kind: 'invite', email: link.email };
      const account = await accounts.find(link.email);
      return account && isActive(account) ? { kind: 'reset', email: link.email, name: account.name } : undefined;
    },
    add: async (agent) => accounts.add(await newAccount(agent, agent, { passwords, now })),
    list: async () => (await accounts.list()).filter(isActive).map(agentView),
    members: async () =>
      (await accounts.list()).map((account) => {
        const { createdAt, deactivatedAt } = account;
        const secondFactor = account.secondFactor !== undefined;
        return {
          ...agentView(account),
          createdAt,
          secondFactor,
          ...(deactivatedAt === undefined ? {} : { deactivatedAt }),
        };
      }),
    async setAccess(id, { roles }) {
      const outcome = await accounts.change(id, { roles });
      apiTokens.forgetThoseOf(id);
      return outcome;
    },
    async setActive(id, active) {
      if (active) return accounts.change(id, { deactivatedAt: null });
      const outcome = await accounts.change(id, { deactivatedAt: now(), credential: randomUUID() });
      apiTokens.forgetThoseOf(id);
      return outcome;
    },
    endSessions: (id) => accounts.change(id, { credential: randomUUID() }),
    removeSecondFactor: (id) => accounts.change(id, { secondFactor: null }),
    unlink: (id) => identities.unlink(id),
    async remove(email) {
      const account = await accounts.find(email);
      if (account === undefined) return false;
      await accounts.remove(account);
      apiTokens.forgetThoseOf(account.id);
      return true;
    },
  };
}

export async function newAccount(
  { email, name, password }: NewAgent,
  { roles }: Access,
  { passwords, now }: { readonly passwords: Passwords; readonly now: () => number },
): Promise<Account> {
  const passwordHash = await passwords.hash(password);
  const own = { id: randomUUID(), email, name, roles: { ...roles } };
  return { ...own, passwordHash, credential: randomUUID(), createdAt: now() };
}
