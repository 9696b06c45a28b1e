/** What administrators do with sites: create, change, compare, roll back and archive them. Every change is a new version. */
import type { Site } from '@firstword/shared/site';
import type { SiteDiff, SiteSettings, SiteSettingsView, SiteSummary } from '@firstword/shared/site-settings';
import { z } from 'zod';
import { phrase } from '../lib/phrase.ts';
import type { SealedText } from '../lib/sealed-text.ts';
import type { SettingValue } from '../records/setting-value.ts';
import type { VersionStore } from '../records/version-store.ts';
import type { CheckSite, LiveSites } from './live-sites.ts';
import { invalidSettings, SettingsError } from './settings-error.ts';
import {
  NO_RECORD,
  openSecrets,
  readSiteRecord,
  SECRET_SETTINGS,
  type SiteRecord,
  sealSecrets,
  settingOfSite,
  siteOfSetting,
  withoutSecrets,
} from './site-record.ts';

/** `after`: the version that the change is based on. */
interface About {
  readonly after: number;
  readonly by: string;
}

export interface SiteAdmin {
  list(): Promise<SiteSummary[]>;
  /** @throws SettingsError, as do all others */
  view(id: string): Promise<SiteSettingsView>;
  create(id: string, settings: SiteSettings, by: string): Promise<SiteSettingsView>;
  /** What is not named stays; `null` removes a setting. */
  change(id: string, settings: SiteSettings, about: About): Promise<SiteSettingsView>;
  rollBack(id: string, version: number, about: About): Promise<SiteSettingsView>;
  /** An archived site is closed to visitors. Its conversations and settings stay. */
  archive(id: string, archived: boolean, about: About): Promise<SiteSettingsView>;
  diff(id: string, from: number, to: number): Promise<SiteDiff>;
}

export interface SiteAdminParts<Budgets> {
  readonly store: VersionStore<SettingValue>;
  readonly live: Pick<LiveSites<Budgets>, 'sites' | 'open' | 'fixed' | 'demo'>;
  readonly check: CheckSite<Budgets>;
  readonly secrets: SealedText;
  /** Name of the configuration file, for messages. */
  readonly fileName: string;
  /** Publishes a change and uses it in this process. */
  readonly publish: () => Promise<void>;
}

const VERSIONS_SHOWN = 50;

