/** Canned replies. A shortcut exists once for each site, and once for all sites. */
import type { CannedReply } from '@firstword/shared/canned-reply';

export interface CannedReplyStore {
  /** Adds or replaces it. `taken`: another one of its site, or of all sites, has its shortcut. */
  save(reply: CannedReply): Promise<'saved' | 'taken'>;
  /** Those of these sites and those for all sites, by shortcut. */
  list(siteIds: readonly string[]): Promise<CannedReply[]>;
  find(id: string): Promise<CannedReply | undefined>;
  remove(id: string): Promise<boolean>;
}
