/** The preferences of agents. */
import { type AgentPreferences, agentPreferencesSchema } from '@firstword/shared/agent-preferences';

export interface PreferenceStore {
  /** The defaults for an agent who has changed nothing. */
  load(agentId: string): Promise<AgentPreferences>;
  save(agentId: string, preferences: AgentPreferences): Promise<void>;
}

export const DEFAULT_PREFERENCES: AgentPreferences = agentPreferencesSchema.parse({ notifications: {} });
