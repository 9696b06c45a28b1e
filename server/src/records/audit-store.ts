/** Where the audit log is kept. Entries are added, listed and expire; nothing changes them. */
import type { AuditAction, AuditEntry } from '@firstword/shared/audit';
import type { PageRequest } from './newest-first.ts';
import type { SiteExpiry } from './site-expiry.ts';

export interface AuditFilter extends PageRequest {
  readonly siteId?: string | undefined;
  readonly action?: AuditAction | undefined;
  readonly actorId?: string | undefined;
  readonly targetId?: string | undefined;
  /** From this time on, in milliseconds since 1970. */
  readonly from?: number | undefined;
  /** Before this time. */
  readonly to?: number | undefined;
}

export interface AuditStore {
  /** Idempotent: an entry with a known id is not stored again. */
  add(entries: readonly AuditEntry[]): Promise<void>;
  /** Newest first. @throws CursorError */
  list(filter: AuditFilter): Promise<{ entries: AuditEntry[]; next?: string }>;
  /** Deletes what is older, in steps, and returns how many entries that were. */
  expire(expiry: SiteExpiry): Promise<number>;
}
