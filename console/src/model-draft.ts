/** Turns the form of the endpoint and its models into settings, and back. Pure. */
import { REFERENCE_MODELS, TIERS, type Tier } from '@firstword/shared/catalog';
import type { ModelSettings, ModelSettingsView, OwnModel } from '@firstword/shared/model-settings';

export interface ModelPrices {
  readonly input: string;
  readonly output: string;
}

/** As it is typed. */
export interface ModelDraft {
  readonly baseUrl: string;
  /** Empty: the saved one is kept. */
  readonly apiKey: string;
  readonly removesKey: boolean;
  /** Empty for the usual one. */
  readonly apiKeyHeader: string;
  /** Names of models, separated by commas. */
  readonly chains: Readonly<Record<Tier, string>>;
  /** By model. */
  readonly prices: Readonly<Record<string, ModelPrices>>;
  readonly allowOutsideLimits: boolean;
}

export function draftOf({ settings, defaults }: Pick<ModelSettingsView, 'settings' | 'defaults'>): ModelDraft {
  const { baseUrl = '', apiKeyHeader = '', chains, models, allowOutsideLimits } = settings;
  const textOf = (tier: Tier) => (chains[tier] ?? defaults[tier]).join(', ');
  return {
    ...{ baseUrl, apiKeyHeader, allowOutsideLimits, apiKey: '', removesKey: false },
    chains: { instant: textOf('instant'), fast: textOf('fast'), quality: textOf('quality') },
    prices: Object.fromEntries(
      models.map(({ id, inputUsdPerMillion, outputUsdPerMillion }) => [
        id,
        { input: String(inputUsdPerMillion ?? ''), output: String(outputUsdPerMillion ?? '') },
      ]),
    ),
  };
}

/** @param measured TTFT in milliseconds by model, of the last check */
export function settingsOf(
  draft: ModelDraft,
  { settings, defaults, fixed }: Pick<ModelSettingsView, 'settings' | 'defaults' | 'fixed'>,
  measured: Readonly<Record<string, number>>,
): ModelSettings {
  const { baseUrl, apiKeyHeader, allowOutsideLimits } = draft;
  const changed = TIERS.filter((tier) => fixed[tier] === undefined).flatMap((tier) => {
    const ids = namesIn(draft.chains[tier]);
    // The default differs by region, so it is not stored as one chain.
    return ids.length === 0 || ids.join() === defaults[tier].join() ? [] : [[tier, ids] as const];
  });
  const isOfConsole = fixed['endpoint'] === undefined;
  return {
    ...(isOfConsole && baseUrl.trim() !== '' ? { baseUrl: baseUrl.trim() } : {}),
    ...(isOfConsole && apiKeyHeader !== '' ? { apiKeyHeader } : {}),
    chains: Object.fromEntries(changed),
    models: modelsIn(draft).flatMap((id): OwnModel[] => {
      const own = ownModel(id, draft.prices[id], measured[id] ?? ttftIn(settings, id));
      return Object.keys(own).length === 1 ? [] : [own];
    }),
    allowOutsideLimits,
  };
}

/** What is sent of the key; absent to keep the saved one. */
export function keyOf({ apiKey, removesKey }: ModelDraft): { readonly apiKey?: string | null } {
  if (apiKey.trim() !== '') return { apiKey };
  return removesKey ? { apiKey: null } : {};
}

/** The models of the tiers, once each. */
function modelsIn({ chains }: Pick<ModelDraft, 'chains'>): string[] {
  return [...new Set(TIERS.flatMap((tier) => namesIn(chains[tier])))];
}

/** Those whose price the catalog doesn't have. */
export const unpricedModels = (draft: Pick<ModelDraft, 'chains'>): string[] =>
  modelsIn(draft).filter((id) => !isInCatalog(id));

const isInCatalog = (id: string) => REFERENCE_MODELS.some((model) => model.id === id);

const namesIn = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');

const ttftIn = ({ models }: ModelSettings, id: string) => models.find((model) => model.id === id)?.ttftMs;

function ownModel(id: string, prices: ModelPrices | undefined, ttftMs: number | undefined): OwnModel {
  const input = usdIn(prices?.input);
  const output = usdIn(prices?.output);
  return {
    id,
    // The catalog's figure is of many calls, this one of a single call.
    ...(ttftMs === undefined || isInCatalog(id) ? {} : { ttftMs: Math.max(1, Math.round(ttftMs)) }),
    ...(input === undefined ? {} : { inputUsdPerMillion: input }),
    ...(output === undefined ? {} : { outputUsdPerMillion: output }),
  };
}

/** Undefined for an empty field: the price is unknown, not zero. */
function usdIn(text = ''): number | undefined {
  const usd = Number(text.trim().replace(',', '.').replace(/^\$/, ''));
  return text.trim() === '' || !Number.isFinite(usd) ? undefined : usd;
}
