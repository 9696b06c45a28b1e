/** An agent's public view. */
import type { AgentView } from '@firstword/shared/agent-view';
import type { Account } from '../records/account-store.ts';

export const agentView = ({ id, name, email, roles }: Account): AgentView => ({ id, name, email, roles });
