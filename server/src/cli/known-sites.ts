/** The sites that a command may name: those of the configuration file, and those that are made in the console. */
import type { Site } from '@firstword/shared/site';
import type { Config } from '../config/config.ts';
import { DEFAULT_SITE_ID } from '../config/config-checks.ts';
import { type ConfiguredSites, createConfiguredSites } from '../configured-sites.ts';
import { secretIn } from '../lib/data-dir.ts';
import { createLog } from '../lib/log.ts';
import type { Records } from '../records/records.ts';
import { readSettings } from '../settings/settings-publisher.ts';

type SiteConfig = Pick<Config, 'sites' | 'budgets' | 'checkSite' | 'appSecret' | 'dataDir'>;

export async function readSites(config: SiteConfig, { settings }: Pick<Records, 'settings'>): Promise<ConfiguredSites> {
  const sites = createConfiguredSites({
    ...config,
    sites: config.sites ?? [],
    appSecret: config.appSecret ?? secretIn(config.dataDir, 'app'),
    log: createLog('silent'),
  });
  sites.apply(await readSettings(settings));
  return sites;
}

/** Without a site of one's own, there is the demo's. */
export function siteIdsOf(sites: ReadonlyMap<string, Site>): readonly string[] {
  return sites.size === 0 ? [DEFAULT_SITE_ID] : [...sites.keys()];
}
