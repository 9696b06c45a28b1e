/** Records in the audit log what commands change, export and erase: as the operator, without an address. */
import { randomUUID } from 'node:crypto';
import type { Recorded } from '../http/audit-events.ts';
import type { AuditStore } from '../records/audit-store.ts';

/** Resolves once the entry is stored. */
export type CommandAudit = (event: Omit<Recorded, 'at' | 'oncePerHour'>) => Promise<void>;

/** Who the histories of articles and tickets name, too. */
export const COMMAND_LINE = 'Command line';

export function createCommandAudit(store: Pick<AuditStore, 'add'>): CommandAudit {
  return (event) =>
    store.add([{ ...event, id: randomUUID(), at: Date.now(), actor: { kind: 'operator', name: COMMAND_LINE } }]);
}
