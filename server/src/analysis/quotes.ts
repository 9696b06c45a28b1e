/** Finds a quote in its source, ignoring whitespace, case and the style of quotation marks. */

export interface QuotePlace {
  /** Character offsets in the source's text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Finds quotes in one source, which is read once. */
export type QuoteFinder = (quote: string) => QuotePlace | undefined;

/** Undefined when the source does not contain the quote, or the quote has fewer than three letters or digits. */
export function findQuote(quote: string, source: string): QuotePlace | undefined {
  return createQuoteFinder(source)(quote);
}

export function createQuoteFinder(source: string): QuoteFinder {
  let folded: ReturnType<typeof fold> | undefined;
  return (quote) => {
    const wanted = withoutEdges(fold(quote).text);
    if ((wanted.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < 3) return undefined;
    folded ??= fold(source);
    const { text, places } = folded;
    const at = text.indexOf(wanted);
    if (at < 0) return undefined;
    const start = places[at] ?? 0;
    const last = places[at + wanted.length - 1] ?? start;
    return { start, end: last + 1 };
  };
}

const EDGES = ' "\'.…';

/** Without a regular expression: one that is anchored at the end reads a run of dots again from each of them. */
function withoutEdges(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && EDGES.includes(text[from] ?? '')) from += 1;
  while (to > from && EDGES.includes(text[to - 1] ?? '')) to -= 1;
  return text.slice(from, to);
}

/** The normalized text, and the source offset of each of its characters. */
function fold(source: string): { text: string; places: number[] } {
  const signs: string[] = [];
  const places: number[] = [];
  for (let at = 0; at < source.length; at++) {
    const sign = source[at] ?? '';
    const shown = FOLDED[sign] ?? (sign.trim() === '' ? ' ' : sign.toLowerCase());
    if (shown === ' ' && (signs.length === 0 || signs.at(-1) === ' ')) continue;
    for (const part of shown) {
      signs.push(part);
      places.push(at);
    }
  }
  return { text: signs.join(''), places };
}

const FOLDED: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '–': '-',
  '—': '-',
  '‑': '-',
  '*': '',
  '`': '',
  '\u00ad': '',
  '\u200b': '',
};
