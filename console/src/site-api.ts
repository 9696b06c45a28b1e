/** The REST client of the Sites page. */
import type {
  SiteDiff,
  SiteOverview,
  SiteSchemaView,
  SiteSettings,
  SiteSettingsView,
} from '@firstword/shared/site-settings';
import type { Result } from './api-result.ts';
import type { Senders } from './knowledge-api.ts';

export interface SiteApi {
  list(): Promise<Result<SiteOverview>>;
  readSchema(): Promise<Result<SiteSchemaView>>;
  read(id: string): Promise<Result<SiteSettingsView>>;
  create(id: string, settings: SiteSettings): Promise<Result<SiteSettingsView>>;
  change(id: string, settings: SiteSettings, expectedVersion: number): Promise<Result<SiteSettingsView>>;
  rollBack(id: string, version: number, expectedVersion: number): Promise<Result<SiteSettingsView>>;
  archive(id: string, archived: boolean, expectedVersion: number): Promise<Result<SiteSettingsView>>;
  readDiff(id: string, from: number, to: number): Promise<Result<SiteDiff>>;
}

export function createSiteApi({ send, sendWithRetries }: Senders): SiteApi {
  const at = (id: string) => `/sites/${encodeURIComponent(id)}`;
  return {
    list: () => sendWithRetries('GET', '/sites'),
    readSchema: () => sendWithRetries('GET', '/site-schema'),
    read: (id) => sendWithRetries('GET', at(id)),
    // Not repeated: the second of two would be refused, as another change.
    create: (id, settings) => send('POST', '/sites', { id, settings }),
    change: (id, settings, expectedVersion) => send('POST', at(id), { settings, expectedVersion }),
    rollBack: (id, version, expectedVersion) => send('POST', `${at(id)}/roll-back`, { version, expectedVersion }),
    archive: (id, archived, expectedVersion) => send('POST', `${at(id)}/archive`, { archived, expectedVersion }),
    readDiff: (id, from, to) => sendWithRetries('GET', `${at(id)}/diff?from=${from}&to=${to}`),
  };
}
