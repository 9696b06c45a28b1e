/** What a check of a model found, and what to do. Faults are in the server's own words where a language has none. */
import type { Tier } from '@firstword/shared/catalog';
import type { ModelCheckLine } from '@firstword/shared/model-settings';
import type { CheckConcern, ModelAlarm, ModelCheck } from '@firstword/shared/model-status';
import { decimalText, namesText } from '../numbers.ts';
import { tierName } from './filter-texts.ts';
import { type Texts, translated } from './translated.ts';

/** What a fault is about, and where it can be mended. */
export interface FaultPlace {
  readonly model: string;
  readonly address: string;
  readonly host: string;
  /** The names of the settings; undefined for those of the console. */
  readonly urlSetting: string | undefined;
  readonly keySetting: string | undefined;
  readonly names: string;
  readonly foundUrl: string | undefined;
}

const faults: Readonly<Record<string, string>> = {};
const fixes: Readonly<Record<string, (place: FaultPlace) => string>> = {};
const concerns: Readonly<Record<CheckConcern, string>> = {
  slow: 'Visitors wait for the first token longer than they should.',
  thinks: 'It thinks before it answers, and visitors wait for that. Switch it off by “request” under “models”.',
  'no-usage': 'The endpoint reports no token usage, so costs are estimates.',
};

const english = {
  faults,
  fixes,
  concerns,
  asked: (address: string, model: string) => `${address} for “${model}”`,
  firstToken: (ms: number) => `first token after ${ms} ms`,
  speed: (tokens: string) => `${tokens} tokens/s`,
  thinks: 'thinks before it answers',
  notListed: 'not in the endpoint’s list of models',
  refused: (fields: string) => `asked without ${fields}, which it refuses`,
  noPrice: 'no price',
  noInputPrice: 'no input price',
} as const;
export type CheckTexts = Texts<typeof english>;
export const checkTexts = translated<CheckTexts>('check', english);

type Words = Pick<ModelCheckLine, 'subject' | 'found' | 'asked' | 'fix'>;

/** A line in the language of the console. */
export function checkWords({ check, subject, found, asked, fix }: ModelCheckLine): Words {
  if (check === undefined) return { subject, found, ...(asked && { asked }), ...(fix && { fix }) };
  const { fault } = check;
  const remedy = fault === undefined ? concernsText(check) : fixText({ ...check, ...fault });
  return {
    subject: subjectText(check.modelId, check.tiers),
    found: fault === undefined ? factsText(check) : faultText(fault),
    asked: checkTexts.asked(check.address, check.upstreamName),
    ...(remedy && { fix: remedy }),
  };
}

const subjectText = (model: string, tiers: readonly Tier[]) => `${model} (${tiers.map(tierName).join(', ')})`;

/** The code itself where the language has no name for it. */
export const faultName = (code: string): string => checkTexts.faults[code] ?? code;

const faultText = ({ code, message }: Pick<ModelAlarm, 'code' | 'message'>): string => `${faultName(code)}: ${message}`;

export function concernsText({ concerns }: Pick<ModelCheck, 'concerns'>): string {
  return concerns.map((concern) => checkTexts.concerns[concern]).join(' ');
}

type Fault = Pick<ModelAlarm, 'code' | 'fix' | 'names' | 'foundUrl' | 'address' | 'upstreamName' | 'endpointId'>;

export function fixText({ code, fix, names = [], foundUrl, address, upstreamName, endpointId }: Fault): string {
  const host = URL.canParse(address) ? new URL(address).hostname : address;
  const place = { model: upstreamName, address, host, names: namesText(names), foundUrl };
  return checkTexts.fixes[code]?.({ ...place, ...settingsOf(endpointId) }) ?? fix;
}

function settingsOf(endpointId: string): Pick<FaultPlace, 'urlSetting' | 'keySetting'> {
  if (endpointId.startsWith('console-')) return { urlSetting: undefined, keySetting: undefined };
  const region = /^region-(.+)$/.exec(endpointId)?.[1];
  return region === undefined
    ? { urlSetting: 'LLM_BASE_URL', keySetting: 'LLM_API_KEY' }
    : { urlSetting: `endpoints.${region}.baseUrl`, keySetting: `endpoints.${region}.apiKey` };
}

function factsText({ ttftMs, tokensPerSecond, thinks, listed, price, refusedFields }: ModelCheck): string {
  return [
    ...(ttftMs === undefined ? [] : [checkTexts.firstToken(ttftMs)]),
    ...(tokensPerSecond === undefined ? [] : [checkTexts.speed(decimalText(tokensPerSecond, 0))]),
    ...(thinks === true ? [checkTexts.thinks] : []),
    ...(listed === false ? [checkTexts.notListed] : []),
    ...(refusedFields.length > 0 ? [checkTexts.refused(namesText(refusedFields))] : []),
    ...(price === 'full' ? [] : [price === 'unknown' ? checkTexts.noPrice : checkTexts.noInputPrice]),
  ].join(', ');
}
