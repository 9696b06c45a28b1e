/** Who may use the console: accounts, the one-time links that make them, sign-in, and sessions. */
import { randomUUID } from 'node:crypto';
import type { AgentView, LinkView } from '@firstword/shared/console-wire';
import type { Redis } from '../lib/redis.ts';
import type { TokenHash } from '../lib/tokens.ts';
import type { Account } from '../records/account-store.ts';
import type { RedisKeys } from '../store/keys.ts';
import { agentView } from './account.ts';
import { createAccountStore } from './account-store.ts';
import { type AgentSessionTimes, createAgentSessions, csrfOf } from './agent-sessions.ts';
import type { Passwords } from './passwords.ts';
import { createSignInLimits } from './sign-in-limits.ts';

/** A successful sign-in. `token` goes into the cookie, `csrf` to the page. */
export interface SignedIn {
  readonly kind: 'signed-in';
  readonly agent: AgentView;
  readonly token: string;
  readonly csrf: string;
}
export type SignInOutcome =
  | SignedIn
  | { readonly kind: 'refused' }
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number };
export type RedeemOutcome =
  | SignedIn
  /** The link is unknown, used, expired, or for another e-mail address. */
  | { readonly kind: 'refused' }
  /** The e-mail address has an account. */
  | { readonly kind: 'taken' };

interface NewAgent {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

export interface Agents {
  /** A one-time link's token for the first agent (24 h, an admin); undefined when there is an agent. */
  firstRun(): Promise<{ token: string } | undefined>;
  /** A one-time link's token (24 h) to create an account for this e-mail address; undefined when it has one. */
  invite(email: string, role: AgentView['role']): Promise<{ token: string } | undefined>;
  /** A one-time link's token (24 h) to set a new password; undefined when the account does not exist. */
  reset(email: string): Promise<{ token: string } | undefined>;
  /** What a one-time link is for; undefined when it is unknown, used or expired. */
  linkOf(token: string): Promise<LinkView | undefined>;
  /** Redeems a link of any of these three, and signs in. */
  redeem(token: string, agent: NewAgent): Promise<RedeemOutcome>;
  /** False when the e-mail address has an account. */
  add(agent: NewAgent & { readonly role: AgentView['role'] }): Promise<boolean>;
  list(): Promise<AgentView[]>;
  /** Removes the account and ends its sessions. False when it does not exist. */
  remove(email: string): Promise<boolean>;
  signIn(attempt: { email: string; password: string; ip: string }): Promise<SignInOutcome>;
  /**
   * The agent of a session token.
   * @param touch restart the idle timeout
   */
  session(token: string, touch: boolean): Promise<{ agent: AgentView; csrf: string } | undefined>;
  signOut(token: string): Promise<void>;
}

export interface AgentsParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly tokenHash: TokenHash;
  readonly passwords: Passwords;
  readonly times: AgentSessionTimes;
  readonly now?: () => number;
}

const LINK_SECONDS = 24 * 60 * 60;

export function createAgents({ redis, keys, tokenHash, passwords, times, now = Date.now }: AgentsParts): Agents {
  const accounts = createAccountStore(redis, keys, tokenHash);
  const sessions = createAgentSessions(redis, keys, tokenHash, times, now);
  const limits = createSignInLimits(redis, keys.signInLimits());

  const signedIn = async (account: Account): Promise<SignedIn> => {
    const token = await sessions.open(account.id, account.credential);
    return { kind: 'signed-in', agent: agentView(account), token, csrf: csrfOf(token) };
  };
  const toAccount = async ({ email, name, password }: NewAgent, role: AgentView['role']): Promise<Account> => ({
    id: randomUUID(),
    email,
    name,
    role,
    passwordHash: await passwords.hash(password),
    credential: randomUUID(),
    createdAt: now(),
  });

  return {
    async firstRun() {
      if ((await accounts.count()) > 0) return undefined;
      return { token: await accounts.openLink({ kind: 'first-run' }, LINK_SECONDS) };
    },
    async invite(email, role) {
      if ((await accounts.find(email)) !== undefined) return undefined;
      return { token: await accounts.openLink({ kind: 'invite', email, role }, LINK_SECONDS) };
    },
    async reset(email) {
      if ((await accounts.find(email)) === undefined) return undefined;
      return { token: await accounts.openLink({ kind: 'reset', email }, LINK_SECONDS) };
    },

    async linkOf(token) {
      const link = await accounts.readLink(token);
      if (link === undefined || link.kind === 'first-run') return link;
      if (link.kind === 'invite') return { kind: 'invite', email: link.email };
      const account = await accounts.find(link.email);
      return account && { kind: 'reset', email: link.email, name: account.name };
    },
    async redeem(token, agent) {
      // Checked before the expensive hash, so that an invalid token costs nothing.
      const link = await accounts.readLink(token);
      if (link === undefined || (link.kind !== 'first-run' && link.email !== agent.email)) return { kind: 'refused' };
      const known = link.kind === 'reset' ? await accounts.find(agent.email) : undefined;
      const role = link.kind === 'invite' ? link.role : 'admin';
      const made = await toAccount(agent, known?.role ?? role);
      const account = known ? { ...made, id: known.id, createdAt: known.createdAt } : made;
      const outcome = await accounts.redeem(token, link, account);
      return outcome === 'done' ? signedIn(account) : { kind: outcome };
    },

    async add(agent) {
      return accounts.add(await toAccount(agent, agent.role));
    },
    list: async () => (await accounts.list()).map(agentView),
    async remove(email) {
      const account = await accounts.find(email);
      if (account !== undefined) await accounts.remove(account);
      return account !== undefined;
    },

    async signIn({ email, password, ip }) {
      const wait = await limits.spend(email, ip);
      if (wait !== undefined) return { kind: 'rate-limited', ...wait };
      const account = await accounts.find(email);
      if (!(await passwords.verify(password, account?.passwordHash)) || account === undefined)
        return { kind: 'refused' };
      await limits.forgive(email, ip);
      return signedIn(account);
    },

    async session(token, touch) {
      const session = await sessions.read(token, touch);
      if (session === undefined) return undefined;
      const account = await accounts.load(session.agentId);
      if (account === undefined || account.credential !== session.credential) return undefined;
      return { agent: agentView(account), csrf: csrfOf(token) };
    },
    signOut: (token) => sessions.end(token),
  };
}
