/** Push devices in PostgreSQL. */
import { pushSubscriptionSchema } from '@firstword/shared/push-device';
import type { Selectable } from 'kysely';
import type { PushDevicesTable } from './agent-tables.ts';
import type { Database } from './database.ts';
import type { PushDeviceStore, StoredPushDevice } from './push-device-store.ts';

export function createPostgresPushDeviceStore(database: Database): PushDeviceStore {
  return {
    async save({ id, agentId, sessionId, credential, device, subscription, addedAt }) {
      const row = {
        agent_id: agentId,
        session_id: sessionId,
        credential,
        device,
        subscription: JSON.stringify(subscription),
      };
      await database.query((db) =>
        db
          .insertInto('push_devices')
          .values({ id, ...row, added_at: new Date(addedAt), last_push_at: null })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute(),
      );
    },
    ofAgents: (agentIds) =>
      database.query(async (db) => {
        if (agentIds.length === 0) return [];
        const rows = await db
          .selectFrom('push_devices')
          .selectAll()
          .where('agent_id', 'in', agentIds)
          .orderBy('added_at')
          .orderBy('id')
          .execute();
        return rows.map(deviceOf);
      }),
    async pushed(id, at) {
      await database.query((db) =>
        db
          .updateTable('push_devices')
          .set({ last_push_at: new Date(at) })
          .where('id', '=', id)
          .execute(),
      );
    },
    async remove(ids) {
      if (ids.length > 0) await database.query((db) => db.deleteFrom('push_devices').where('id', 'in', ids).execute());
    },
  };
}

function deviceOf(row: Selectable<PushDevicesTable>): StoredPushDevice {
  return {
    id: row.id,
    agentId: row.agent_id,
    sessionId: row.session_id,
    credential: row.credential,
    device: row.device,
    subscription: pushSubscriptionSchema.parse(row.subscription),
    addedAt: row.added_at.getTime(),
    ...(row.last_push_at === null ? {} : { lastPushAt: row.last_push_at.getTime() }),
  };
}
