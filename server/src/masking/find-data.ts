/** Finds personal data and secrets in a text, in one linear pass for each shape. */
import { type MaskKind, PATTERNS } from './patterns.ts';

export interface FoundData {
  readonly kind: MaskKind;
  readonly start: number;
  readonly end: number;
}

/** Without a digit or `@` there is nothing to find: most messages are done with this. */
const HINT = /[\d@\u0660-\u0669\u06f0-\u06f9\uff10-\uff20]/;
/** Other digits, blanks and hyphens, full-width forms. Each is one UTF-16 unit, as what it is read as. */
const FOREIGN = /[\u00a0\u2000-\u2015\u202f\u2060\u3000\ufeff\u0660-\u0669\u06f0-\u06f9\uff01-\uff5e]/g;

/** In the order of the text, without overlaps. */
export function findData(text: string, kinds: ReadonlySet<MaskKind>): FoundData[] {
  if (kinds.size === 0 || !HINT.test(text)) return [];
  let plain = text.replace(FOREIGN, plainSign);
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

function plainSign(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code >= 0x0660 && code <= 0x0669) return String(code - 0x0660);
  if (code >= 0x06f0 && code <= 0x06f9) return String(code - 0x06f0);
  return code >= 0x2010 && code <= 0x2015 ? '-' : ' ';
}
