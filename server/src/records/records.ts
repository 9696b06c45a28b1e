/** Opens the database and its stores. Nothing waits for it: what it can't do now is done when it is back. */
import { type Guidance, guidanceSchema } from '@firstword/shared/guidance';
import { sql } from 'kysely';
import { hideSecrets } from '../lib/hide-secrets.ts';
import type { Log } from '../lib/log.ts';
import { retryUntilDone } from '../lib/retry-until-done.ts';
import type { AccountStore } from './account-store.ts';
import type { AlertStore } from './alert-store.ts';
import type { ApiTokenStore } from './api-token-store.ts';
import type { AuditStore } from './audit-store.ts';
import type { CannedReplyStore } from './canned-reply-store.ts';
import type { CaseStore } from './case-store.ts';
import type { ConnectionPoolSettings, PoolCounts } from './connection-pool.ts';
import type { ConversationArchive } from './conversation-archive.ts';
import { createDatabase, type Database, MIGRATION_SETTINGS, readOnlySchema } from './database.ts';
import { createDatabaseFaults } from './database-faults.ts';
import { refusalText } from './database-remedy.ts';
import type { EvaluationResults } from './evaluation-results.ts';
import type { GapStore } from './gap-store.ts';
import type { IdentityStore } from './identity-store.ts';
import type { KnowledgeStore } from './knowledge-store.ts';
import type { Migration } from './migrations/migration.ts';
import { MIGRATIONS } from './migrations.ts';
import { migrate } from './migrator.ts';
import type { PictureStore } from './picture-store.ts';
import { createPostgresAccountStore } from './postgres-account-store.ts';
import { createPostgresAlertStore } from './postgres-alert-store.ts';
import { createPostgresApiTokenStore } from './postgres-api-token-store.ts';
import { createPostgresAuditStore } from './postgres-audit-store.ts';
import { createPostgresCannedReplyStore } from './postgres-canned-reply-store.ts';
import { createPostgresCaseStore } from './postgres-case-store.ts';
import { createPostgresConversationArchive } from './postgres-conversation-archive.ts';
import { createPostgresEvaluationResults } from './postgres-evaluation-results.ts';
import { createPostgresGapStore } from './postgres-gap-store.ts';
import { createPostgresIdentityStore } from './postgres-identity-store.ts';
import { createPostgresKnowledgeStore } from './postgres-knowledge-store.ts';
import { createPostgresPictureStore } from './postgres-picture-store.ts';
import { createPostgresPreferenceStore } from './postgres-preference-store.ts';
import { createPostgresProposalStore } from './postgres-proposal-store.ts';
import { createPostgresPushDeviceStore } from './postgres-push-device-store.ts';
import { createPostgresQualityStore } from './postgres-quality-store.ts';
import { createPostgresReplyDraftStore } from './postgres-reply-draft-store.ts';
import { createPostgresRunStore } from './postgres-run-store.ts';
import { createPostgresTicketStore } from './postgres-ticket-store.ts';
import { createPostgresUsageStore } from './postgres-usage-store.ts';
import { createPostgresVersionStore } from './postgres-version-store.ts';
import { createPostgresViewStore } from './postgres-view-store.ts';
import { createPostgresWebhookStore } from './postgres-webhook-store.ts';
import type { PreferenceStore } from './preference-store.ts';
import type { ProposalStore } from './proposal-store.ts';
import type { PushDeviceStore } from './push-device-store.ts';
import type { QualityStore } from './quality-store.ts';
import { RecordsError } from './records-error.ts';
import type { ReplyDraftStore } from './reply-draft-store.ts';
import type { RunStore } from './run-store.ts';
import { type SettingValue, settingValueSchema } from './setting-value.ts';
import type { TicketStore } from './ticket-store.ts';
import type { UsageStore } from './usage-store.ts';
import type { VersionStore } from './version-store.ts';
import type { ViewStore } from './view-store.ts';
import type { WebhookStore } from './webhook-store.ts';

export interface Records {
  readonly archive: ConversationArchive;
  readonly knowledge: KnowledgeStore;
  readonly gaps: GapStore;
  readonly guidance: VersionStore<Guidance>;
  /** Settings that are made in the console. */
  readonly settings: VersionStore<SettingValue>;
  readonly cases: CaseStore;
  readonly proposals: ProposalStore;
  readonly evaluationResults: EvaluationResults;
  readonly runs: RunStore;
  readonly cannedReplies: CannedReplyStore;
  readonly replyDrafts: ReplyDraftStore;
  readonly tickets: TicketStore;
  readonly accounts: AccountStore;
  /** Which account belongs to a person at an identity provider. */
  readonly identities: IdentityStore;
  readonly apiTokens: ApiTokenStore;
  readonly pictures: PictureStore;
  readonly preferences: PreferenceStore;
  readonly pushDevices: PushDeviceStore;
  readonly views: ViewStore;
  readonly audit: AuditStore;
  readonly webhooks: WebhookStore;
  readonly alerts: AlertStore;
  readonly usage: UsageStore;
  readonly quality: QualityStore;
  /** Resolves when the database answers, its tables are up to date, and it has stored what it was given in the last seconds. */
  check(): Promise<void>;
  pool(): PoolCounts;
  close(): Promise<void>;
}

