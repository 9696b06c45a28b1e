/** Keeps each site's guidance in memory, so that no turn waits for it. */
import { guidanceSchema } from '@firstword/shared/guidance';
import type { Log } from '../lib/log.ts';
import { startPeriodic } from '../lib/periodic.ts';
import type { Publication } from '../store/publication.ts';
import { type AnswerGuidance, prepareGuidance } from './guidance.ts';

export interface SiteGuidance {
  /** Undefined for a site without guidance. */
  of(siteId: string): AnswerGuidance | undefined;
  /** Loads what has changed. Also runs on a timer. */
  refresh(): Promise<void>;
  close(): void;
}

/** @param everyMs the longest delay until a change is used */
export function createSiteGuidance(
  publication: Pick<Publication, 'load' | 'version'>,
  siteIds: () => readonly string[],
  log: Log,
  everyMs = 1000,
): SiteGuidance {
  const prepared = new Map<string, AnswerGuidance>();

  const refreshSite = async (siteId: string) => {
    const version = await publication.version(siteId);
    if (version === undefined || version === prepared.get(siteId)?.version) return;
    const found = await publication.load(siteId);
    if (found === undefined) return;
    prepared.set(siteId, prepareGuidance(found.version, guidanceSchema.parse(JSON.parse(found.json))));
  };
  const refresh = async () => {
    for (const siteId of siteIds())
      await refreshSite(siteId).catch((error: unknown) =>
        log.warn({ siteId, reason: String(error) }, 'loading guidance failed, keeping the previous one'),
      );
  };
  const refreshing = startPeriodic(refresh, everyMs, (reason) => log.warn({ reason }, 'loading guidance failed'));

  return { of: (siteId) => prepared.get(siteId), refresh, close: () => void refreshing.stop() };
}
