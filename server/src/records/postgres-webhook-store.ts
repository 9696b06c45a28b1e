/** Webhooks in PostgreSQL. */
import { type WebhookDelivery, webhookDeliverySchema } from '@firstword/shared/webhook';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { isAfterCursor, pageOfRows } from './newest-first.ts';
import { storedJson } from './stored-text.ts';
import { storedWebhookSchema, type WebhookStore } from './webhook-store.ts';

export function createPostgresWebhookStore(database: Database): WebhookStore {
  return {
    async save(webhook) {
      const row = { webhook: JSON.stringify(webhook), is_disabled: webhook.disabledAt !== undefined };
      await database.query((db) =>
        db
          .insertInto('webhooks')
          .values({ id: webhook.id, created_at: new Date(webhook.createdAt), ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute(),
      );
    },
    list: () =>
      database.query(async (db) => {
        const rows = await db.selectFrom('webhooks').select('webhook').orderBy('created_at').orderBy('id').execute();
        return rows.map(({ webhook }) => storedWebhookSchema.parse(webhook));
      }),
    remove: (id) =>
      database.query(async (db) => {
        const { numDeletedRows } = await db.deleteFrom('webhooks').where('id', '=', id).executeTakeFirst();
        return numDeletedRows > 0n;
      }),

    enqueue: (deliveries) =>
      database.transaction(async (db) => {
        const wanted = [...new Set(deliveries.map(({ webhookId }) => webhookId))];
        if (wanted.length === 0) return;
        const known = await db.selectFrom('webhooks').select('id').where('id', 'in', wanted).forShare().execute();
        const rows = deliveries.filter(({ webhookId }) => known.some(({ id }) => id === webhookId)).map(rowOf);
        if (rows.length === 0) return;
        await db
          .insertInto('webhook_deliveries')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),
    claim: (now, leaseMs, limit) =>
      database.query(async (db) => {
        const { rows } = await sql<{ delivery: unknown }>`
          UPDATE webhook_deliveries SET next_at = ${new Date(now + leaseMs)} WHERE id IN (
            SELECT d.id FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
            WHERE d.next_at <= ${new Date(now)} AND NOT w.is_disabled
            ORDER BY d.next_at LIMIT ${limit} FOR UPDATE OF d SKIP LOCKED
          ) RETURNING delivery`.execute(db);
        return rows.map(({ delivery }) => webhookDeliverySchema.parse(delivery));
      }),
    async settle(delivery) {
      const { next_at, delivery: body } = rowOf(delivery);
      await database.query((db) =>
        db.updateTable('webhook_deliveries').set({ next_at, delivery: body }).where('id', '=', delivery.id).execute(),
      );
    },
    find: (id) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('webhook_deliveries')
          .select('delivery')
          .where('id', '=', id)
          .executeTakeFirst();
        return row && webhookDeliverySchema.parse(row.delivery);
      }),
    listDeliveries: (webhookId, { cursor, limit }) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('webhook_deliveries')
          .select(['id', 'at', 'delivery'])
          .where('webhook_id', '=', webhookId)
          .where(isAfterCursor(cursor))
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit + 1)
          .execute();
        const { page, ...next } = pageOfRows(rows, limit);
        return { deliveries: page.map(({ delivery }) => webhookDeliverySchema.parse(delivery)), ...next };
      }),

    async erase(conversationIds) {
      if (conversationIds.length === 0) return;
      await database.query((db) =>
        db
          .deleteFrom('webhook_deliveries')
          .where('conversation_id', 'in', [...conversationIds])
          .execute(),
      );
    },
    expire: (before) =>
      database.query(async (db) => {
        const { numDeletedRows } = await db
          .deleteFrom('webhook_deliveries')
          .where('at', '<', new Date(before))
          .executeTakeFirst();
        return Number(numDeletedRows);
      }),
  };
}

function rowOf(delivery: WebhookDelivery) {
  const { id, webhookId, conversationId, at, nextAt } = delivery;
  return {
    id,
    webhook_id: webhookId,
    conversation_id: conversationId ?? null,
    at: new Date(at),
    next_at: nextAt === undefined ? null : new Date(nextAt),
    delivery: storedJson(delivery),
  };
}
