/** The audit log of the scripted server. */
import { type AuditEntry, type AuditList, auditQuerySchema } from '@firstword/shared/audit';

const actor = { kind: 'agent', id: 'boss', name: 'A boss' } as const;
const ENTRIES: readonly AuditEntry[] = [
  {
    ...{ id: 'a3', at: 3, actor, action: 'model-calls-stopped', siteId: 'wendleby', address: '192.0.2.7' },
    target: { kind: 'site', id: 'wendleby' },
    after: { reason: 'A runaway loop' },
  },
  { id: 'a2', at: 2, actor, action: 'conversation-read', target: { kind: 'conversation', id: 'c-oil' } },
  { id: 'a1', at: 1, actor: { kind: 'unknown', name: '<b>someone</b>' }, action: 'sign-in-refused' },
];

/** Two entries on the first page. */
export function auditPage(url: URL): AuditList {
  const { action, cursor } = auditQuerySchema.parse(Object.fromEntries(url.searchParams));
  const found = ENTRIES.filter((entry) => action === undefined || entry.action === action);
  const rest = { sites: [{ id: 'wendleby', name: 'Wendleby' }] };
  if (cursor !== undefined) return { entries: found.slice(2), ...rest };
  return { entries: found.slice(0, 2), ...(found.length > 2 ? { next: 'second-page' } : {}), ...rest };
}
