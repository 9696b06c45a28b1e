/** What administrators do with the endpoint and its models: connect, change, compare and roll back. Every change is a new version. */
import type { ModelChange, ModelSettings } from '@firstword/shared/model-settings';
import type { SettingFault } from '@firstword/shared/setting-fault';
import type { SiteDiff } from '@firstword/shared/site-settings';
import type { VersionView } from '@firstword/shared/version';
import { phrase } from '../lib/phrase.ts';
import type { SealedText } from '../lib/sealed-text.ts';
import { type SettingValue, settingValueSchema } from '../records/setting-value.ts';
import type { VersionStore } from '../records/version-store.ts';
import type { CheckModels } from './live-models.ts';
import { MODELS_SETTING, type ModelRecord, openKey, readModelRecord } from './model-record.ts';
import { invalidSettings, phraseFault, SettingsError } from './settings-error.ts';

interface About {
  readonly after: number;
  readonly by: string;
}

/** What is stored, without the key. */
export interface StoredModels {
  readonly version: number;
  /** Undefined while nothing was saved. */
  readonly settings: ModelSettings | undefined;
  readonly key: 'none' | 'set' | 'unreadable';
  readonly keyEnding?: string;
  /** Newest first. */
  readonly versions: readonly VersionView[];
}

export type GivenModels = Pick<ModelChange, 'settings' | 'apiKey'>;

export interface ModelAdmin<Setup> {
  stored(): Promise<StoredModels>;
  /** What these settings would lead to. @throws SettingsError, as do all others */
  draft(given: GivenModels): Promise<Setup>;
  /** Resolves with the number of the new version, which this process uses. */
  save(given: GivenModels, about: About): Promise<number>;
  rollBack(version: number, about: About): Promise<number>;
  /** The key is only named. */
  diff(from: number, to: number): Promise<SiteDiff>;
}

/** The settings as they are stored, with the address in its usual form. */
export type ReadModels = (given: {
  readonly settings: ModelSettings;
  readonly apiKey: string | undefined;
}) =>
  | { readonly settings: ModelSettings; readonly apiKey: string | undefined }
  | { readonly faults: readonly SettingFault[] };

export interface ModelAdminParts<Setup> {
  readonly store: VersionStore<SettingValue>;
  readonly read: ReadModels;
  readonly check: CheckModels<Setup>;
  readonly secrets: SealedText;
  /** Of the endpoint that a version brings. */
  readonly endpointId: (version: number | 'draft') => string;
  /** Publishes a change and uses it in this process. */
  readonly publish: () => Promise<void>;
}

const VERSIONS_SHOWN = 50;
/** Four characters of a shorter key would be too much of it. */
const SHOWN_FROM_CHARS = 16;

