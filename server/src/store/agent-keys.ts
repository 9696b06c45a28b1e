/** Keys of agents: their sessions, and who views which ticket. */
export interface AgentKeys {
  agentSession(tokenHash: string): string;
  /** Set: hashes of the tokens of an agent's sessions. */
  agentSessions(agentId: string): string;
  /** What the sign-in limiters' keys start with. */
  signInLimits(): string;
  /** Sorted set: agents viewing tickets, by the time the entry expires. */
  presence(): string;
  /** Set: ids of agents who have chosen to be away. */
  awayAgents(): string;
  /** Sorted set: visible pages of the console with their agents, by the time the entry expires. */
  visiblePages(): string;
  /** Lock of the process that pushes a notification to agents' browsers. */
  pushed(notificationId: string): string;
  /** Hash: the file of each agent's picture. */
  agentPictures(): string;
}

export function createAgentKeys(prefix: string): AgentKeys {
  return {
    agentSession: (tokenHash) => `${prefix}:agent-session:${tokenHash}`,
    agentSessions: (agentId) => `${prefix}:agent-sessions:${agentId}`,
    signInLimits: () => `${prefix}:sign-in`,
    presence: () => `${prefix}:presence`,
    awayAgents: () => `${prefix}:away-agents`,
    visiblePages: () => `${prefix}:visible-pages`,
    pushed: (notificationId) => `${prefix}:pushed:${notificationId}`,
    agentPictures: () => `${prefix}:agent-pictures`,
  };
}
