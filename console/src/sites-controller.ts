/** The state of the Sites page: all sites, the one that is open with what is being edited, and its versions. */
import type {
  SiteDiff,
  SiteOverview,
  SiteSchemaView,
  SiteSettings,
  SiteSettingsView,
} from '@firstword/shared/site-settings';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Failure, Result } from './api-result.ts';
import { createResource, type Resource } from './resource.ts';
import type { SiteApi } from './site-api.ts';
import { refusalText, siteTexts as texts } from './texts/site-texts.ts';

export type SettingValue = SiteSettings[string] | undefined;

export interface SitesController {
  readonly overview: Resource<object, SiteOverview>;
  readonly schema: Resource<object, SiteSchemaView>;
  /** As it is saved; undefined while no site is open. */
  readonly open: ReadonlySignal<SiteSettingsView | undefined>;
  /** The settings with what is being edited. */
  readonly draft: ReadonlySignal<Readonly<Record<string, SettingValue>>>;
  readonly isChanged: ReadonlySignal<boolean>;
  readonly busy: ReadonlySignal<boolean>;
  readonly notice: ReadonlySignal<{ readonly kind: 'done' | 'failed'; readonly text: string } | undefined>;
  /** Of the version that is compared with the one before it. */
  readonly diff: ReadonlySignal<{ readonly number: number; readonly changes: SiteDiff['changes'] } | undefined>;
  load(): Promise<void>;
  show(id: string | undefined): Promise<void>;
  edit(name: string, value: SettingValue): void;
  discard(): void;
  save(): Promise<boolean>;
  /** Resolves with whether it was created; the site is open then. */
  create(id: string, settings: SiteSettings): Promise<boolean>;
  rollBack(version: number): Promise<void>;
  archive(archived: boolean): Promise<void>;
  compare(number: number): Promise<void>;
}

export function createSitesController(api: SiteApi): SitesController {
  const overview = createResource<object, SiteOverview>({}, api.list);
  const schema = createResource<object, SiteSchemaView>({}, api.readSchema);
  const open = signal<SiteSettingsView | undefined>(undefined);
  const draft = signal<Record<string, SettingValue>>({});
  const busy = signal(false);
  const notice = signal<SitesController['notice']['value']>(undefined);
  const diff = signal<SitesController['diff']['value']>(undefined);
  const changed = () => changedSettings(open.value?.settings ?? {}, draft.value);

  const fail = (failure: Failure) => {
    const { code } = failure;
    notice.value = {
      kind: 'failed',
      text: code === 'offline' ? texts.offline : code === 'conflict' ? texts.conflict : refusalText(failure),
    };
  };
  const use = (view: SiteSettingsView) => {
    open.value = view;
    draft.value = view.settings;
    diff.value = undefined;
  };
  const act = async (request: Promise<Result<SiteSettingsView>>, done: (view: SiteSettingsView) => string) => {
    busy.value = true;
    const result = await request;
    busy.value = false;
    if (!result.ok) fail(result);
    else {
      use(result.value);
      notice.value = { kind: 'done', text: done(result.value) };
      await overview.load();
    }
    return result.ok;
  };
  const saved = () => {
    const before = open.value?.settings['proactiveMessages'];
    return ({ version, settings }: SiteSettingsView) =>
      JSON.stringify(before) === JSON.stringify(settings['proactiveMessages'])
        ? texts.saved(version)
        : texts.savedMessages(version);
  };

  return {
    overview,
    schema,
    open,
    draft,
    isChanged: computed(() => Object.keys(changed()).length > 0),
    busy,
    notice,
    diff,
    async load() {
      await Promise.all([overview.load(), schema.response.value === undefined && schema.load()]);
    },
    async show(id) {
      notice.value = undefined;
      if (id === undefined) {
        open.value = undefined;
        return;
      }
      const result = await api.read(id);
      if (result.ok) use(result.value);
      else fail(result);
    },
    edit(name, value) {
      notice.value = undefined;
      draft.value = { ...draft.value, [name]: value };
    },
    discard() {
      notice.value = undefined;
      draft.value = open.value?.settings ?? {};
    },
    async save() {
      const { id, version } = open.value ?? { id: '', version: 0 };
      return act(api.change(id, changed(), version), saved());
    },
    create: (id, settings) => act(api.create(id, settings), () => texts.created),
    async rollBack(number) {
      const { id, version } = open.value ?? { id: '', version: 0 };
      await act(api.rollBack(id, number, version), saved());
    },
    async archive(archived) {
      const { id, version } = open.value ?? { id: '', version: 0 };
      await act(api.archive(id, archived, version), () => (archived ? texts.archived : texts.reopened));
    },
    async compare(number) {
      const result = await api.readDiff(open.value?.id ?? '', number - 1, number);
      if (result.ok) diff.value = { number, changes: result.value.changes };
      else fail(result);
    },
  };
}

/** What a change names: `null` for a setting that was removed. */
export function changedSettings(saved: SiteSettings, draft: Readonly<Record<string, SettingValue>>): SiteSettings {
  const names = [...new Set([...Object.keys(saved), ...Object.keys(draft)])];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(saved[name]) !== JSON.stringify(draft[name]))
      .map((name) => [name, draft[name] ?? null]),
  );
}
