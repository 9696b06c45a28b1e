/** Keys and addresses of endpoints as people paste them: what surrounds the value is removed, what can't be sent is refused. */
import { z } from 'zod';

interface Repair {
  readonly value: string;
  /** What was removed, in words. */
  readonly removed: readonly string[];
}

/** Also those that copying from a web page brings along and that cannot be seen. */
const BLANKS = /^[\s\u200B-\u200D\u2060\uFEFF]+|[\s\u200B-\u200D\u2060\uFEFF]+$/g;
const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
];
const BEARER = /^(?:authorization:\s*)?bearer\s+/i;
const KEY = /^[\x21-\x7E]+$/;
const QUOTE = /["'`]/;
/** Headers that the request sets itself. */
const OWN_HEADERS = [
  'accept',
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
];

/** Removes quotes, blanks and line breaks around an address. */
export function repairAddress(given: string): Repair {
  return repair(given, /(?!)/);
}

/** Removes quotes, blanks, line breaks and `Bearer` around a key. */
export function repairKey(given: string): Repair {
  return repair(given, BEARER);
}

function repair(given: string, prefix: RegExp): Repair {
  const removed = new Set<string>();
  let value = given;
  for (let before: string | undefined; before !== value; ) {
    before = value;
    const bare = value.replace(BLANKS, '');
    if (bare !== value) removed.add('blanks or line breaks');
    const unquoted = withoutQuotes(bare);
    if (unquoted !== bare) removed.add('quotes');
    value = unquoted.replace(prefix, '');
    if (value !== unquoted) removed.add('"Bearer"');
  }
  return { value, removed: [...removed] };
}

function withoutQuotes(value: string): string {
  const isQuoted = QUOTES.some(([open, close]) => value.length > 1 && value.startsWith(open) && value.endsWith(close));
  return isQuoted ? value.slice(1, -1) : value;
}

export const apiKeySchema = z
  .string()
  .min(1)
  .check(({ value, issues }) => {
    const key = repairKey(value).value;
    const message =
      key === ''
        ? 'has no key in it. Copy the key again, or leave the setting out for an endpoint without a key'
        : KEY.test(key) && !QUOTE.test(key)
          ? undefined
          : 'contains a blank, a line break, a quote or another character that no key has. Copy the key again, as one word';
    if (message !== undefined) issues.push({ code: 'custom', input: value, message });
  })
  .transform((value) => repairKey(value).value);

export const apiKeyHeaderSchema = z
  .string()
  .refine(
    (name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !OWN_HEADERS.includes(name.toLowerCase()),
    'is not a header for a key. Use a header name without a colon, such as api-key or x-api-key',
  )
  .transform((name) => name.toLowerCase());

const fileSchema = z.object({
  endpoints: z
    .record(z.string(), z.object({ baseUrl: z.unknown(), apiKey: z.unknown() }).partial().catch({}))
    .optional(),
});

/** One line for each repaired value of the environment. Values are never shown. */
export function repairedVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  return [
    ...repairLine('LLM_BASE_URL', repairAddress, env['LLM_BASE_URL']),
    ...repairLine('LLM_API_KEY', repairKey, env['LLM_API_KEY']),
  ];
}

/** One line for each repaired value of the configuration file. */
export function repairedEndpoints(file: unknown): string[] {
  const { endpoints = {} } = fileSchema.catch({}).parse(file);
  return Object.entries(endpoints).flatMap(([region, { baseUrl, apiKey }]) => [
    ...repairLine(`endpoints.${region}.baseUrl`, repairAddress, baseUrl),
    ...repairLine(`endpoints.${region}.apiKey`, repairKey, apiKey),
  ]);
}

function repairLine(name: string, repairOf: (given: string) => Repair, given: unknown): string[] {
  const { removed } = typeof given === 'string' ? repairOf(given) : { removed: [] };
  return removed.length === 0
    ? []
    : [`${name}: ${removed.join(' and ')} around the value were removed. Remove them from the setting.`];
}
