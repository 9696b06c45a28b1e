/** The state of the pages Team, API tokens and Your account. */
import type {
  AccessBody,
  InviteBody,
  NewToken,
  SessionList,
  Team,
  TeamMember,
  TokenList,
} from '@firstword/shared/team';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Result } from './api-result.ts';
import { createResource, type Resource } from './resource.ts';
import { createSettingsOutcome, type SettingsOutcome } from './settings-outcome.ts';
import type { TeamApi } from './team-api.ts';

export interface TeamController extends SettingsOutcome {
  readonly team: Resource<object, Team>;
  readonly tokens: Resource<object, TokenList>;
  readonly sessions: Resource<object, SessionList>;
  /** Resolves with whether the server accepted it, as the others do. */
  invite(invite: InviteBody): Promise<boolean>;
  withdrawInvite(id: string): Promise<boolean>;
  setAccess(id: string, access: AccessBody): Promise<boolean>;
  setActive(id: string, active: boolean): Promise<boolean>;
  endSessionsOf(id: string): Promise<boolean>;
  reset(member: TeamMember): Promise<boolean>;
  addToken(token: NewToken): Promise<boolean>;
  removeToken(id: string): Promise<boolean>;
  removeFactorOf(id: string): Promise<boolean>;
  /** Whether the signed-in agent has two-step sign-in. */
  readonly hasFactor: ReadonlySignal<boolean>;
  readonly api: Pick<TeamApi, 'startFactor' | 'enableFactor'>;
  /** It was set up. */
  factorSet(): void;
  removeFactor(code: string): Promise<boolean>;
  endSession(id: string): Promise<boolean>;
  endOtherSessions(): Promise<boolean>;
}

/** @param linkOf the address of the page that redeems a one-time link */
export function createTeamController(
  api: TeamApi,
  linkOf: (token: string) => string,
  startsWithFactor: boolean,
): TeamController {
  const hasFactor = signal(startsWithFactor);
  const { show, fails, act, ...outcome } = createSettingsOutcome();
  const team = createResource<object, Team>({}, api.readTeam);
  const tokens = createResource<object, TokenList>({}, api.readTokens);
  const sessions = createResource<object, SessionList>({}, api.readSessions);
  const actOnTeam = async (result: Promise<Result<Team>>) => {
    const settled = await result;
    if (fails(settled)) return false;
    team.set(settled.value);
    return true;
  };
  return {
    team,
    tokens,
    sessions,
    ...outcome,
    async invite(invite) {
      const result = await api.invite(invite);
      if (fails(result)) return false;
      show({ kind: 'invite', for: invite.email, text: linkOf(result.value.token) });
      await team.load();
      return true;
    },
    async reset({ id, email }) {
      const result = await api.reset(id);
      if (fails(result)) return false;
      show({ kind: 'reset', for: email, text: linkOf(result.value.token) });
      return true;
    },
    async addToken(token) {
      const result = await api.addToken(token);
      if (fails(result)) return false;
      show({ kind: 'token', for: token.name, text: result.value.token });
      await tokens.load();
      return true;
    },
    withdrawInvite: (id) => act(api.withdrawInvite(id), team),
    setAccess: (id, access) => actOnTeam(api.setAccess(id, access)),
    setActive: (id, active) => actOnTeam(api.setActive(id, active)),
    endSessionsOf: async (id) => !fails(await api.endSessionsOf(id)),
    removeFactorOf: (id) => actOnTeam(api.removeFactorOf(id)),
    hasFactor,
    api,
    factorSet() {
      hasFactor.value = true;
    },
    async removeFactor(code) {
      if (fails(await api.removeFactor(code))) return false;
      hasFactor.value = false;
      return true;
    },
    removeToken: (id) => act(api.removeToken(id), tokens),
    endSession: (id) => act(api.endSession(id), sessions),
    endOtherSessions: () => act(api.endOtherSessions(), sessions),
  };
}
