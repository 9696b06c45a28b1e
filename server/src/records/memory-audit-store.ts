/** The audit log in memory, for unit tests. */
import type { AuditEntry } from '@firstword/shared/audit';
import type { AuditFilter, AuditStore } from './audit-store.ts';
import { readCursor, toPage } from './page-cursor.ts';

export function createMemoryAuditStore(): AuditStore {
  const stored = new Map<string, AuditEntry>();
  return {
    async add(entries) {
      for (const entry of entries) if (!stored.has(entry.id)) stored.set(entry.id, structuredClone(entry));
    },
    async list(filter) {
      const [at, id] = filter.cursor === undefined ? [Number.POSITIVE_INFINITY, ''] : readCursor(filter.cursor);
      const rows = [...stored.values()]
        .filter((entry) => matches(entry, filter) && (entry.at < at || (entry.at === at && entry.id < id)))
        .sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1));
      const { page, ...next } = toPage(rows.slice(0, filter.limit + 1), filter.limit, (entry) => [
        entry.at,
        entry.id,
        0,
      ]);
      return { entries: page, ...next };
    },
    async expire(before) {
      const old = [...stored.values()].filter(({ at }) => at < before);
      for (const { id } of old) stored.delete(id);
      return old.length;
    },
  };
}

function matches({ siteId, action, actor, target, at }: AuditEntry, filter: AuditFilter): boolean {
  return (
    (filter.siteId === undefined || siteId === filter.siteId) &&
    (filter.action === undefined || action === filter.action) &&
    (filter.actorId === undefined || actor.id === filter.actorId) &&
    (filter.targetId === undefined || target?.id === filter.targetId) &&
    (filter.from === undefined || at >= filter.from) &&
    (filter.to === undefined || at < filter.to)
  );
}
