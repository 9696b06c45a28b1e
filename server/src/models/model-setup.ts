/** Puts together which models answer: what the configuration sets outranks what an administrator connects in the console. */
import { TIERS, type Tier } from '@firstword/shared/catalog';
import { keysOf } from '@firstword/shared/keys-of';
import type { ModelSettings, ModelSource } from '@firstword/shared/model-settings';
import type { OutsideLimit } from '@firstword/shared/reports';
import type { SettingFault } from '@firstword/shared/setting-fault';
import { z } from 'zod';
import { baseUrlSchema } from '../config/address-schemas.ts';
import { settingFaults } from '../config/config-faults.ts';
import { valueAt } from '../config/config-file.ts';
import { schemaTree } from '../config/config-json-schema.ts';
import { apiKeyHeaderSchema, apiKeySchema } from '../config/endpoint-values.ts';
import { OWN_MESSAGES } from '../lib/own-messages.ts';
import { phrase } from '../lib/phrase.ts';
import { createModelRegistry, type ModelRegistry } from '../routing/model-registry.ts';
import type { Endpoint } from '../routing/route.ts';
import { admittedOutsideLimits, findTierFaults, type Tiers } from '../routing/tiers.ts';
import type { CheckModels } from '../settings/live-models.ts';
import type { ReadModels } from '../settings/model-admin.ts';
import { phraseFault } from '../settings/settings-error.ts';

export interface ModelSetup {
  readonly source: ModelSource;
  /** Undefined: no model can be asked. */
  readonly endpoint: Endpoint | undefined;
  readonly tiers: Tiers;
  readonly models: ModelRegistry;
  readonly allowOutsideLimits: readonly string[];
  readonly outsideLimits: readonly OutsideLimit[];
}

/** What the environment and the configuration file set. The console can't change it. */
export interface ModelOrigins {
  /** The variable that sets the endpoint. */
  readonly endpoint?: string;
  /** Tiers whose chain the file sets. */
  readonly tiers: readonly Tier[];
  /** Ids of the file's models. */
  readonly models: readonly string[];
}

export interface ConfiguredModels {
  readonly endpoint: Endpoint | undefined;
  /** `demo`: the endpoint is the demo engine, until another one is connected. */
  readonly mode: 'live' | 'demo';
  readonly tiers: Tiers;
  readonly models: ModelRegistry;
  readonly allowOutsideLimits: readonly string[];
  readonly origins?: ModelOrigins;
}

export const NO_ORIGINS: ModelOrigins = { tiers: [], models: [] };

/** Taken for the TTFT of a model without a measurement: what its tier just allows. Live figures replace it. */
const UNMEASURED_MS: Readonly<Record<Tier, number>> = { instant: 199, fast: 400, quality: 1000 };

/** Whether the console can't change the endpoint. */
export const isEndpointFixed = ({ endpoint, mode }: Pick<ConfiguredModels, 'endpoint' | 'mode'>): boolean =>
  endpoint !== undefined && mode === 'live';

export function configuredSetup({ endpoint, mode, tiers, models, allowOutsideLimits }: ConfiguredModels): ModelSetup {
  return {
    source: endpoint === undefined ? 'none' : mode === 'demo' ? 'demo' : 'configuration',
    ...{ endpoint, tiers, models, allowOutsideLimits },
    outsideLimits: admittedOutsideLimits(tiers, models, allowOutsideLimits),
  };
}

const endpointSchema = z.object({
  baseUrl: baseUrlSchema.exactOptional(),
  apiKeyHeader: apiKeyHeaderSchema.exactOptional(),
});

/** Reads the endpoint as people paste it, and refuses what the configuration sets. */
export function createModelReader(configured: ConfiguredModels): ReadModels {
  return (given) => {
    const fixed = fixedFaults(configured, given.settings);
    return fixed.length > 0 ? { faults: fixed } : readEndpoint(given);
  };
}

function fixedFaults(configured: ConfiguredModels, { baseUrl, chains }: ModelSettings): SettingFault[] {
  const { origins = NO_ORIGINS } = configured;
  return [
    ...(isEndpointFixed(configured) && baseUrl !== undefined
      ? [
          phraseFault(
            'baseUrl',
            origins.endpoint === undefined
              ? phrase`is set by the configuration. Change it there.`
              : phrase`is set by ${origins.endpoint}. Change it there.`,
          ),
        ]
      : []),
    ...origins.tiers
      .filter((tier) => chains[tier] !== undefined)
      .map((tier) => {
        const place = `tiers.${tier}.chain`;
        return phraseFault(`chains.${tier}`, phrase`is set by ${place} of the configuration file. Change it there.`);
      }),
  ];
}

