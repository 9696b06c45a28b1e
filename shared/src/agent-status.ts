/** Whether an agent answers visitors now. */
import { z } from 'zod';

/** What an agent chooses. It matters while one of their pages is connected; without one they are offline. */
export const AGENT_STATUSES = ['online', 'away'] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

/** `POST /api/v1/status`: of the signed-in agent. */
export const agentStatusSchema = z.strictObject({ status: z.enum(AGENT_STATUSES) });
export type AgentStatusBody = z.infer<typeof agentStatusSchema>;
