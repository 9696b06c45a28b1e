/** Records what agents, programs and operators do. Nothing that is recorded fails, or waits long, because of it. */
import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '@firstword/shared/audit';
import type { Log } from '../lib/log.ts';
import { hashId } from '../lib/tokens.ts';
import { within } from '../lib/within.ts';
import type { AuditStore } from './audit-store.ts';

export interface AuditEvent extends Omit<AuditEntry, 'id' | 'at'> {
  /** Milliseconds since 1970; now when absent. */
  readonly at?: number;
  /** Of the events with the same text, only the first one of each hour is recorded. */
  readonly oncePerHour?: string;
}

export interface AuditLog extends Pick<AuditStore, 'list'> {
  /** Never rejects. Resolves when the entry is stored or, while the database is away, when it waits in memory. */
  add(event: AuditEvent): Promise<void>;
  /** Writes what waits, once. */
  close(): Promise<void>;
}

export interface AuditLogParts {
  readonly store: Pick<AuditStore, 'add' | 'list'>;
  /** Called once entries are stored. It must not throw. */
  readonly onStored?: (entries: readonly AuditEntry[]) => void;
  readonly log: Log;
  readonly now?: () => number;
}

export interface AuditLogSettings {
  readonly retryMs: number;
  /** How long an action waits for its entry. */
  readonly waitMs: number;
  /** Entries held while the database is away; further ones are only in the process' log. */
  readonly maxWaiting: number;
}

export const AUDIT_LOG_SETTINGS: AuditLogSettings = { retryMs: 2000, waitMs: 500, maxWaiting: 10_000 };
const HOUR_MS = 3_600_000;
/** Entries of one statement. */
const BATCH = 500;
/** Keys of `oncePerHour` that are remembered; beyond it, the store finds the repeats. */
const REMEMBERED_MAX = 10_000;

export function createAuditLog(
  { store, onStored = () => {}, log, now = Date.now }: AuditLogParts,
  { retryMs, waitMs, maxWaiting }: AuditLogSettings = AUDIT_LOG_SETTINGS,
): AuditLog {
  const waiting = new Map<string, AuditEntry>();
  const remembered = new Set<string>();
  let writing: Promise<void> | undefined;
  let retrying: NodeJS.Timeout | undefined;

  const writeAll = async () => {
    while (waiting.size > 0) {
      const batch = [...waiting.values()].slice(0, BATCH);
      await store.add(batch);
      for (const { id } of batch) waiting.delete(id);
      onStored(batch);
    }
  };
  const start = () => {
    writing ??= writeAll()
      .catch((error: unknown) => {
        if (retrying === undefined)
          log.warn({ waiting: waiting.size, reason: String(error) }, 'writing the audit log failed; retrying');
        clearTimeout(retrying);
        retrying = setTimeout(() => void start(), retryMs);
        retrying.unref();
      })
      .finally(() => {
        writing = undefined;
      });
    return writing;
  };
  const flush = async () => {
    await writing; // it may have begun before the last entry was added
    await start();
  };
  /** Undefined for a repeat. */
  const idOf = (at: number, oncePerHour: string | undefined): string | undefined => {
    if (oncePerHour === undefined) return randomUUID();
    const id = hashId(`${oncePerHour} ${Math.floor(at / HOUR_MS)}`);
    if (remembered.has(id)) return undefined;
    remembered.add(id);
    const [oldest] = remembered;
    if (remembered.size > REMEMBERED_MAX && oldest !== undefined) remembered.delete(oldest);
    return id;
  };

  return {
    list: store.list,
    async add({ at = now(), oncePerHour, ...event }) {
      const id = idOf(at, oncePerHour);
      if (id === undefined) return;
      const entry = { ...event, id, at };
      log.info({ audit: entry }, 'audit');
      if (waiting.size >= maxWaiting) return void log.error({ audit: entry }, 'audit entry not stored: database away');
      waiting.set(id, entry);
      await within(waitMs, flush()).catch(() => {});
    },
    async close() {
      clearTimeout(retrying);
      await flush();
      clearTimeout(retrying);
    },
  };
}