export function createModelAdmin<Setup>(parts: ModelAdminParts<Setup>): ModelAdmin<Setup> {
  const { store, read, check, secrets, endpointId, publish } = parts;

  const load = async (): Promise<{ number: number; record: ModelRecord | undefined }> => {
    const found = await store.load(MODELS_SETTING);
    return { number: found?.number ?? 0, record: found && readModelRecord(found.value) };
  };
  /** The key that these settings are used with: the given one, or the saved one where the address is the same. */
  const keyFor = (
    { settings: { baseUrl }, apiKey }: { settings: ModelSettings; apiKey: ModelChange['apiKey'] },
    record: ModelRecord | undefined,
  ): string | undefined => {
    if (apiKey !== undefined) return apiKey ?? undefined;
    const saved = record === undefined ? { state: 'none' as const } : openKey(record, secrets);
    if (saved.state !== 'set' || baseUrl === undefined) return undefined;
    // Otherwise the key could be read by naming a server of one's own.
    if (originOf(baseUrl) !== originOf(record?.settings.baseUrl))
      throw invalidSettings([
        phraseFault(
          KEY,
          phrase`is required again, because the address is another one. A saved key is only sent where it was saved for.`,
        ),
      ]);
    return saved.key;
  };
  /** @throws SettingsError */
  const readGiven = ({ settings, apiKey }: GivenModels, record: ModelRecord | undefined) => {
    const given = read({ settings, apiKey: apiKey ?? undefined });
    if ('faults' in given) throw invalidSettings(given.faults);
    const asGiven = apiKey === undefined || apiKey === null ? apiKey : given.apiKey;
    return { settings: given.settings, apiKey: keyFor({ settings: given.settings, apiKey: asGiven }, record) };
  };
  /** @throws SettingsError */
  const setupOf = (settings: ModelSettings, id: string, apiKey: string | undefined): Setup => {
    const checked = check(settings, { id, apiKey });
    if ('faults' in checked) throw invalidSettings(checked.faults);
    return checked.setup;
  };
  const keep = async (record: ModelRecord, about: About): Promise<number> => {
    const outcome = await store.save(MODELS_SETTING, settingValueSchema.parse(record), about);
    if (outcome === 'conflict')
      throw new SettingsError(
        'conflict',
        phrase`The models were changed meanwhile. Read them again, then repeat your change.`,
      );
    await publish();
    return about.after + 1;
  };
  const recordAt = async (version: number): Promise<ModelRecord> => {
    const value = await store.loadVersion(MODELS_SETTING, version);
    if (value === undefined) throw new SettingsError('not-found', `The models have no version ${version}.`);
    return readModelRecord(value);
  };

  return {
    async stored() {
      const [{ number, record }, versions] = await Promise.all([
        load(),
        store.listVersions(MODELS_SETTING, VERSIONS_SHOWN),
      ]);
      const key = record === undefined ? { state: 'none' as const } : openKey(record, secrets);
      return {
        version: number,
        settings: record?.settings,
        key: key.state,
        ...(key.state === 'set' && key.key.length >= SHOWN_FROM_CHARS ? { keyEnding: key.key.slice(-4) } : {}),
        versions,
      };
    },
    async draft(given) {
      const { settings, apiKey } = readGiven(given, (await load()).record);
      return setupOf(settings, endpointId('draft'), apiKey);
    },
    async save(given, about) {
      const { record } = await load();
      const { settings, apiKey } = readGiven(given, record);
      const isSameEndpoint =
        record !== undefined &&
        sameEndpoint(settings, record.settings) &&
        apiKey === (record.sealedKey === undefined ? undefined : openedKey(record, secrets));
      const id = isSameEndpoint ? record.endpointId : endpointId(about.after + 1);
      setupOf(settings, id, apiKey);
      return keep(
        { settings, endpointId: id, ...(apiKey === undefined ? {} : { sealedKey: secrets.seal(apiKey) }) },
        about,
      );
    },
    async rollBack(version, about) {
      const record = await recordAt(version);
      setupOf(record.settings, record.endpointId, openedKey(record, secrets));
      return keep(record, about);
    },
    async diff(from, to) {
      const before = from === 0 ? {} : comparable(await recordAt(from));
      const after = comparable(await recordAt(to));
      const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
      return {
        changes: names
          .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
          .map((name) =>
            name === KEY
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

const KEY = 'apiKey';

function openedKey(record: ModelRecord, secrets: SealedText): string | undefined {
  const opened = openKey(record, secrets);
  return opened.state === 'set' ? opened.key : undefined;
}

/** By name, with each tier's chain on its own. The key is sealed differently each time, so its endpoint represents it. */
function comparable({ settings: { chains, ...settings }, sealedKey, endpointId }: ModelRecord): SettingValue {
  const ofTiers = Object.entries(chains).map(([tier, ids]) => [tier, ids]);
  return settingValueSchema.parse({
    ...settings,
    ...Object.fromEntries(ofTiers),
    ...(sealedKey === undefined ? {} : { [KEY]: endpointId }),
  });
}

const sameEndpoint = (one: ModelSettings, other: ModelSettings) =>
  one.baseUrl === other.baseUrl && one.apiKeyHeader === other.apiKeyHeader;

const originOf = (address: string | undefined) => (address === undefined ? undefined : new URL(address).origin);
