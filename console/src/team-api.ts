/** The REST client of the pages Team, API tokens and Your account. */
import type { AgentPictureList, OwnPicture } from '@firstword/shared/agent-picture';
import type { AgentPreferences } from '@firstword/shared/agent-preferences';
import type { AgentStatus, AgentStatusBody } from '@firstword/shared/agent-status';
import type {
  AccessBody,
  CreatedToken,
  FactorStart,
  InviteBody,
  NewToken,
  OneTimeToken,
  RecoveryCodes,
  SessionList,
  Team,
  TokenList,
} from '@firstword/shared/team';
import type { Result } from './api-result.ts';
import type { Senders } from './knowledge-api.ts';

export interface TeamApi {
  readTeam(): Promise<Result<Team>>;
  invite(invite: InviteBody): Promise<Result<OneTimeToken>>;
  withdrawInvite(id: string): Promise<Result<unknown>>;
  setAccess(id: string, access: AccessBody): Promise<Result<Team>>;
  setActive(id: string, active: boolean): Promise<Result<Team>>;
  endSessionsOf(id: string): Promise<Result<unknown>>;
  reset(id: string): Promise<Result<OneTimeToken>>;
  readTokens(): Promise<Result<TokenList>>;
  addToken(token: NewToken): Promise<Result<CreatedToken>>;
  removeToken(id: string): Promise<Result<unknown>>;
  startFactor(): Promise<Result<FactorStart>>;
  enableFactor(body: { secret: string; code: string }): Promise<Result<RecoveryCodes>>;
  removeFactor(code: string): Promise<Result<unknown>>;
  /** For an agent who has lost the app and the recovery codes. */
  removeFactorOf(id: string): Promise<Result<Team>>;
  readPictures(): Promise<Result<AgentPictureList>>;
  savePicture(picture: Blob): Promise<Result<OwnPicture>>;
  removePicture(): Promise<Result<unknown>>;
  readPreferences(): Promise<Result<AgentPreferences>>;
  savePreferences(preferences: AgentPreferences): Promise<Result<AgentPreferences>>;
  setStatus(status: AgentStatus): Promise<Result<AgentStatusBody>>;
  readSessions(): Promise<Result<SessionList>>;
  endSession(id: string): Promise<Result<unknown>>;
  endOtherSessions(): Promise<Result<unknown>>;
}

export function createTeamApi({ send, sendWithRetries }: Senders): TeamApi {
  const member = (id: string) => `/team/${encodeURIComponent(id)}`;
  return {
    readTeam: () => sendWithRetries('GET', '/team'),
    // Not repeated: each of them makes another secret.
    invite: (invite) => send('POST', '/team/invites', invite),
    reset: (id) => send('POST', `${member(id)}/reset`, {}),
    addToken: (token) => send('POST', '/api-tokens', token),
    withdrawInvite: (id) => send('DELETE', `/team/invites/${encodeURIComponent(id)}`),
    setAccess: (id, access) => sendWithRetries('POST', member(id), access),
    setActive: (id, active) => sendWithRetries('POST', `${member(id)}/${active ? 'activate' : 'deactivate'}`, {}),
    endSessionsOf: (id) => sendWithRetries('POST', `${member(id)}/end-sessions`, {}),
    readTokens: () => sendWithRetries('GET', '/api-tokens'),
    removeToken: (id) => send('DELETE', `/api-tokens/${encodeURIComponent(id)}`),
    startFactor: () => send('POST', '/second-factor/start', {}),
    enableFactor: (body) => send('POST', '/second-factor', body),
    removeFactor: (code) => send('POST', '/second-factor/remove', { code }),
    removeFactorOf: (id) => sendWithRetries('POST', `${member(id)}/remove-second-factor`, {}),
    readPictures: () => sendWithRetries('GET', '/pictures'),
    // Idempotent: the same picture has the same name.
    savePicture: (picture) => sendWithRetries('POST', '/picture', picture),
    removePicture: () => sendWithRetries('DELETE', '/picture'),
    readPreferences: () => sendWithRetries('GET', '/preferences'),
    savePreferences: (preferences) => sendWithRetries('POST', '/preferences', preferences),
    setStatus: (status) => sendWithRetries('POST', '/status', { status }),
    readSessions: () => sendWithRetries('GET', '/sessions'),
    endSession: (id) => send('DELETE', `/sessions/${encodeURIComponent(id)}`),
    endOtherSessions: () => sendWithRetries('POST', '/sessions/end-others', {}),
  };
}
