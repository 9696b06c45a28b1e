/** Turns the settings of the console into a part of the configuration file. Pure. */
import type { SiteSettings } from '@firstword/shared/site-settings';
import { readPublished } from '../../settings/live-sites.ts';
import { SECRET_SETTINGS } from '../../settings/site-record.ts';

export interface ExportedSettings {
  readonly file: {
    readonly sites: readonly SiteSettings[];
    readonly budgets?: { readonly sites: SiteSettings };
  };
  /** The environment variables that the file refers to. */
  readonly variables: readonly string[];
}

/** @param named the settings that the file sets, by site id: they are left out */
export function exportSettings(json: string, named: ReadonlyMap<string, readonly string[]>): ExportedSettings {
  const variables: string[] = [];
  const budgets: SiteSettings = {};
  const sites: SiteSettings[] = [];
  for (const [id, { settings, archived }] of readPublished(json)) {
    if (archived) continue;
    const rest = Object.entries(settings).filter(([name]) => !named.get(id)?.includes(name));
    const site: SiteSettings = { id };
    for (const [name, value] of rest)
      if (name === 'budgets') budgets[id] = value;
      else if (SECRETS.includes(name)) {
        const variable = `${id}_${name.replaceAll(/[A-Z]/g, '_$&')}`.replaceAll('-', '_').toUpperCase();
        variables.push(variable);
        site[name] = `$${variable}`;
      } else site[name] = value;
    if (Object.keys(site).length > 1) sites.push(site);
  }
  return { file: { sites, ...(Object.keys(budgets).length === 0 ? {} : { budgets: { sites: budgets } }) }, variables };
}

const SECRETS: readonly string[] = SECRET_SETTINGS;
