/** Reads why an endpoint refused a request, from the many shapes of its error bodies. Pure. */
import { parseJson } from '../lib/parse-json.ts';
import { errorLabel, isRecord } from './chat-chunk.ts';

/**
 * `prompt-filtered`: the endpoint's content filter. `context-too-long`: the prompt does not fit. `system-refused`: no
 * `system` role. `field-refused`: one optional field.
 */
export type Refusal =
  | { readonly reason: 'prompt-filtered' | 'context-too-long' | 'system-refused' | 'other' }
  | { readonly reason: 'field-refused'; readonly field: string };

/** The body of an error response. */
export interface ErrorBody {
  readonly text: string;
  /** Undefined for a body that is not JSON. */
  readonly json: unknown;
  /** The part that describes the error. */
  readonly error: Readonly<Record<string, unknown>> | undefined;
  /** A code or type for the log; never the message, because endpoints repeat keys and prompts in it. */
  readonly label: string;
}

const FILTERED =
  /content[_ ]?filter|content_policy|responsibleai|data_inspection_failed|datainspectionfailed|inappropriate[_ ]content|sensitive[_ ]?(words|content)|contentfilter|prompt was filtered|flagged (as|by|for)|safety[_ ](filter|block)|moderation|risk_control|input.*(unsafe|sensitive)/i;
const TOO_LONG =
  /context[_ ](length|window|size|limit)|context holds|maximum context|max(imum)?[_ ](model|input|prompt|sequence)[_ ]?(len|length|tokens)|(prompt|input|request|messages?).{0,40}(too long|too large)|too many tokens|exceed.{0,40}(context|n_ctx|input|prompt)|reduce the length|string_above_max_length/i;
const SYSTEM =
  /system['"]?[ _](role|messages?|prompts?|instructions?).{0,40}(not|n't|unsupported|invalid|disabled)|(not|n't|unsupported|invalid).{0,40}system['"]?[ _]?(role|message|prompt|instruction)|role.{0,30}['"]system['"].{0,60}(not|n't|unsupported|invalid)|role.{0,40}(not|n't).{0,30}['"]system['"]|developer instruction is not enabled|roles?.{0,40}(must|should|has to).{0,60}(alternate|user)|unexpected role.{0,20}system/i;
const REFUSING =
  /unsupported|un-?recogni[sz]ed|unknown|unexpected|not supported|n't support|not support|not allowed|not permitted|extra inputs|extra fields?|additional propert|invalid|not (a )?valid|cannot be (set|modified|used)|can't be|deprecated|only the default|must be (1|equal|the default)|is not available|not implemented|not compatible|no such (field|parameter|argument)|does not accept|forbidden|restricted|fixed/i;

export function parseErrorBody(text: string): ErrorBody {
  const parsed = parseJson(text);
  // Gemini wraps its errors in a list.
  const json: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  const error = isRecord(json) ? firstRecord(json['error'], json['detail'], json) : undefined;
  return { text, json, error, label: errorLabel(error) };
}

/** @param optionalFields fields of the request that could be left out */
export function readRefusal({ text, json, error }: ErrorBody, optionalFields: readonly string[]): Refusal {
  const message = error === undefined ? text : messageOf(error, json);
  const codes = error === undefined ? '' : [error['code'], error['type'], innerCode(error)].filter(isText).join(' ');
  const searched = `${codes} ${message}`;
  if (FILTERED.test(searched)) return { reason: 'prompt-filtered' };
  if (TOO_LONG.test(searched)) return { reason: 'context-too-long' };
  if (SYSTEM.test(message)) return { reason: 'system-refused' };
  const field = refusedField(json, error, message, optionalFields);
  return field === undefined ? { reason: 'other' } : { reason: 'field-refused', field };
}

function refusedField(
  json: unknown,
  error: ErrorBody['error'],
  message: string,
  optionalFields: readonly string[],
): string | undefined {
  const located = locations(json);
  const param = error?.['param'];
  const byPath = optionalFields.find(
    (name) => located.includes(name) || (isText(param) && (param === name || param.startsWith(`${name}.`))),
  );
  if (byPath !== undefined) return byPath;
  if (!REFUSING.test(message)) return undefined;
  // "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead" names both; the first one is refused.
  return optionalFields
    .map((name) => ({ name, at: positionOf(message, name) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0]?.name;
}

/** As a whole word: `max_tokens` is not in `openai_max_tokens_limit`. */
function positionOf(message: string, name: string): number {
  return message.search(new RegExp(`(?<![\\w.])${name.replaceAll(/\W/g, '\\$&')}(?![\\w])`, 'i'));
}

/** The fields that a validator of the FastAPI kind names: `{"detail": [{"loc": ["body", "stream_options"], …}]}`. */
function locations(json: unknown): readonly unknown[] {
  if (!isRecord(json)) return [];
  const holders = [json, json['message'], json['error']].filter(isRecord);
  const details = holders.flatMap(({ detail }) => (Array.isArray(detail) ? detail : []));
  return details.flatMap((item: unknown) => (isRecord(item) && Array.isArray(item['loc']) ? item['loc'] : []));
}

function messageOf(error: NonNullable<ErrorBody['error']>, json: unknown): string {
  const nested = isRecord(json) ? json : {};
  const candidates = [
    error['message'],
    error['msg'],
    error['detail'],
    error['error'],
    nested['message'],
    nested['detail'],
  ];
  return candidates.find(isText) ?? '';
}

function innerCode(error: NonNullable<ErrorBody['error']>): unknown {
  const inner = error['innererror'];
  return isRecord(inner) ? inner['code'] : undefined;
}

function firstRecord(...values: readonly unknown[]): Record<string, unknown> | undefined {
  return values.find((value): value is Record<string, unknown> => isRecord(value) && !Array.isArray(value));
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
