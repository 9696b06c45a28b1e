/** Agents to choose from, with their status: those who are online come first. */
import type { AgentList } from '@firstword/shared/agent-view';
import type { AgentStatuses } from '../agent-statuses.ts';
import { statusTexts } from '../texts/status-texts.ts';

const RANK = { online: 0, away: 1, offline: 2 } as const;

export function agentChoices(agents: AgentList['agents'], { of }: Pick<AgentStatuses, 'of'>) {
  return agents
    .map(({ id, name }) => ({ value: id, label: name, status: of(id) }))
    .sort((one, other) => RANK[one.status] - RANK[other.status])
    .map(({ status, ...choice }) => ({ ...choice, aside: statusTexts.statuses[status] }));
}
