/** Alerts in PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { type Alert, alertKey, alertSchema } from '@firstword/shared/alert';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type AlertNotice, type AlertStore, alertNoticeSchema, noticeOf } from './alert-store.ts';
import type { Database } from './database.ts';
import { storedJson } from './stored-text.ts';
import type { Tables } from './tables.ts';

const claimedRows = z.array(z.object({ notice: alertNoticeSchema, mailed: z.array(z.string()) }));

export function createPostgresAlertStore(database: Database): AlertStore {
  return {
    open: (cause, now) =>
      database.transaction(async (db) => {
        const alert: Alert = { ...cause, id: randomUUID(), state: 'open', since: now };
        const { numInsertedOrUpdatedRows: rows = 0n } = await db
          .insertInto('alerts')
          .values({ id: alert.id, key: alertKey(alert), since: new Date(now), alert: storedJson(alert) })
          .onConflict((conflict) => conflict.column('key').where('closed_at', 'is', null).doNothing())
          .executeTakeFirst();
        if (rows > 0n) await addNotice(db, 'opened', alert, now);
        return rows > 0n;
      }),
    listOpen: () =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('alerts')
          .select(['alert', 'clear_since'])
          .where('closed_at', 'is', null)
          .orderBy('since')
          .execute();
        return rows.map(({ alert, clear_since }) => ({
          alert: alertSchema.parse(alert),
          clearSince: clear_since?.getTime(),
        }));
      }),
    async setClear(id, since) {
      const time = since === undefined ? null : new Date(since);
      await database.query((db) =>
        db
          .updateTable('alerts')
          .set({ clear_since: time && sql<Date>`coalesce(clear_since, ${time})` })
          .where('id', '=', id)
          .execute(),
      );
    },
    close: (id, now) =>
      database.transaction(async (db) => {
        const row = await db
          .selectFrom('alerts')
          .select('alert')
          .where('id', '=', id)
          .where('closed_at', 'is', null)
          .forUpdate()
          .executeTakeFirst();
        if (row === undefined) return false;
        const alert: Alert = { ...alertSchema.parse(row.alert), state: 'closed', closedAt: now };
        await db
          .updateTable('alerts')
          .set({ closed_at: new Date(now), alert: storedJson(alert) })
          .where('id', '=', id)
          .execute();
        await addNotice(db, 'closed', alert, now);
        return true;
      }),
    list: ({ keys, state, limit }) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('alerts')
          .select('alert')
          .where(sql<boolean>`key = ANY(${[...keys]}::text[])`)
          .$if(state !== undefined, (query) => query.where('closed_at', state === 'open' ? 'is' : 'is not', null))
          .orderBy('since', 'desc')
          .orderBy('id', 'desc')
          .limit(limit)
          .execute();
        return rows.map(({ alert }) => alertSchema.parse(alert));
      }),

    claim: (now, leaseMs, limit) =>
      database.query(async (db) => {
        const { rows } = await sql`
          UPDATE alert_notices SET next_at = ${new Date(now + leaseMs)} WHERE id IN (
            SELECT id FROM alert_notices n WHERE next_at <= ${new Date(now)} AND (change = 'opened' OR NOT EXISTS (
              SELECT 1 FROM alert_notices o WHERE o.alert_id = n.alert_id AND o.change = 'opened'
            ))
            ORDER BY next_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
          ) RETURNING notice, mailed`.execute(db);
        return claimedRows.parse(rows).map(({ notice, mailed }): AlertNotice => ({ ...notice, mailed }));
      }),
    async markMailed(noticeId, accountId) {
      await database.query((db) =>
        db
          .updateTable('alert_notices')
          .set({ mailed: sql<string[]>`array_append(mailed, ${accountId})` })
          .where('id', '=', noticeId)
          .execute(),
      );
    },
    async postpone(noticeId, until) {
      await database.query((db) =>
        db
          .updateTable('alert_notices')
          .set({ next_at: new Date(until) })
          .where('id', '=', noticeId)
          .execute(),
      );
    },
    async settle(noticeId) {
      await database.query((db) => db.deleteFrom('alert_notices').where('id', '=', noticeId).execute());
    },
    expire: (before) =>
      database.query(async (db) => {
        const { numDeletedRows } = await db
          .deleteFrom('alerts')
          .where('closed_at', '<', new Date(before))
          .executeTakeFirst();
        return Number(numDeletedRows);
      }),
  };
}

async function addNotice(db: Kysely<Tables>, change: AlertNotice['change'], alert: Alert, at: number): Promise<void> {
  const notice = noticeOf(change, alert, at);
  await db
    .insertInto('alert_notices')
    .values({ id: notice.id, alert_id: alert.id, change, next_at: new Date(at), notice: storedJson(notice) })
    .execute();
}
