/** What the signed-in agent has chosen for themselves. */
import { type AgentPreferences, agentPreferencesSchema } from '@firstword/shared/agent-preferences';
import type { PreferenceStore } from '../records/preference-store.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';

export interface PreferenceRouteParts {
  readonly preferences: PreferenceStore;
}

export function createPreferenceRoutes({ preferences }: PreferenceRouteParts): ApiRoute[] {
  const answer = { status: 200, schema: agentPreferencesSchema } as const;
  return [
    routeForAgents(
      { method: 'get', path: '/preferences', summary: 'Returns the preferences of the signed-in agent.', answer },
      async (_request, { agent }): Promise<AgentPreferences> => preferences.load(agent.id),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/preferences',
        summary: 'Replaces the preferences of the signed-in agent.',
        body: agentPreferencesSchema,
        answer,
      },
      async ({ body }, { agent }): Promise<AgentPreferences> => {
        await preferences.save(agent.id, body);
        return body;
      },
    ),
  ];
}
