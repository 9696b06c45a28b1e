/** An agent, as the REST API shows one. */
import { z } from 'zod';
import { AGENT_ROLES } from './permissions.ts';

export const agentViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(AGENT_ROLES),
  /** Ids of the sites that the agent has access to; absent: all. */
  sites: z.array(z.string()).exactOptional(),
});
export type AgentView = z.infer<typeof agentViewSchema>;

/** `GET /api/v1/agents` */
export const agentListSchema = z.object({ agents: z.array(agentViewSchema.pick({ id: true, name: true })) });
export type AgentList = z.infer<typeof agentListSchema>;
