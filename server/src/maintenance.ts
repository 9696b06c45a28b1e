/** Periodic tasks of a web process: end orphaned turns, deliver ticket changes, assign waiting tickets, e-mail unread replies, evict quiet conversations, delete old ones and their files. */
import { RETENTION_DAYS, type Site } from '@firstword/shared/site';
import { ARCHIVE_GROUP } from './archive-change.ts';
import { type ArchiveRetentionParts, createArchiveRetention } from './conversation/archive-retention.ts';
import type { Conversations } from './conversation/conversations.ts';
import { createEviction, EVICTION_STEP_MS, type EvictionParts } from './conversation/eviction.ts';
import type { ReplyMail } from './conversation/reply-mail.ts';
import { createRetention, RETENTION_STEP_MS } from './conversation/retention.ts';
import type { Log } from './lib/log.ts';
import { startPeriodic } from './lib/periodic.ts';
import type { Redis } from './lib/redis.ts';
import type { WidgetNamespace } from './realtime/widget-namespace.ts';
import type { Records } from './records/records.ts';
import { type BySite, expiryAt } from './records/site-expiry.ts';
import { createConversationDeletion } from './store/conversation-deletion.ts';
import { createConversationEviction } from './store/conversation-eviction.ts';
import { createEvictionWalk } from './store/eviction-walk.ts';
import type { FileStore } from './store/file-store.ts';
import type { RedisKeys } from './store/keys.ts';
import { createRetentionWalk } from './store/retention-walk.ts';
import { createSharedTurn } from './store/shared-turn.ts';
import { createStorageGeneration } from './store/storage-generation.ts';
import type { Tickets } from './tickets/ticket-types.ts';

export interface MaintenanceParts {
  readonly redis: Redis;
  /** For commands that no visitor waits for. */
  readonly background: Redis;
  readonly keys: RedisKeys;
  readonly conversations: Pick<Conversations, 'sweep'>;
  readonly widget: Pick<WidgetNamespace, 'resync'>;
  readonly tickets: Tickets;
  readonly files: Pick<FileStore, 'sweep'>;
  readonly replyMail: Pick<ReplyMail, 'sweep' | 'stop'>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly archive: EvictionParts['archive'] & ArchiveRetentionParts['archive'];
  /** How long a quiet conversation stays in Redis. */
  readonly hotMs: number;
  readonly isColdUnderstood: EvictionParts['isUnderstood'];
  readonly records: Pick<Records, 'audit' | 'webhooks' | 'alerts'>;
  /** How long the audit log is kept. */
  readonly keepAuditMs: () => BySite<number>;
  readonly onEvicted: EvictionParts['onEvicted'];
  readonly log: Log;
}

const SWEEP_MS = 2000;
const DELIVERY_MS = 1000;
/** Tickets wait for an agent who comes online, which is noticed at once, or who has room again. */
const ASSIGN_MS = 5000;
const MAIL_SWEEP_MS = 2000;
const FILES_SWEEP_MS = 3_600_000;
const ARCHIVE_SWEEP_MS = 3_600_000;
/** A process that starts often also gets a turn. */
const ARCHIVE_TRY_MS = 600_000;
/** How long the log of webhook deliveries is kept, with the events in it. */
const WEBHOOK_DELIVERIES_MS = 30 * 24 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** How long closed alerts are kept. */
const ALERTS_MS = 400 * DAY_MS;

