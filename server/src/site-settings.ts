/** Opens the settings of sites in a web process: publishes those of PostgreSQL, follows what is published, and changes them. */
import { createSettingSecrets } from './configured-sites.ts';
import type { Redis } from './lib/redis.ts';
import { followSettings } from './settings/follow-settings.ts';
import { createSettingsPublisher, type SettingsPublisher } from './settings/settings-publisher.ts';
import { createSiteAdmin, type SiteAdmin } from './settings/site-admin.ts';
import type { RedisKeys } from './store/keys.ts';
import { createSettingsPublication } from './store/publication.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface SiteSettingsParts extends SettingsPublisher {
  readonly admin: SiteAdmin;
  close(): void;
}

/** Resolves once this process uses what is set, or at once while the stores are away: it follows when they are back. */
export async function openSiteSettings(
  redis: Redis,
  keys: RedisKeys,
  { records, sites, checkSite, appSecret, fileName = 'firstword.config.json', log }: WebAppSettings,
): Promise<SiteSettingsParts> {
  const publication = createSettingsPublication(redis, keys);
  const publisher = createSettingsPublisher(records.settings, publication, log);
  const following = followSettings(publication, sites.apply, log);
  const publish = async () => {
    await publisher
      .publish()
      .catch((error: unknown) => log.warn({ reason: String(error) }, 'publishing settings failed; it is tried again'));
    await following.refresh();
  };
  await publish();
  return {
    publish: publisher.publish,
    admin: createSiteAdmin({
      store: records.settings,
      live: sites,
      check: checkSite,
      secrets: createSettingSecrets(appSecret),
      fileName,
      publish,
    }),
    close: following.close,
  };
}
