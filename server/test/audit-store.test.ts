import { randomUUID } from 'node:crypto';
import { createAuditLog } from '@firstword/server/records/audit-log';
import type { AuditStore } from '@firstword/server/records/audit-store';
import { createMemoryAuditStore } from '@firstword/server/records/memory-audit-store';
import { MIGRATIONS } from '@firstword/server/records/migrations';
import { migrate } from '@firstword/server/records/migrator';
import { createPostgresAuditStore } from '@firstword/server/records/postgres-audit-store';
import { RecordsError } from '@firstword/server/records/records-error';
import type { AuditEntry } from '@firstword/shared/audit';
import { silentLog } from '@firstword/testing/silent-log';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, () => Promise<AuditStore>>> = {
  'in memory': async () => createMemoryAuditStore(),
  'in PostgreSQL': async () => createPostgresAuditStore(await openTestDatabase()),
};

const entry = (at: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: randomUUID(),
  at,
  actor: { kind: 'agent', id: 'agent-1', name: 'An agent' },
  action: 'conversation-read',
  target: { kind: 'conversation', id: `c${at}` },
  siteId: 'acme',
  address: '192.0.2.7',
  ...more,
});

describe.each(Object.entries(STORES))('the audit log %s', (_name, open) => {
  test('lists the newest first, page by page, also where entries have the same time', async () => {
    const store = await open();
    const entries = [1, 2, 2, 2, 3].map((at) => entry(at, { before: { role: 'agent' }, after: { role: 'admin' } }));
    await store.add(entries);
    const seen: AuditEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list({ limit: 2, cursor });
      seen.push(...page.entries);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen.map(({ at }) => at)).toEqual([3, 2, 2, 2, 1]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(5);
    expect(seen[0]).toEqual(entries[4]);
  });

  test('is filtered by site, action, actor, target and time', async () => {
    const store = await open();
    const stop = entry(5, { action: 'model-calls-stopped', siteId: 'other', actor: { kind: 'agent', id: 'agent-2' } });
    await store.add([entry(1), entry(2), stop]);
    const found = async (filter: object) => (await store.list({ limit: 10, ...filter })).entries.map(({ at }) => at);
    expect(await found({ siteId: 'acme' })).toEqual([2, 1]);
    expect(await found({ action: 'model-calls-stopped' })).toEqual([5]);
    expect(await found({ actorId: 'agent-2' })).toEqual([5]);
    expect(await found({ targetId: 'c2' })).toEqual([2]);
    expect(await found({ from: 2, to: 5 })).toEqual([2]);
  });

  test('keeps what agents type, whatever it is', async () => {
    const store = await open();
    const typed = entry(1, {
      action: 'searched',
      target: { kind: 'messages', id: '\0"x' },
      after: { text: '\0\ud800<b>' },
    });
    await store.add([typed, entry(2)]);
    expect((await store.list({ limit: 10 })).entries).toHaveLength(2);
  });

  test('keeps the first entry of an id', async () => {
    const store = await open();
    const first = entry(1);
    await store.add([first]);
    await store.add([{ ...first, action: 'erased' }, entry(2)]);
    expect((await store.list({ limit: 10 })).entries.map(({ action }) => action)).toEqual([
      'conversation-read',
      'conversation-read',
    ]);
  });

  test('loses nothing but what has expired', async () => {
    const store = await open();
    await store.add([entry(1), entry(2), entry(3)]);
    expect(await store.expire({ sites: {}, others: undefined })).toBe(0);
    expect(await store.expire({ sites: {}, others: 3 })).toBe(2);
    expect((await store.list({ limit: 10 })).entries.map(({ at }) => at)).toEqual([3]);
  });

  test('is kept for the time that a site sets, and deleted in steps', async () => {
    const store = await open();
    const { siteId: _siteId, ...ofNoSite } = entry(1);
    const other = Array.from({ length: 1001 }, () => entry(1, { siteId: 'other' }));
    await store.add([entry(1), entry(5), entry(1, { siteId: 'keeper' }), ofNoSite, ...other]);
    expect(await store.expire({ sites: { acme: 6, keeper: undefined }, others: 2 })).toBe(2 + 1 + 1001);
    expect((await store.list({ limit: 10 })).entries.map(({ siteId }) => siteId)).toEqual(['keeper']);
  });
});

test('the database refuses to change, delete or empty the audit log', async () => {
  const database = await openTestDatabase();
  await migrate(database, MIGRATIONS, silentLog);
  const store = createPostgresAuditStore(database);
  await store.add([entry(1)]);
  for (const attempt of [
    sql`UPDATE audit_log SET action = 'signed-in'`,
    sql`DELETE FROM audit_log`,
    sql`TRUNCATE audit_log`,
  ])
    await expect(database.query((db) => attempt.execute(db))).rejects.toThrow('The audit log is append-only.');
  await store.expire({ sites: {}, others: 1 }); // leaves no permission behind on its connection
  await expect(database.query((db) => sql`DELETE FROM audit_log`.execute(db))).rejects.toThrow('append-only');
  expect((await store.list({ limit: 10 })).entries).toHaveLength(1);
});

test('entries wait in memory while the database is away, and none is lost or stored twice', async () => {
  const store = createMemoryAuditStore();
  let away = true;
  const auditLog = createAuditLog(
    {
      store: {
        ...store,
        async add(entries) {
          if (away) throw new RecordsError('unavailable', 'The database did not answer.');
          await store.add(entries);
        },
      },
      log: silentLog,
    },
    { retryMs: 5, waitMs: 50, maxWaiting: 100 },
  );
  const actor = { kind: 'operator' } as const;
  await Promise.all(Array.from({ length: 20 }, () => auditLog.add({ actor, action: 'signed-in' })));
  expect((await store.list({ limit: 100 })).entries).toEqual([]);
  away = false;
  await expect.poll(async () => (await store.list({ limit: 100 })).entries.length).toBe(20);
  await auditLog.add({ actor, action: 'signed-out' });
  expect((await store.list({ limit: 100 })).entries).toHaveLength(21);
  await auditLog.close();
});

test('what is read again within the hour is recorded once, also by several processes', async () => {
  const store = createMemoryAuditStore();
  let now = 0;
  const open = () => createAuditLog({ store, log: silentLog, now: () => now });
  const read = { actor: { kind: 'agent', id: 'a' }, action: 'conversation-read', oncePerHour: 'a c1' } as const;
  const [here, elsewhere] = [open(), open()];
  await here.add(read);
  await here.add(read);
  await elsewhere.add(read);
  expect((await store.list({ limit: 10 })).entries).toHaveLength(1);
  now = 3_600_000;
  await here.add(read);
  expect((await store.list({ limit: 10 })).entries).toHaveLength(2);
});
