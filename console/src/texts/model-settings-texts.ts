/** Texts of the Models page and of its step in Set-up. Pure. */
import type { Tier } from '@firstword/shared/catalog';
import type { ModelSettingsView, ModelSource } from '@firstword/shared/model-settings';
import type { ReportLine } from '@firstword/shared/model-status';
import { pricePerMillionText } from '../figures.ts';
import { countOf } from './common-texts.ts';
import { pageTexts } from './page-texts.ts';
import { type Refusal, refusalText } from './site-texts.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  title: pageTexts.models,
  hint: 'Which models answer your visitors, and at which endpoint. A change is used within two seconds; running answers finish as they began.',
  notRead: 'The models couldn’t be loaded.',
  sources: {
    demo: 'No endpoint is connected. The demo engine answers by quoting your articles.',
    none: 'No endpoint is connected, so visitors get no answers.',
    configuration: 'The endpoint is set by the configuration.',
    console: 'The endpoint is connected.',
  } satisfies Record<ModelSource, string>,
  form: 'Endpoint',
  formHint: 'Any OpenAI-compatible API: a vendor, a gateway, or a server of your own such as Ollama or vLLM.',
  setBy: (origin: string) => `Set by ${origin}. Change it there.`,
  baseUrl: 'Address',
  baseUrlHint: 'As your vendor writes it, such as https://api.deepseek.com or http://localhost:11434',
  apiKey: 'API key',
  keyHints: {
    none: 'Leave it empty for an endpoint without a key. It is stored encrypted and never shown again.',
    unreadable: 'The saved key can’t be read with this APP_SECRET. Enter it again.',
  },
  keySet: (ending: string | undefined) =>
    `A key is set${ending === undefined ? '' : `, which ends in …${ending}`}. Leave the field empty to keep it.`,
  keySetElsewhere: 'A key is set.',
  removeKey: 'Remove the saved key',
  apiKeyHeader: 'Sent as',
  headers: {
    '': 'Usual header of this address',
    authorization: 'Authorization: Bearer',
    'api-key': 'api-key (Azure)',
    'x-api-key': 'x-api-key',
  },
  tiers: {
    instant: 'Models that sort questions',
    fast: 'Models that answer',
    quality: 'Models that analyse tickets',
  } satisfies Record<Tier, string>,
  tierHints: {
    instant: 'Instant tier. The fastest first, separated by commas: the next one is asked when one fails.',
    fast: 'Fast tier. Visitors wait for these.',
    quality: 'Quality tier. They work in the background.',
  } satisfies Record<Tier, string>,
  prices: 'Prices',
  pricesAndTtft: 'Prices and measured TTFT',
  pricesHint:
    'In US dollars per million tokens. Without them, budgets count these models like the most expensive one, and reports show no cost.',
  inputPrice: (model: string) => `Input, ${model}`,
  outputPrice: (model: string) => `Output, ${model}`,
  input: 'Input',
  output: 'Output',
  allowOutside: 'Allow models outside the limits',
  allowOutsideHint:
    'The instant tier is for models below 200 ms and $0.15 per million output tokens, the fast tier for at most 400 ms and $0.80. The page Response time names the others.',
  check: 'Check',
  checkAgain: 'Check again',
  checking: (done: number, total: number | undefined) =>
    total === undefined ? 'Checking…' : `Checking: ${done} of ${total} models answered.`,
  checked: (faults: number, warnings: number) =>
    faults > 0
      ? `${countOf(faults, 'fault', 'faults')} found.`
      : warnings > 0
        ? `No fault. ${countOf(warnings, 'warning', 'warnings')}.`
        : 'Everything works.',
  levels: { ok: 'OK', warning: 'Warning', fault: 'Fault' } satisfies Record<ReportLine['level'], string>,
  asked: (asked: string) => `Asked: ${asked}`,
  fix: (fix: string) => `Fix: ${fix}`,
  save: 'Save and use',
  saved: (version: number) => `Saved as version ${version}. All processes use it within two seconds.`,
  offline: 'Nothing was saved: the server didn’t respond. Check your connection and try again.',
  conflict: 'Another administrator changed the models meanwhile. Reload the page, then make your changes again.',
  lastCheck: 'Last check',
  lastCheckHint: 'One short call to each model, as “npm run doctor” makes it.',
  neverChecked: 'The models haven’t been checked yet.',
  inUse: 'Models in use',
  inUseHint: (site: string | undefined) =>
    site === undefined
      ? 'Prices are per million tokens.'
      : `Prices are per million tokens. Felt TTFT is the median of the last seven days on “${site}”.`,
  columns: { model: 'Model', tiers: 'Tiers', price: 'Input / output', felt: 'Felt TTFT', profile: 'Profile' },
  usualProfile: 'as usual',
  chains: 'Order by region',
  chainsHint:
    'The first model is asked first. Slow and failing ones move back by themselves. The times are medians at the gateway; those with * are expected, not measured.',
  chainColumns: { tier: 'Tier', regions: 'Regions', models: 'Models' },
  versions: 'History',
  step: '3. Connect a model',
  stepDone: 'A model endpoint is connected.',
  stepLater: 'You can do this later: until then, the demo engine quotes your articles.',
} as const;
export type ModelSettingsTexts = Texts<typeof english>;
export const modelSettingsTexts = translated<ModelSettingsTexts>('modelSettings', english);

const SETTING_LABELS: Readonly<Record<string, string>> = {
  baseUrl: modelSettingsTexts.baseUrl,
  apiKey: modelSettingsTexts.apiKey,
  apiKeyHeader: modelSettingsTexts.apiKeyHeader,
  models: modelSettingsTexts.pricesAndTtft,
  allowOutsideLimits: modelSettingsTexts.allowOutside,
  ...modelSettingsTexts.tiers,
};
export const modelSettingLabel = (name: string): string => SETTING_LABELS[name] ?? name;

/** One line for each setting that was refused, with the name that it has here. */
export const modelRefusal = (refusal: Refusal): string =>
  refusalText(refusal, (setting) => modelSettingLabel(setting.replace(/^chains\./, '')));

export function keyHint({ key, keyEnding, fixed }: Pick<ModelSettingsView, 'key' | 'keyEnding' | 'fixed'>): string {
  if (key !== 'set') return modelSettingsTexts.keyHints[key];
  return fixed['endpoint'] === undefined ? modelSettingsTexts.keySet(keyEnding) : modelSettingsTexts.keySetElsewhere;
}

/** `$0.10 / $0.40`; an unknown price is never zero. */
export function priceText({
  inputUsdPerMillion: input,
  outputUsdPerMillion: output,
}: {
  readonly inputUsdPerMillion?: number;
  readonly outputUsdPerMillion?: number;
}): string {
  const text = (usd: number | undefined) => (usd === undefined ? '–' : pricePerMillionText(usd));
  return `${text(input)} / ${text(output)}`;
}
