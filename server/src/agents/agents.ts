/** Who may use the console: accounts, the one-time links that make them, sign-in, and sessions. */
import type { AgentView } from '@firstword/shared/console-wire';
import type { Access } from '@firstword/shared/permissions';
import type { Account } from '../records/account-store.ts';
import { RecordsError } from '../records/records-error.ts';
import type { AgentSessionStore } from '../store/agent-session-store.ts';
import type { SignInLimits } from '../store/sign-in-limits.ts';
import { agentView } from './account.ts';
import {
  type AccountAdmin,
  type AccountAdminParts,
  createAccountAdmin,
  type NewAgent,
  newAccount,
} from './account-admin.ts';
import { type AgentSessionTimes, createAgentSessions, csrfOf } from './agent-sessions.ts';
import { AgentsError } from './agents-error.ts';
import { createKnownDevices } from './known-devices.ts';

/** A successful sign-in. `token` and `device` go into cookies, `csrf` to the page. */
export interface SignedIn {
  readonly kind: 'signed-in';
  readonly agent: AgentView;
  readonly token: string;
  readonly csrf: string;
  /** By which this browser is recognized at the next sign-in. */
  readonly device: string;
}

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** As limits count it. */
  readonly address: string;
  /** What an earlier sign-in left in this browser. */
  readonly device: string | undefined;
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

export interface Agents extends AccountAdmin {
  /** Redeems a link of any of the three kinds, and signs in. @throws AgentsError `busy` */
  redeem(token: string, agent: NewAgent): Promise<RedeemOutcome>;
  /** @throws AgentsError `busy` */
  signIn(request: SignInRequest): Promise<SignInOutcome>;
  /**
   * The agent of a session token.
   * @param touch restart the idle timeout
   */
  session(token: string, touch: boolean): Promise<{ agent: AgentView; csrf: string } | undefined>;
  signOut(token: string): Promise<void>;
}

export interface AgentsParts extends AccountAdminParts {
  readonly sessions: AgentSessionStore;
  readonly limits: SignInLimits;
  readonly times: AgentSessionTimes;
}

export function createAgents(parts: AgentsParts): Agents {
  const { accounts, tokenHash, passwords, limits, times, now = Date.now } = parts;
  const sessions = createAgentSessions(parts.sessions, tokenHash, times, now);
  const devices = createKnownDevices(tokenHash, now);
  /** As they were read last, for sessions while the database is away: nothing changes them meanwhile. */
  const lastRead = new Map<string, Account>();
  const signedIn = async (account: Account): Promise<SignedIn> => {
    const token = await sessions.open(account.id, account.credential);
    lastRead.set(account.id, account);
    const device = devices.issue(account.email);
    return { kind: 'signed-in', agent: agentView(account), token, csrf: csrfOf(token), device };
  };

  const loadAccount = async (id: string) => {
    try {
      const account = await accounts.load(id);
      if (account === undefined) lastRead.delete(id);
      else lastRead.set(id, account);
      return account;
    } catch (error) {
      if (error instanceof RecordsError && lastRead.has(id)) return lastRead.get(id);
      throw error;
    }
  };

  /** Gives a hash of an older cost the cost of today. Not now, if the process is busy. */
  const renewHash = async ({ id, passwordHash }: Account, password: string) => {
    if (passwords.isCurrent(passwordHash)) return;
    try {
      await accounts.renewHash(id, passwordHash, await passwords.hash(password));
    } catch (error) {
      if (!(error instanceof AgentsError)) throw error;
    }
  };

  return {
    ...createAccountAdmin(parts),
    async redeem(token, agent) {
      // Checked before the expensive hash, so that an invalid token costs nothing.
      const link = await accounts.readLink(tokenHash(token));
      if (link === undefined || (link.kind !== 'first-run' && link.email !== agent.email)) return { kind: 'refused' };
      const known = link.kind === 'reset' ? await accounts.find(agent.email) : undefined;
      if (known?.deactivatedAt !== undefined) return { kind: 'refused' };
      const access: Access = link.kind === 'invite' ? link : { role: 'admin' };
      const made = await newAccount(agent, known ?? access, { passwords, now });
      const account = known ? { ...made, id: known.id, createdAt: known.createdAt } : made;
      const outcome = await accounts.redeem(tokenHash(token), link, account);
      return outcome === 'done' ? signedIn(account) : { kind: outcome };
    },

    async signIn({ email, password, address, device }) {
      const attempt = { email, address, device: devices.recognize(email, device) };
      const wait = await limits.spend(attempt);
      if (wait !== undefined) return { kind: 'rate-limited', ...wait };
      const account = await accounts.find(email);
      const sender = attempt.device === undefined ? 'unknown' : 'known';
      const isRight = await passwords.verify(password, account?.passwordHash, sender).catch(async (error: unknown) => {
        if (error instanceof AgentsError) await limits.refund(attempt);
        throw error;
      });
      if (!isRight || account === undefined || account.deactivatedAt !== undefined) return { kind: 'refused' };
      await limits.forgive(attempt);
      await renewHash(account, password);
      return signedIn(account);
    },

    async session(token, touch) {
      const session = await sessions.read(token, touch);
      if (session === undefined) return undefined;
      const account = await loadAccount(session.agentId);
      if (account?.credential !== session.credential || account.deactivatedAt !== undefined) return undefined;
      return { agent: agentView(account), csrf: csrfOf(token) };
    },
    signOut: (token) => sessions.end(token),
  };
}