export function createSiteAdmin<Budgets>(parts: SiteAdminParts<Budgets>): SiteAdmin {
  const { store, live, check, secrets, fileName, publish } = parts;

  const load = async (id: string): Promise<{ number: number; record: SiteRecord }> => {
    const found = await store.load(settingOfSite(id));
    if (found !== undefined) return { number: found.number, record: readSiteRecord(found.value) };
    if (live.fixed(id) === undefined) throw new SettingsError('not-found', `There is no site "${id}".`);
    return { number: 0, record: NO_RECORD };
  };
  /** Settings with secrets opened, as they are in force together with the file's. @throws SettingsError */
  const inForce = (id: string, settings: SiteSettings) => {
    const checked = check({ ...settings, id, ...live.fixed(id) });
    if ('faults' in checked) throw invalidSettings(checked.faults);
    return asSettings(checked);
  };
  const save = async (id: string, record: SiteRecord, about: About): Promise<SiteSettingsView> => {
    inForce(id, record.settings);
    const settings = sealSecrets(withoutDefaults(record.settings), secrets);
    const outcome = await store.save(settingOfSite(id), { ...record, settings }, about);
    if (outcome === 'conflict')
      throw new SettingsError(
        'conflict',
        phrase`The site was changed meanwhile. Read it again, then repeat your change.`,
      );
    await publish();
    return view(id);
  };
  const usual = inForce('a', { name: 'a', allowedOrigins: ['https://a.example'] });
  const withoutDefaults = (settings: SiteSettings): SiteSettings =>
    Object.fromEntries(
      Object.entries(settings).filter(
        ([name, value]) => REQUIRED.includes(name) || JSON.stringify(value) !== JSON.stringify(usual[name]),
      ),
    );
  const refuseFixed = (id: string, settings: SiteSettings) => {
    const fixed = Object.keys(live.fixed(id) ?? {});
    const faults = ['id', ...fixed].filter((name) => name in settings);
    if (faults.length > 0)
      throw invalidSettings(
        faults.map((setting) =>
          setting === 'id'
            ? { setting, code: 'fixed-id', text: 'cannot be changed. Create another site instead.' }
            : { setting, code: 'fixed-by-file', text: `is set in ${fileName}. Change it there.` },
        ),
      );
  };
  const recordAt = async (id: string, version: number): Promise<SiteRecord> => {
    if (version === 0) return NO_RECORD;
    const value = await store.loadVersion(settingOfSite(id), version);
    if (value === undefined) throw new SettingsError('not-found', `The site "${id}" has no version ${version}.`);
    return readSiteRecord(value);
  };

  const view: SiteAdmin['view'] = async (id) => {
    if (id === live.demo?.id) return demoView(live.demo);
    const { number, record } = await load(id);
    const opened = openSecrets(record.settings, secrets);
    const checked = check({ ...opened, id, ...live.fixed(id) });
    // What is not valid any more is shown as it is stored, so that it can be corrected.
    const settings = 'site' in checked ? asSettings(checked) : { ...usual, ...opened, ...live.fixed(id) };
    const isOfFile = live.fixed(id) !== undefined;
    return {
      id,
      origin: isOfFile ? 'file' : 'console',
      archived: record.archived && !isOfFile,
      version: number,
      settings: withoutSecrets(settings),
      fixed: Object.keys(live.fixed(id) ?? {}),
      secrets: SECRET_SETTINGS.filter((name) => [settings[name] ?? []].flat().length > 0),
      versions: await store.listVersions(settingOfSite(id), VERSIONS_SHOWN),
    };
  };

  return {
    view,
    async list() {
      const unusable = [...(await store.loadAll())].flatMap(([name, { value }]) => {
        const id = siteOfSetting(name);
        return id === undefined || live.sites.has(id)
          ? []
          : [{ id, ...namesSchema.parse(readSiteRecord(value).settings) }];
      });
      return [...live.sites.values(), ...unusable].map(
        ({ id, name, allowedOrigins }): SiteSummary => ({
          ...{ id, name, allowedOrigins },
          origin: live.fixed(id) !== undefined ? 'file' : id === live.demo?.id ? 'demo' : 'console',
          archived: !live.open.has(id),
        }),
      );
    },
    async create(id, settings, by) {
      const known = await store.load(settingOfSite(id));
      if (known !== undefined || live.fixed(id) !== undefined || id === live.demo?.id)
        throw invalidSettings([
          { setting: 'id', code: 'taken-id', text: `"${id}" is already the id of a site. Use another id.`, given: id },
        ]);
      return save(id, { settings: withoutRemoved(settings), archived: false }, { after: 0, by });
    },
    async change(id, settings, about) {
      const { record } = await load(id);
      refuseFixed(id, settings);
      const merged = withoutRemoved({ ...openSecrets(record.settings, secrets), ...settings });
      return save(id, { ...record, settings: merged }, about);
    },
    async rollBack(id, version, about) {
      const { record } = await load(id);
      const { settings } = await recordAt(id, version);
      return save(id, { ...record, settings: openSecrets(settings, secrets) }, about);
    },
    async archive(id, archived, about) {
      const { record } = await load(id);
      if (live.fixed(id) !== undefined)
        throw new SettingsError('invalid', phrase`The site "${id}" is set in ${fileName}. Remove it there.`);
      return save(id, { settings: openSecrets(record.settings, secrets), archived }, about);
    },
    async diff(id, from, to) {
      await load(id);
      const before = comparable(await recordAt(id, from));
      const after = comparable(await recordAt(id, to));
      const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
      return {
        changes: names
          .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
          .map((name) =>
            SECRETS.includes(name)
              ? { name }
              : {
                  name,
                  ...(before[name] === undefined ? {} : { before: before[name] }),
                  ...(after[name] === undefined ? {} : { after: after[name] }),
                },
          ),
      };
    },
  };
}

const SECRETS: readonly string[] = SECRET_SETTINGS;
const REQUIRED = ['name', 'allowedOrigins'];
const namesSchema = z.object({ name: z.string(), allowedOrigins: z.array(z.string()) });

const comparable = ({ settings, archived }: SiteRecord): SiteSettings => ({
  ...settings,
  ...(archived ? { archived } : {}),
});

function withoutRemoved(settings: SiteSettings): SiteSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}

function demoView(site: Site): SiteSettingsView {
  const { id } = site;
  const settings = asSettings({ site });
  return {
    ...{ id, origin: 'demo', archived: false, version: 0, settings },
    ...{ fixed: Object.keys(settings), secrets: [], versions: [] },
  };
}

/** As JSON has them: without what is undefined, and without the id. */
function asSettings<Budgets>(checked: { readonly site: Site; readonly budgets?: Budgets | undefined }): SiteSettings {
  const { id: _, ...settings } = checked.site;
  const { budgets } = checked;
  const all = { ...settings, ...(budgets === undefined ? {} : { budgets }) };
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(all)));
}
