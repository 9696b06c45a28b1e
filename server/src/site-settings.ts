/** Opens the settings of sites and of models in a web process: publishes those of PostgreSQL, follows what is published, and changes them. */
import { createSettingSecrets } from './configured-sites.ts';
import { CONSOLE_ENDPOINT } from './gateway/failure-fix.ts';
import type { Redis } from './lib/redis.ts';
import { configuredModels } from './models/connected-models.ts';
import type { ConnectedModels } from './models/live-router.ts';
import { createModelCheck, createModelReader, type ModelSetup } from './models/model-setup.ts';
import { followSettings } from './settings/follow-settings.ts';
import { createModelAdmin, type ModelAdmin } from './settings/model-admin.ts';
import { createSettingsPublisher, type SettingsPublisher } from './settings/settings-publisher.ts';
import { createSiteAdmin, type SiteAdmin } from './settings/site-admin.ts';
import type { RedisKeys } from './store/keys.ts';
import { createSettingsPublication } from './store/publication.ts';
import type { WebAppSettings } from './web/web-settings.ts';

export interface SiteSettingsParts extends SettingsPublisher {
  readonly admin: SiteAdmin;
  readonly modelAdmin: ModelAdmin<ModelSetup>;
  close(): void;
}

/** Resolves once this process uses what is set, or at once while the stores are away: it follows when they are back. */
export async function openSiteSettings(
  redis: Redis,
  keys: RedisKeys,
  live: Pick<ConnectedModels, 'apply'>,
  settings: WebAppSettings,
): Promise<SiteSettingsParts> {
  const { records, sites, checkSite, appSecret, fileName = 'firstword.config.json', log } = settings;
  const publication = createSettingsPublication(redis, keys);
  const publisher = createSettingsPublisher(records.settings, publication, log);
  const following = followSettings(publication, [sites.apply, live.apply], log);
  const publish = async () => {
    await publisher
      .publish()
      .catch((error: unknown) => log.warn({ reason: String(error) }, 'publishing settings failed; retrying'));
    await following.refresh();
  };
  await publish();
  const secrets = createSettingSecrets(appSecret);
  const configured = configuredModels({ ...settings, allowOutsideLimits: settings.routing.allowOutsideLimits });
  return {
    publish: publisher.publish,
    admin: createSiteAdmin({
      store: records.settings,
      live: sites,
      check: checkSite,
      secrets,
      fileName,
      publish,
    }),
    modelAdmin: createModelAdmin({
      store: records.settings,
      read: createModelReader(configured),
      check: createModelCheck(configured),
      secrets,
      endpointId: (version) => `${CONSOLE_ENDPOINT}${version}`,
      publish,
    }),
    close: following.close,
  };
}
