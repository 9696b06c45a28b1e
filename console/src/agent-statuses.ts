/** Who of the agents is online, and the signed-in agent's own choice, which is the same in all of their tabs. */
import type { AgentStatus } from '@firstword/shared/agent-status';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { failureOf } from './failure-of.ts';
import type { LiveListeners } from './live.ts';
import type { TeamApi } from './team-api.ts';

export interface AgentStatuses {
  readonly own: ReadonlySignal<AgentStatus>;
  /** Why the last choice was not saved. */
  readonly failure: ReadonlySignal<string | undefined>;
  of(agentId: string): AgentStatus | 'offline';
  choose(status: AgentStatus): Promise<void>;
  readonly follow: LiveListeners['agentStatuses'];
}

export function createAgentStatuses(api: Pick<TeamApi, 'setStatus'>, agentId: string): AgentStatuses {
  const known = signal<ReadonlyMap<string, AgentStatus>>(new Map());
  const failure = signal<string | undefined>(undefined);
  return {
    own: computed(() => known.value.get(agentId) ?? 'online'),
    failure,
    of: (id) => known.value.get(id) ?? 'offline',
    async choose(status) {
      const result = await api.setStatus(status);
      failure.value = failureOf(result);
      if (result.ok) known.value = new Map(known.value).set(agentId, status);
    },
    follow: (agents) => {
      known.value = new Map(agents.map(({ id, status }) => [id, status]));
    },
  };
}
