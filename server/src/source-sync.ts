/** Keeps settings and each site's articles and guidance published, starts the imports whose time has come, and ends those whose process died. */
import type { Log } from './lib/log.ts';
import { startPeriodic } from './lib/periodic.ts';
import type { KnowledgeStore } from './records/knowledge-store.ts';
import type { SettingsPublisher } from './settings/settings-publisher.ts';
import type { GuidanceAdmin } from './sources/guidance-admin.ts';
import type { Sources } from './sources/open-sources.ts';

export interface SourceSyncParts {
  readonly store: Pick<KnowledgeStore, 'endLostRuns'>;
  readonly sources: Pick<Sources, 'publisher' | 'importer'>;
  readonly guidance: Pick<GuidanceAdmin, 'publish'>;
  readonly settings: Pick<SettingsPublisher, 'publish'>;
  readonly log: Log;
  readonly everyMs?: number;
}

/** With the interval of `site-knowledge.ts`, a change reaches all processes within two seconds. */
const EVERY_MS = 1000;

/** Resolves after the first run, also when a store is away: what is published already is used meanwhile. */
export async function startSourceSync(parts: SourceSyncParts): Promise<{ stop(): Promise<void> }> {
  const { store, sources, guidance, settings, log, everyMs = EVERY_MS } = parts;
  const sync = async () => {
    await sources.publisher.sync();
    await settings.publish();
    await guidance.publish();
    const lost = await store.endLostRuns();
    if (lost > 0) log.warn({ runs: lost }, 'imports of a process that died were ended; their sources are unchanged');
    const due = await sources.importer.startDue();
    if (due !== undefined) log.info({ runId: due.id, sourceId: due.sourceId }, 'scheduled import started');
  };
  const warn = (reason: string) => log.warn({ reason }, 'keeping articles up to date failed; retrying every second');
  await sync().catch((error: unknown) => warn(String(error)));
  const syncing = startPeriodic(sync, everyMs, warn);
  return {
    async stop() {
      await syncing.stop();
      await sources.importer.close();
    },
  };
}
