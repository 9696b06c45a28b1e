/** Finds a quote in its source, ignoring whitespace, case and the style of quotation marks. */

export interface QuotePlace {
  /** Character offsets in the source's text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Undefined when the source does not contain the quote, or the quote has fewer than three letters or digits. */
export function findQuote(quote: string, source: string): QuotePlace | undefined {
  const wanted = fold(quote).text.replace(/^[\s"'.…]+|[\s"'.…]+$/g, '');
  if (wanted.replace(/[^\p{L}\p{N}]/gu, '').length < 3) return undefined;
  const { text, places } = fold(source);
  const at = text.indexOf(wanted);
  if (at < 0) return undefined;
  const start = places[at] ?? 0;
  const last = places[at + wanted.length - 1] ?? start;
  return { start, end: last + 1 };
}

/** The normalized text, and the source offset of each of its characters. */
function fold(source: string): { text: string; places: number[] } {
  let text = '';
  const places: number[] = [];
  for (let at = 0; at < source.length; at++) {
    const sign = FOLDED[source[at] ?? ''] ?? (source[at] ?? '').toLowerCase();
    const shown = /^\s$/.test(sign) ? ' ' : sign;
    if (shown === ' ' && (text === '' || text.endsWith(' '))) continue;
    for (const part of shown) {
      text += part;
      places.push(at);
    }
  }
  return { text, places };
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
