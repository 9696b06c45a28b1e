/** Reads finish reasons, which endpoints spell in many ways. */

/** `tool-call`: the model wants a tool. `failed`: broken off, or unknown, which does not prove a complete answer. */
export type FinishReason = 'complete' | 'shortened' | 'filtered' | 'tool-call' | 'failed';

/** Sent with each chunk before the last. */
const NONE = new Set([
  '',
  'null',
  'none',
  'undefined',
  'unspecified',
  'finish_reason_unspecified',
  'continue',
  'running',
]);

/** In this order: `max_tokens_reached` and `stop_length` are limits, not ends. */
const SPELLINGS: readonly (readonly [RegExp, FinishReason])[] = [
  [/length|max_|_limit|limit_|^limit$|token_limit/, 'shortened'],
  [/filter|safety|sensitive|refus|recitation|prohibited|blocklist|spii|moderat|policy|violation/, 'filtered'],
  [/tool|function/, 'tool-call'],
  [/^(stop|stopped|end|eos|eot|eom|complete|completed|finish|finished|done|normal|success|succeeded)(_|$)/, 'complete'],
];

/** Undefined for a chunk that does not end the answer. */
export function readFinishReason(value: unknown): FinishReason | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  if (typeof value !== 'string') return 'failed';
  // "FinishReason.STOP", "END-TURN", "Max Tokens"
  const name = (value.split('.').at(-1) ?? '')
    .trim()
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  if (NONE.has(name)) return undefined;
  return SPELLINGS.find(([spelling]) => spelling.test(name))?.[1] ?? 'failed';
}
