/** Whether the signed-in agent is online or away. */
import { type AgentStatusBody, agentStatusSchema } from '@firstword/shared/agent-status';
import { type ApiRoute, routeForAgents } from './api-route.ts';

export interface StatusRouteParts {
  /** Tells all pages of it, too. */
  readonly setStatus: (agentId: string, status: AgentStatusBody['status']) => Promise<void>;
}

export function createStatusRoutes({ setStatus }: StatusRouteParts): ApiRoute[] {
  return [
    routeForAgents(
      {
        method: 'post',
        path: '/status',
        summary: 'Sets whether the signed-in agent is online or away, until it is changed again.',
        body: agentStatusSchema,
        answer: { status: 200, schema: agentStatusSchema },
      },
      async ({ body }, { agent }): Promise<AgentStatusBody> => {
        await setStatus(agent.id, body.status);
        return body;
      },
    ),
  ];
}