/** Resolves after the first sweep of orphaned turns. `stop` waits for a deletion in progress. */
export async function startMaintenance(parts: MaintenanceParts): Promise<{ stop(): Promise<void> }> {
  const { redis, background, keys, conversations, widget, tickets, files, replyMail, sites, archive, log } = parts;
  const sweepFiles = () =>
    void files
      .sweep()
      .catch((error: unknown) => log.warn({ reason: String(error) }, 'deleting old files failed; retrying in 1 h'));
  const sweepingFiles = setInterval(sweepFiles, FILES_SWEEP_MS);
  sweepFiles();

  const mailing = setInterval(() => {
    replyMail
      .sweep()
      .catch((error: unknown) => log.warn({ reason: String(error) }, 'reading due mails failed; the next run retries'));
  }, MAIL_SWEEP_MS);

  const delivering = startPeriodic(tickets.deliverOld, DELIVERY_MS, (reason) =>
    log.warn({ reason }, 'reading undelivered ticket changes failed; retrying'),
  );

  const assigning = startPeriodic(tickets.assignWaiting, ASSIGN_MS, (reason) =>
    log.warn({ reason }, 'assigning waiting tickets failed; retrying'),
  );

  const keepMs = (siteId: string | undefined) => {
    const days = sites.get(siteId ?? '')?.retentionDays ?? RETENTION_DAYS;
    return days === 0 ? undefined : days * DAY_MS;
  };
  const retention = createRetention({
    walk: createRetentionWalk(background, keys),
    ends: createConversationDeletion(background, keys),
    tickets,
    keepMs,
    log,
  });
  const deleting = startPeriodic(retention.sweep, RETENTION_STEP_MS, (reason) =>
    log.warn({ reason }, 'deleting old conversations failed; the next run retries'),
  );
  const archiveRetention = createArchiveRetention({
    turn: createSharedTurn(background, keys.archiveRetentionTurn(), ARCHIVE_SWEEP_MS),
    conversations: createConversationDeletion(background, keys),
    archive,
    siteIds: () => sites.keys(),
    keepMs,
    log,
  });
  const deletingArchived = startPeriodic(archiveRetention.sweep, ARCHIVE_TRY_MS, (reason) =>
    log.debug({ reason }, 'deleting old archived conversations failed; the next run retries'),
  );
  const auditTurn = createSharedTurn(background, keys.auditRetentionTurn(), ARCHIVE_SWEEP_MS);
  const deleteOldEntries = async () => {
    const now = await auditTurn();
    if (now === undefined) return;
    await parts.records.webhooks.expire(now - WEBHOOK_DELIVERIES_MS);
    await parts.records.alerts.expire(now - ALERTS_MS);
    const entries = await parts.records.audit.expire(expiryAt(now, parts.keepAuditMs()));
    if (entries > 0) log.info({ entries }, 'deleted audit entries after retention period');
  };
  const deletingAudit = startPeriodic(deleteOldEntries, ARCHIVE_TRY_MS, (reason) =>
    log.debug({ reason }, 'deleting old audit entries failed; the next run retries'),
  );
  const eviction = createEviction({
    walk: createEvictionWalk(background, keys),
    conversations: createConversationEviction(background, keys, { hotMs: parts.hotMs, archiveGroup: ARCHIVE_GROUP }),
    archive,
    isUnderstood: parts.isColdUnderstood,
    onEvicted: parts.onEvicted,
    log,
  });
  // Without the database nothing leaves Redis; that it is away is logged elsewhere.
  const evicting = startPeriodic(eviction.sweep, EVICTION_STEP_MS, (reason) =>
    log.debug({ reason }, 'evicting quiet conversations failed; the next run retries'),
  );

  const storageGeneration = createStorageGeneration(redis, keys);
  const sweeping = setInterval(() => void sweep(), SWEEP_MS);
  await sweep();
  async function sweep() {
    try {
      if (await storageGeneration.changed()) {
        log.error('redis lost its data or a replica took over; resyncing all clients');
        widget.resync();
      }
      await conversations.sweep();
    } catch (error) {
      log.warn({ reason: String(error) }, 'sweep failed; the next one retries');
    }
  }

  return {
    async stop() {
      clearInterval(sweeping);
      clearInterval(mailing);
      replyMail.stop();
      clearInterval(sweepingFiles);
      await Promise.all(
        [delivering, assigning, deleting, deletingArchived, deletingAudit, evicting].map((task) => task.stop()),
      );
    },
  };
}
