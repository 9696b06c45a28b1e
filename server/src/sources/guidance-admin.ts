/** What an administrator does with a site's guidance for answers. It is published to Redis, where every process finds it. */
import { createHash } from 'node:crypto';
import { type Guidance, type GuidanceView, NO_GUIDANCE } from '@firstword/shared/guidance';
import type { Log } from '../lib/log.ts';
import type { VersionStore } from '../records/version-store.ts';

export interface GuidanceAdmin {
  view(siteId: string): Promise<GuidanceView>;
  /** `conflict`: another change was saved since version `after`. */
  save(siteId: string, guidance: Guidance, about: { after: number; by: string }): Promise<'saved' | 'conflict'>;
  /** Makes an earlier version the newest one. `missing`: it was never made. */
  rollBack(siteId: string, number: number, by: string): Promise<'saved' | 'conflict' | 'missing'>;
  /** Publishes what is not published yet. Idempotent, and safe in several processes at once. */
  publish(): Promise<void>;
}

export interface GuidanceAdminParts {
  readonly store: VersionStore<Guidance>;
  readonly publication: {
    version(siteId: string): Promise<string | undefined>;
    publish(siteId: string, guidance: { version: string; json: string }): Promise<void>;
  };
  readonly log: Log;
}

const VERSIONS_SHOWN = 20;

export function createGuidanceAdmin({ store, publication, log }: GuidanceAdminParts): GuidanceAdmin {
  const publishSite = async (siteId: string) => {
    const found = await store.load(siteId);
    if (found === undefined) return;
    const json = JSON.stringify(found.value);
    const version = versionOf(found.number, json);
    if ((await publication.version(siteId)) !== version) {
      await publication.publish(siteId, { version, json });
      log.info({ siteId, version: found.number }, 'guidance published');
    }
  };
  const publish = async () => {
    // Also where Redis has lost it, or has an older one from a process that was slower.
    for (const [siteId, number] of await store.numbers())
      if (!(await publication.version(siteId))?.startsWith(`${number}-`)) await publishSite(siteId);
  };
  const publishNow = (siteId: string) =>
    publishSite(siteId).catch((error: unknown) =>
      log.warn({ siteId, reason: String(error) }, 'publishing guidance failed; retrying'),
    );
  const save: GuidanceAdmin['save'] = async (siteId, guidance, about) => {
    const outcome = await store.save(siteId, guidance, about);
    if (outcome === 'saved') await publishNow(siteId);
    return outcome;
  };

  return {
    save,
    publish,
    async view(siteId) {
      const [found, versions] = await Promise.all([store.load(siteId), store.listVersions(siteId, VERSIONS_SHOWN)]);
      return { version: found?.number ?? 0, guidance: found?.value ?? NO_GUIDANCE, versions };
    },
    async rollBack(siteId, number, by) {
      const earlier = await store.loadVersion(siteId, number);
      const newest = await store.load(siteId);
      if (earlier === undefined || newest === undefined) return 'missing';
      return save(siteId, earlier, { after: newest.number, by });
    },
  };
}

/** Begins with the number, by which `publish` recognizes it. */
const versionOf = (number: number, json: string) =>
  `${number}-${createHash('sha256').update(json).digest('base64url').slice(0, 12)}`;
