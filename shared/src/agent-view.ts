/** An agent, as the REST API shows one. */
import { z } from 'zod';
import { AGENT_ROLES } from './permissions.ts';

export const agentViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  /** By site, where `*` is all sites. The role of a site outranks the one of all. */
  roles: z.record(z.string(), z.enum(AGENT_ROLES)),
});
export type AgentView = z.infer<typeof agentViewSchema>;

/** `GET /api/v1/agents` */
export const agentListSchema = z.object({
  agents: z.array(
    z.object({
      ...agentViewSchema.pick({ id: true, name: true }).shape,
      /** Those of the caller whose tickets the agent answers. */
      sites: z.array(z.string()),
    }),
  ),
});
export type AgentList = z.infer<typeof agentListSchema>;
