/** Finds personal data and secrets in a text, in one linear pass for each shape. */
import { type MaskKind, PATTERNS } from './patterns.ts';

export interface FoundData {
  readonly kind: MaskKind;
  readonly start: number;
  readonly end: number;
}

/** Without a digit or `@` there is nothing to find: most messages are done with this. */
const HINT = /[\p{Nd}@\uff20]/u;
/** Digits of all scripts, blanks, dots and hyphens, full-width forms. */
const FOREIGN =
  /[\t\u00a0\u00ad\u00b7\u2000-\u2015\u2022\u2027\u202f\u2060-\u2064\u2212\u3000\u30fb\ufeff\uff01-\uff5e]|(?!\d)\p{Nd}/gu;
const DIGIT = /\p{Nd}/u;

/** In the order of the text, without overlaps. */
export function findData(text: string, kinds: ReadonlySet<MaskKind>): FoundData[] {
  if (kinds.size === 0 || !HINT.test(text)) return [];
  let plain = plainSigns(text);
  const found: FoundData[] = [];
  for (const { kind, shape, needs, parts, retryAfter } of PATTERNS) {
    if (!kinds.has(kind) || (needs !== undefined && !plain.includes(needs))) continue;
    const before = found.length;
    shape.lastIndex = 0;
    for (let match = shape.exec(plain); match !== null; match = shape.exec(plain)) {
      const [whole, ...groups] = match;
      const spans = parts === undefined ? [[0, whole.length] as const] : parts(whole, groups);
      for (const [start, end] of spans) found.push({ kind, start: match.index + start, end: match.index + end });
      const last = spans.at(-1);
      shape.lastIndex = match.index + (last?.[1] ?? retryAfter ?? whole.length);
    }
    if (found.length > before) plain = blanked(plain, found.slice(before));
  }
  return found.sort((one, other) => one.start - other.start);
}

/** What is found is taken out, so that no other shape finds a part of it. */
function blanked(text: string, found: readonly FoundData[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of found) {
    rest += text.slice(from, start) + '\0'.repeat(end - start);
    from = end;
  }
  return rest + text.slice(from);
}

/** As long as the text, so that what is found in one has the same place in the other. */
export const plainSigns = (text: string): string => text.replace(FOREIGN, plainSign);

function plainSign(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (DIGIT.test(sign)) return `${digitOf(code)}${' '.repeat(sign.length - 1)}`;
  return (code >= 0x2010 && code <= 0x2015) || code === 0x2212 ? '-' : ' ';
}

/** Unicode has the ten digits of a script in a row; some rows follow each other. */
function digitOf(code: number): number {
  let first = code;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return (code - first) % 10;
}
