/** Who may use the console: accounts, the one-time links that make them, sign-in, and sessions. */
import type { AgentView } from '@firstword/shared/agent-view';
import { type Access, rolesOn } from '@firstword/shared/permissions';
import type { SessionView } from '@firstword/shared/sign-in';
import type { SessionList } from '@firstword/shared/team';
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
import { type AgentSessionTimes, createAgentSessions, csrfOf, type SignInMethod } from './agent-sessions.ts';
import { AgentsError } from './agents-error.ts';
import { createKnownDevices } from './known-devices.ts';
import { createSecondFactors } from './second-factor.ts';

/** A successful sign-in. `token` and `device` go into cookies, `csrf` to the page. */
export interface SignedIn {
  readonly kind: 'signed-in';
  readonly agent: AgentView;
  readonly secondFactor: SessionView['secondFactor'];
  readonly token: string;
  readonly csrf: string;
  /** By which this browser is recognized at the next sign-in. */
  readonly device: string;
}

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  readonly code?: string;
  /** As limits count it. */
  readonly address: string;
  /** What an earlier sign-in left in this browser. */
  readonly device: string | undefined;
  /** The browser's `User-Agent`, for the list of sessions. */
  readonly userAgent?: string;
}
export type SignInOutcome =
  | SignedIn
  | { readonly kind: 'refused' }
  /** The password is right; the account also needs a code. */
  | { readonly kind: 'code-required' }
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number };
export type RedeemOutcome =
  | SignedIn
  /** The link is unknown, used, expired, or for another e-mail address. */
  | { readonly kind: 'refused' }
  /** The e-mail address has an account. */
  | { readonly kind: 'taken' };

export interface CurrentSession {
  readonly agent: AgentView;
  readonly csrf: string;
  readonly secondFactor: SessionView['secondFactor'];
}

