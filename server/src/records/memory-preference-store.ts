/** Preferences in memory, for unit tests. */
import type { AgentPreferences } from '@firstword/shared/agent-preferences';
import { DEFAULT_PREFERENCES, type PreferenceStore } from './preference-store.ts';

export function createMemoryPreferenceStore(): PreferenceStore {
  const saved = new Map<string, AgentPreferences>();
  return {
    load: async (agentId) => saved.get(agentId) ?? DEFAULT_PREFERENCES,
    save: async (agentId, preferences) => void saved.set(agentId, preferences),
  };
}
