/** An agent's stored account, and its public view. */
import { AGENT_ROLES, type AgentView } from '@firstword/shared/console-wire';
import { z } from 'zod';

export const accountSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(AGENT_ROLES),
  passwordHash: z.string(),
  /** Changes with the password, which ends all earlier sessions. */
  credential: z.string(),
  createdAt: z.number(),
});
export type Account = z.infer<typeof accountSchema>;

export const agentView = ({ id, name, email, role }: Account): AgentView => ({ id, name, email, role });