export interface Agents extends AccountAdmin {
  /** Redeems a link of any of the three kinds, and signs in. @throws AgentsError `busy` */
  redeem(token: string, agent: NewAgent, userAgent?: string): Promise<RedeemOutcome>;
  /** @throws AgentsError `busy` */
  signIn(request: SignInRequest): Promise<SignInOutcome>;
  /** Signs in whom the identity provider has identified. */
  signInAtProvider(account: Account, userAgent: string): Promise<SignedIn>;
  /**
   * The agent of a session token.
   * @param touch restart the idle timeout
   */
  session(token: string, touch: boolean): Promise<CurrentSession | undefined>;
  /** For each of these agents who has an account: a text that changes when what their sessions may do changes. */
  accessMarks(agentIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  signOut(token: string): Promise<void>;
  /** Whether an agent has signed in, in the browser with this device cookie. */
  knowsBrowser(device: string | undefined): boolean;
  /** The session's id in the list of sessions. */
  sessionId(token: string): string;
  /** A secret for an authenticator app. */
  startSecondFactor(agent: AgentView): { secret: string; uri: string };
  /** The recovery codes; undefined when the code is wrong, or the account has a second factor. */
  enableSecondFactor(agentId: string, secret: string, code: string): Promise<string[] | undefined>;
  /** False when the code is wrong; how long to wait after too many wrong ones. */
  disableSecondFactor(agentId: string, code: string): Promise<boolean | { retryAfterMs: number }>;
  /** Where the agent of this session is signed in. */
  sessions(token: string): Promise<SessionList['sessions']>;
  /** Ends one of them by its id, or all but this one. Returns how many. */
  endOwnSessions(token: string, id: string | undefined): Promise<number>;
}

export interface AgentsParts extends AccountAdminParts {
  readonly sessions: AgentSessionStore;
  readonly limits: SignInLimits;
  readonly times: AgentSessionTimes;
  /** Agents without a second factor can only set one up. */
  readonly requireSecondFactor?: boolean;
}

export function createAgents(parts: AgentsParts): Agents {
  const { accounts, tokenHash, passwords, limits, times, now = Date.now } = parts;
  const sessions = createAgentSessions(parts.sessions, tokenHash, times, now);
  const devices = createKnownDevices(tokenHash, now);
  const factors = createSecondFactors(tokenHash, now);
  /** Marks the code as used, once, however many sign-ins use it at the same moment. */
  const useCode = async ({ id, secondFactor }: Account, code: string) => {
    const next = secondFactor && factors.use(secondFactor, code);
    return secondFactor !== undefined && next !== undefined && accounts.useSecondFactor(id, secondFactor, next);
  };
  /** The identity provider has its own second step. */
  const factorOf = ({ secondFactor }: Account, how: SignInMethod) =>
    secondFactor !== undefined ? 'on' : parts.requireSecondFactor && how === 'password' ? 'missing' : 'off';
  /** As they were read last, for sessions while the database is away: nothing changes them meanwhile. */
  const lastRead = new Map<string, Account>();
  const signedIn = async (account: Account, userAgent = '', how: SignInMethod = 'password'): Promise<SignedIn> => {
    const token = await sessions.open(account, userAgent, how);
    lastRead.set(account.id, account);
    const device = devices.issue(account.email);
    const secondFactor = factorOf(account, how);
    return { kind: 'signed-in', agent: agentView(account), secondFactor, token, csrf: csrfOf(token), device };
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
    async redeem(token, agent, userAgent) {
      // Checked before the expensive hash, so that an invalid token costs nothing.
      const link = await accounts.readLink(tokenHash(token));
      if (link === undefined || (link.kind !== 'first-run' && link.email !== agent.email)) return { kind: 'refused' };
      const known = link.kind === 'reset' ? await accounts.find(agent.email) : undefined;
      if (known?.deactivatedAt !== undefined) return { kind: 'refused' };
      const access: Access = link.kind === 'invite' ? link : { roles: rolesOn('admin') };
      const made = await newAccount(agent, known ?? access, { passwords, now });
      const { secondFactor } = known ?? {};
      const account = known
        ? { ...made, id: known.id, createdAt: known.createdAt, ...(secondFactor && { secondFactor }) }
        : made;
      const outcome = await accounts.redeem(tokenHash(token), link, account);
      return outcome === 'done' ? signedIn(account, userAgent) : { kind: outcome };
    },

    async signIn({ email, password, code, address, device, userAgent }) {
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
      if (account.secondFactor !== undefined) {
        if (code === undefined) {
          await limits.refund(attempt);
          return { kind: 'code-required' };
        }
        if (!(await useCode(account, code))) return { kind: 'refused' };
      }
      await limits.forgive(attempt);
      await renewHash(account, password);
      return signedIn(account, userAgent);
    },

    signInAtProvider: (account, userAgent) => signedIn(account, userAgent, 'provider'),

    async session(token, touch) {
      const session = await sessions.read(token, touch);
      if (session === undefined) return undefined;
      const account = await loadAccount(session.agentId);
      if (account?.credential !== session.credential || account.deactivatedAt !== undefined) return undefined;
      const secondFactor = factorOf(account, session.atProvider ? 'provider' : 'password');
      return { agent: agentView(account), csrf: csrfOf(token), secondFactor };
    },
    async accessMarks(agentIds) {
      const found = await accounts.access(agentIds);
      return new Map(found.map(({ id, ...access }) => [id, JSON.stringify(access)]));
    },
    signOut: (token) => sessions.end(token),
    knowsBrowser: devices.isKnown,
    sessionId: sessions.idOf,
    startSecondFactor: ({ email }) => factors.start(email),
    async enableSecondFactor(agentId, secret, code) {
      const account = await accounts.load(agentId);
      const made = account?.secondFactor === undefined ? factors.enable(secret, code) : undefined;
      if (made === undefined || (await accounts.change(agentId, { secondFactor: made.factor })) !== 'done')
        return undefined;
      return made.recoveryCodes;
    },
    async disableSecondFactor(agentId, code) {
      const account = await accounts.load(agentId);
      if (account === undefined) return false;
      // A stranger at an open session must not guess the code, either.
      const attempt = { email: account.email, address: '', device: 'second factor' };
      const wait = await limits.spend(attempt);
      if (wait !== undefined) return wait;
      if (!(await useCode(account, code))) return false;
      return (await accounts.change(agentId, { secondFactor: null })) === 'done';
    },
    async sessions(token) {
      const session = await sessions.read(token, false);
      return session === undefined ? [] : sessions.list(session.agentId, session.credential, token);
    },
    async endOwnSessions(token, id) {
      const session = await sessions.read(token, false);
      return session === undefined
        ? 0
        : sessions.endListed(session.agentId, id === undefined ? { allBut: token } : { id });
    },
  };
}