export interface RecordsOptions {
  readonly url: string;
  /** The language of a site, which decides how its messages are searched. */
  readonly localeOf: (siteId: string) => string;
  readonly log: Log;
  readonly migrations?: readonly Migration[];
  /** For everything but migrations. */
  readonly settings?: ConnectionPoolSettings;
}

const GUIDANCE_TABLE = { name: 'guidance_versions', id: 'site_id', value: 'guidance' };
const SETTING_TABLE = { name: 'setting_versions', id: 'name', value: 'value' };

/**
 * Resolves when the tables are up to date, or at once when the database is away: they are then brought up to date when it
 * is back.
 * @throws Error when the database refuses us, which time does not change
 */
export async function openRecords(options: RecordsOptions): Promise<Records> {
  const { url, localeOf, log } = options;
  const faults = createDatabaseFaults(log);
  const connections = createDatabase(url, log, options.settings, faults);
  const closing = new AbortController();
  const state: { missing: string | undefined } = { missing: 'the tables are being created' };
  const database = onceReady(connections, () => state.missing);
  const bringUpToDate = async () => {
    const migrating = createDatabase(url, log, MIGRATION_SETTINGS, faults);
    await migrate(migrating, options.migrations ?? MIGRATIONS, log).finally(migrating.close);
    state.missing = undefined;
  };
  let retrying: Promise<void> = Promise.resolve();
  try {
    await bringUpToDate();
  } catch (error) {
    if (!(error instanceof RecordsError) || error.code === 'refused') {
      await connections.close();
      throw error instanceof RecordsError ? new Error(refusalText(url, error), { cause: error }) : error;
    }
    state.missing = hideSecrets(error.message);
    log.warn({ reason: state.missing }, 'database unreachable; chat goes on, and records follow when it is back');
    retrying = retryUntilDone(bringUpToDate, {
      signal: closing.signal,
      onFailure(failure) {
        const reason = hideSecrets(failure instanceof Error ? failure.message : String(failure));
        if (reason !== state.missing) log.warn({ reason }, 'database unreachable');
        state.missing = reason;
      },
    });
  }
  return {
    archive: createPostgresConversationArchive(database, localeOf),
    knowledge: createPostgresKnowledgeStore(database),
    gaps: createPostgresGapStore(database),
    guidance: createPostgresVersionStore(database, GUIDANCE_TABLE, guidanceSchema),
    settings: createPostgresVersionStore(database, SETTING_TABLE, settingValueSchema),
    cases: createPostgresCaseStore(database),
    proposals: createPostgresProposalStore(database),
    evaluationResults: createPostgresEvaluationResults(database),
    runs: createPostgresRunStore(database),
    cannedReplies: createPostgresCannedReplyStore(database),
    replyDrafts: createPostgresReplyDraftStore(database),
    accounts: createPostgresAccountStore(database),
    identities: createPostgresIdentityStore(database),
    apiTokens: createPostgresApiTokenStore(database),
    pictures: createPostgresPictureStore(database),
    preferences: createPostgresPreferenceStore(database),
    pushDevices: createPostgresPushDeviceStore(database),
    views: createPostgresViewStore(database),
    audit: createPostgresAuditStore(database),
    webhooks: createPostgresWebhookStore(database),
    alerts: createPostgresAlertStore(database),
    usage: createPostgresUsageStore(database),
    quality: createPostgresQualityStore(database),
    tickets: createPostgresTicketStore(database, localeOf),
    check: () => ping(database),
    pool: connections.pool,
    async close() {
      closing.abort();
      await retrying;
      await connections.close();
    },
  };
}

/**
 * Until the tables are up to date, a query waits to be repeated, as it does while the database is away. It would otherwise fail
 * on what is missing, and the feed would set its event aside.
 */
function onceReady(database: Database, missing: () => string | undefined): Database {
  const check = () => {
    const reason = missing();
    if (reason !== undefined) throw new RecordsError('unavailable', reason);
  };
  return {
    ...database,
    async query(work) {
      check();
      return database.query(work);
    },
    async transaction(work) {
      check();
      return database.transaction(work);
    },
  };
}

async function ping(database: Pick<Database, 'query' | 'recentFault'>): Promise<void> {
  const { rows } = await database.query((db) => sql`SHOW transaction_read_only`.execute(db));
  const fault = database.recentFault();
  if (fault !== undefined) throw fault;
  if (readOnlySchema.parse(rows)[0].transaction_read_only === 'on')
    throw new RecordsError('unavailable', 'The database is read-only.');
}
