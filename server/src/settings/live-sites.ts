/** The sites of this process: those of the configuration file, and those that are made in the console, as they change. */
import type { SettingFault } from '@firstword/shared/setting-fault';
import type { Site } from '@firstword/shared/site';
import type { SiteSettings } from '@firstword/shared/site-settings';
import { z } from 'zod';
import type { Log } from '../lib/log.ts';
import type { SealedText } from '../lib/sealed-text.ts';
import { settingValueSchema } from '../records/setting-value.ts';
import { openSecrets, readSiteRecord, type SiteRecord, siteOfSetting } from './site-record.ts';

/** Whether settings make a site; otherwise what is wrong with them. */
export type CheckSite<Budgets> = (
  settings: Readonly<Record<string, unknown>>,
) => { readonly site: Site; readonly budgets?: Budgets | undefined } | { readonly faults: readonly SettingFault[] };

export interface LiveSites<Budgets> {
  /** All sites. Always the same map, whose entries change. */
  readonly sites: ReadonlyMap<string, Site>;
  /** Those that are not archived: visitors may use them. Always the same map, too. */
  readonly open: ReadonlyMap<string, Site>;
  /** Limits of single sites, by site id. Always the same object. */
  readonly budgets: Readonly<Record<string, Budgets>>;
  /** Settings of a site that the configuration file sets; undefined for a site that is not in it. */
  fixed(siteId: string): SiteSettings | undefined;
  /** The site that is there as long as there is no other one. */
  readonly demo: Site | undefined;
  /** Uses what is published; a text that is in use already changes nothing. */
  apply(published: { readonly version: string; readonly json: string }): void;
  onChange(listener: () => void): void;
}

export interface LiveSitesParts<Budgets> {
  /** As the file writes them, with its defaults. */
  readonly file: readonly Site[];
  /** The settings that the file names, by site id; all of a site that is missing. */
  readonly named?: ReadonlyMap<string, readonly string[]>;
  readonly fileBudgets: Readonly<Record<string, Budgets>>;
  readonly demo?: Site | undefined;
  readonly check: CheckSite<Budgets>;
  readonly secrets: Pick<SealedText, 'open'>;
  readonly log: Log;
}

const publishedSchema = z.record(z.string(), z.object({ value: settingValueSchema }));

export function createLiveSites<Budgets>(parts: LiveSitesParts<Budgets>): LiveSites<Budgets> {
  const { file, named, fileBudgets, demo, check, secrets, log } = parts;
  const sites = new Map<string, Site>();
  const open = new Map<string, Site>();
  const budgets: Record<string, Budgets> = {};
  const listeners: (() => void)[] = [];
  let version: string | undefined;

  const fixed = (siteId: string): SiteSettings | undefined => {
    const site = file.find(({ id }) => id === siteId);
    if (site === undefined) return undefined;
    const names = named?.get(siteId) ?? Object.keys(site);
    const own = fileBudgets[siteId];
    return asSettings({
      ...Object.fromEntries(Object.entries(site).filter(([name]) => names.includes(name))),
      ...(own === undefined ? {} : { budgets: own }),
    });
  };

  const set = (records: ReadonlyMap<string, SiteRecord>) => {
    const former = new Map(sites);
    sites.clear();
    for (const id of Object.keys(budgets)) delete budgets[id];
    Object.assign(budgets, fileBudgets);
    for (const site of file) sites.set(site.id, site);
    for (const [id, { settings }] of records) {
      const ofFile = fixed(id);
      const checked = check({ ...openSecrets(settings, secrets), id, ...ofFile });
      if ('site' in checked) {
        sites.set(id, checked.site);
        if (checked.budgets !== undefined) budgets[id] = checked.budgets;
        continue;
      }
      // Such as a region that the file no longer names. The site goes on as it was.
      log.error(
        { siteId: id, faults: checked.faults.map(({ setting, text }) => `${setting}: ${text}`) },
        'the settings of a site are not valid, keeping the previous ones',
      );
      const previous = former.get(id);
      if (previous !== undefined) sites.set(id, previous);
    }
    if (sites.size === 0 && demo !== undefined) sites.set(demo.id, demo);
    open.clear();
    for (const [id, site] of sites)
      if (fixed(id) !== undefined || records.get(id)?.archived !== true) open.set(id, site);
  };
  set(new Map());

  return {
    sites,
    open,
    budgets,
    fixed,
    demo,
    apply(published) {
      if (published.version === version) return;
      set(readPublished(published.json));
      version = published.version;
      for (const listener of listeners) listener();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

/** The sites of published settings, by id. */
export function readPublished(json: string): ReadonlyMap<string, SiteRecord> {
  const settings = Object.entries(publishedSchema.parse(JSON.parse(json)));
  return new Map(
    settings.flatMap(([name, { value }]) => {
      const siteId = siteOfSetting(name);
      return siteId === undefined ? [] : [[siteId, readSiteRecord(value)] as const];
    }),
  );
}

/** Values of a file are JSON, whose absent ones are undefined after parsing. */
function asSettings(settings: object): SiteSettings {
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(settings)));
}
