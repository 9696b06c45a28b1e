/** Texts about who is online. */
import type { AgentStatus } from '@firstword/shared/agent-status';
import { type Texts, translated } from './translated.ts';

const statuses: Record<AgentStatus | 'offline', string> = { online: 'Online', away: 'Away', offline: 'Offline' };

const english = {
  title: 'Your status',
  statuses,
  hints: {
    online: 'Visitors see that you’re here, and you’re assigned new tickets where that is on.',
    away: 'Visitors don’t see you as here, and you aren’t assigned new tickets.',
  } satisfies Record<AgentStatus, string>,
  /** After the agent's name. */
  yours: (status: AgentStatus) => `, ${statuses[status]}. Change your status`,
} as const;
export type StatusTexts = Texts<typeof english>;
export const statusTexts = translated<StatusTexts>('status', english);