const readEndpoint: ReadModels = ({ settings, apiKey }) => {
  const { baseUrl: _, apiKeyHeader: __, ...others } = settings;
  const found = endpointSchema.safeParse(settings, OWN_MESSAGES);
  const key = apiKey === undefined ? undefined : apiKeySchema.safeParse(apiKey, OWN_MESSAGES);
  const faults = [
    ...settingFaults(found.error?.issues ?? [], {
      tree: schemaTree(endpointSchema),
      given: (path) => valueAt(settings, path),
    }),
    // Without the value.
    ...(key?.error?.issues ?? []).map(
      ({ message }): SettingFault => ({
        ...{ setting: 'apiKey', code: 'against-rule', text: `${message || 'is empty'}.`, rule: message || 'is empty' },
      }),
    ),
  ];
  return found.success && faults.length === 0
    ? { settings: { ...others, ...found.data }, apiKey: key?.data }
    : { faults };
};

/** What was saved before the configuration set it has no effect. */
export function createModelCheck(configured: ConfiguredModels): CheckModels<ModelSetup> {
  const { origins = NO_ORIGINS } = configured;
  const isFixed = isEndpointFixed(configured);
  return (saved, { id, apiKey }) => {
    const { baseUrl, apiKeyHeader } = saved;
    const free = Object.entries(saved.chains).filter(([tier]) => !origins.tiers.some((fixed) => fixed === tier));
    const settings: ModelSettings = { ...saved, chains: Object.fromEntries(free) };
    if (!isFixed && baseUrl === undefined)
      return {
        faults: [phraseFault('baseUrl', phrase`is required. Use the address of your endpoint, such as https://…/v1.`)],
      };
    const models = withOwnModels(configured.models, origins, settings);
    const tiers = withChains(configured.tiers, settings);
    const allowed = settings.allowOutsideLimits ? [...models.keys()] : configured.allowOutsideLimits;
    const faults = tierFaults(tiers, models, allowed);
    if (faults.length > 0) return { faults };
    const endpoint =
      isFixed || baseUrl === undefined
        ? configured.endpoint
        : {
            ...{ id, baseUrl },
            ...(apiKey === undefined ? {} : { apiKey }),
            ...(apiKeyHeader === undefined ? {} : { apiKeyHeader }),
          };
    return {
      setup: {
        source: isFixed ? 'configuration' : 'console',
        ...{ endpoint, tiers, models },
        allowOutsideLimits: allowed,
        outsideLimits: admittedOutsideLimits(tiers, models, allowed),
      },
    };
  };
}

function withOwnModels(known: ModelRegistry, { models: fixed }: ModelOrigins, settings: ModelSettings): ModelRegistry {
  const named = [...settings.models.map(({ id }) => id), ...TIERS.flatMap((tier) => settings.chains[tier] ?? [])];
  const ids = [...new Set(named)].filter((id) => !fixed.includes(id));
  const entries = ids.map((id) => {
    const { ttftMs, ...own } = settings.models.find((model) => model.id === id) ?? { id };
    const measured = ttftMs ?? (known.has(id) ? undefined : unmeasuredMs(id, settings));
    return { ...own, ...(measured === undefined ? {} : { ttftMs: measured }) };
  });
  const made = createModelRegistry(entries);
  return new Map([...known, ...[...made].filter(([id]) => ids.includes(id))]);
}

const unmeasuredMs = (id: string, { chains }: ModelSettings) =>
  UNMEASURED_MS[TIERS.find((tier) => chains[tier]?.includes(id)) ?? 'quality'];

/** A tier that is named has the same chain in every region. */
function withChains(tiers: Tiers, { chains }: ModelSettings): Tiers {
  const changed = keysOf(tiers).map((tier) => {
    const ids = chains[tier];
    return [tier, ids === undefined ? tiers[tier] : { ...tiers[tier], chain: { default: ids } }] as const;
  });
  return { ...tiers, ...Object.fromEntries(changed) };
}

/** As the start words them, but with the tier in place of the place in the file. */
function tierFaults(tiers: Tiers, models: ModelRegistry, allowed: readonly string[]): SettingFault[] {
  const found = findTierFaults(tiers, models, allowed, () => phrase`allow models outside the limits`);
  const faults = found.map(({ tier, phrase: why }) => phraseFault(`chains.${tier}`, why));
  return [...new Map(faults.map((fault) => [`${fault.setting} ${fault.text}`, fault])).values()];
}
