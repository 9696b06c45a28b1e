/** Checks the settings of a site that is made in the console by the rules of the configuration file. */
import type { SettingFault } from '@firstword/shared/setting-fault';
import type { SiteBudgets } from './config/budgets-schema.ts';
import { siteFaults } from './config/config-checks.ts';
import { settingFaults } from './config/config-faults.ts';
import { valueAt } from './config/config-file.ts';
import { schemaTree } from './config/config-json-schema.ts';
import { type ConfigFile, siteSettingsSchema } from './config/config-schema.ts';
import { OWN_MESSAGES } from './lib/own-messages.ts';
import type { CheckSite } from './settings/live-sites.ts';

/** In faults of a whole file. */
const FIRST_SITE = /^sites\[0\]\./;

export function createSiteCheck(file: ConfigFile): CheckSite<SiteBudgets> {
  const tree = schemaTree(siteSettingsSchema);
  return (settings) => {
    const { success, data, error } = siteSettingsSchema.safeParse(settings, OWN_MESSAGES);
    if (!success) return { faults: settingFaults(error.issues, { tree, given: (path) => valueAt(settings, path) }) };
    const { budgets, ...site } = data;
    const faults = siteFaults({ ...file, sites: [site] }).map(
      (fault): SettingFault => ({ ...fault, setting: fault.setting.replace(FIRST_SITE, '') }),
    );
    return faults.length > 0 ? { faults } : { site, ...(budgets === undefined ? {} : { budgets }) };
  };
}
