/** The audit log in memory, for unit tests. */
import type { AuditEntry } from '@firstword/shared/audit';
import type { AuditFilter, AuditStore } from './audit-store.ts';
import { pageInMemory } from './newest-first.ts';
import { expiryOf } from './site-expiry.ts';

export function createMemoryAuditStore(): AuditStore {
  const stored = new Map<string, AuditEntry>();
  return {
    async add(entries) {
      for (const entry of entries) if (!stored.has(entry.id)) stored.set(entry.id, structuredClone(entry));
    },
    async list(filter) {
      const found = [...stored.values()].filter((entry) => matches(entry, filter));
      const { page, ...next } = pageInMemory(found, filter);
      return { entries: page, ...next };
    },
    async expire(expiry) {
      const old = [...stored.values()].filter(({ at, siteId }) => at < (expiryOf(expiry, siteId) ?? 0));
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
