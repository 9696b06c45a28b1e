/** An agent's public view. */
import type { AgentView } from '@firstword/shared/agent-view';
import type { Account } from '../records/account-store.ts';

export const agentView = ({ id, name, email, role, sites }: Account): AgentView => ({
  ...{ id, name, email, role },
  ...(sites === undefined ? {} : { sites }),
});
