/** Versions of each site's guidance for answers. The newest one is in use. */
import type { Guidance, GuidanceVersion } from '@firstword/shared/guidance';

export interface StoredGuidance {
  readonly number: number;
  readonly guidance: Guidance;
}

export interface GuidanceStore {
  /** The newest version; undefined while there is none. */
  load(siteId: string): Promise<StoredGuidance | undefined>;
  loadVersion(siteId: string, number: number): Promise<Guidance | undefined>;
  /** Adds a version. `conflict`: the newest one is not `after`, the number that the change is based on; 0 for none. */
  save(siteId: string, guidance: Guidance, about: { after: number; by: string }): Promise<'saved' | 'conflict'>;
  /** Newest first. */
  listVersions(siteId: string, limit: number): Promise<GuidanceVersion[]>;
  /** The newest number of every site that has guidance. */
  numbers(): Promise<Map<string, number>>;
}
