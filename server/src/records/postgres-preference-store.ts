/** Preferences in PostgreSQL. */
import { agentPreferencesSchema } from '@firstword/shared/agent-preferences';
import type { Database } from './database.ts';
import { DEFAULT_PREFERENCES, type PreferenceStore } from './preference-store.ts';

export function createPostgresPreferenceStore(database: Database): PreferenceStore {
  return {
    load: (agentId) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('agent_preferences')
          .select('preferences')
          .where('agent_id', '=', agentId)
          .executeTakeFirst();
        return row === undefined ? DEFAULT_PREFERENCES : agentPreferencesSchema.parse(row.preferences);
      }),
    async save(agentId, preferences) {
      const row = { preferences: JSON.stringify(preferences) };
      await database.query((db) =>
        db
          .insertInto('agent_preferences')
          .values({ agent_id: agentId, ...row })
          .onConflict((conflict) => conflict.column('agent_id').doUpdateSet(row))
          .execute(),
      );
    },
  };
}
