/** The sites of a process as the configuration file, the demo and the console make them, and what their analyses may cost. */
import type { Site } from '@firstword/shared/site';
import type { SiteBudgets } from './config/budgets-schema.ts';
import type { Config } from './config/config.ts';
import type { ConfigFile } from './config/config-schema.ts';
import type { Log } from './lib/log.ts';
import { createSealedText } from './lib/sealed-text.ts';
import { createLiveSites, type LiveSites } from './settings/live-sites.ts';

export type ConfiguredSites = LiveSites<SiteBudgets>;

export interface ConfiguredSitesParts extends Pick<Config, 'checkSite'> {
  readonly sites: readonly Site[];
  readonly budgets: Pick<Config['budgets'], 'sites'>;
  readonly namedSettings?: ReadonlyMap<string, readonly string[]>;
  /** The site that is there as long as there is no other one. */
  readonly demo?: Site;
  readonly appSecret: string;
  readonly log: Log;
}

export function createConfiguredSites(parts: ConfiguredSitesParts): ConfiguredSites {
  const { sites, budgets, namedSettings, demo, checkSite, appSecret, log } = parts;
  return createLiveSites({
    file: sites,
    ...(namedSettings === undefined ? {} : { named: namedSettings }),
    fileBudgets: budgets.sites,
    demo,
    check: checkSite,
    secrets: createSettingSecrets(appSecret),
    log,
  });
}

/** Encrypts secrets of settings, the same in every process. */
export const createSettingSecrets = (appSecret: string) => createSealedText(appSecret, 'settings');

/** US dollars that the analyses of a site may cost in a UTC day; undefined for no limit. */
export function createAnalysisLimit(
  budgets: Pick<ConfigFile['budgets'], 'analysisUsdPerDay'>,
  ofSites: ConfiguredSites['budgets'],
): (siteId: string) => number | undefined {
  return (siteId) => ofSites[siteId]?.analysisUsdPerDay ?? budgets.analysisUsdPerDay;
}
