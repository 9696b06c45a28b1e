/** Makes and removes accounts, and issues the one-time links with which agents set a password. */
import { randomUUID } from 'node:crypto';
import type { AgentView, LinkView } from '@firstword/shared/console-wire';
import { mintToken, type TokenHash } from '../lib/tokens.ts';
import type { Account, AccountStore, Link } from '../records/account-store.ts';
import { agentView } from './account.ts';
import type { Passwords } from './passwords.ts';

export interface NewAgent {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

export interface AccountAdmin {
  /** A one-time link's token for the first agent (24 h, an admin); undefined when there is an agent. */
  firstRun(): Promise<{ token: string } | undefined>;
  /** A one-time link's token (24 h) to create an account for this e-mail address; undefined when it has one. */
  invite(email: string, role: AgentView['role']): Promise<{ token: string } | undefined>;
  /** A one-time link's token (24 h) to set a new password; undefined when the account does not exist. */
  reset(email: string): Promise<{ token: string } | undefined>;
  /** What a one-time link is for; undefined when it is unknown, used or expired. */
  linkOf(token: string): Promise<LinkView | undefined>;
  /** False when the e-mail address has an account. */
  add(agent: NewAgent & { readonly role: AgentView['role'] }): Promise<boolean>;
  list(): Promise<AgentView[]>;
  /** Removes the account and ends its sessions. False when it does not exist. */
  remove(email: string): Promise<boolean>;
}

export interface AccountAdminParts {
  readonly accounts: AccountStore;
  readonly tokenHash: TokenHash;
  readonly passwords: Passwords;
  readonly now?: () => number;
}

const LINK_MS = 24 * 60 * 60 * 1000;

export function createAccountAdmin({
  accounts,
  tokenHash,
  passwords,
  now = Date.now,
}: AccountAdminParts): AccountAdmin {
  const openLink = async (link: Link) => {
    const token = mintToken();
    await accounts.openLink(tokenHash(token), link, now() + LINK_MS);
    return { token };
  };
  return {
    async firstRun() {
      return (await accounts.count()) > 0 ? undefined : openLink({ kind: 'first-run' });
    },
    async invite(email, role) {
      return (await accounts.find(email)) === undefined ? openLink({ kind: 'invite', email, role }) : undefined;
    },
    async reset(email) {
      return (await accounts.find(email)) === undefined ? undefined : openLink({ kind: 'reset', email });
    },
    async linkOf(token) {
      const link = await accounts.readLink(tokenHash(token));
      if (link === undefined || link.kind === 'first-run') return link;
      if (link.kind === 'invite') return { kind: 'invite', email: link.email };
      const account = await accounts.find(link.email);
      return account && { kind: 'reset', email: link.email, name: account.name };
    },
    add: async (agent) => accounts.add(await newAccount(agent, agent.role, { passwords, now })),
    list: async () => (await accounts.list()).map(agentView),
    async remove(email) {
      const account = await accounts.find(email);
      if (account !== undefined) await accounts.remove(account);
      return account !== undefined;
    },
  };
}

export async function newAccount(
  { email, name, password }: NewAgent,
  role: AgentView['role'],
  { passwords, now }: { readonly passwords: Passwords; readonly now: () => number },
): Promise<Account> {
  const passwordHash = await passwords.hash(password);
  return { id: randomUUID(), email, name, role, passwordHash, credential: randomUUID(), createdAt: now() };
}
