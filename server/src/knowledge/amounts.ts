/** Reads the amounts of a text, in digits or words, so that "€1,500", "1.500 €" and "thirty days" can be compared. */
import { foldLetters } from '../lib/fold-letters.ts';

export interface Amount {
  /** Normalized: `1500`, `5.9`, `17:30`; of a range both ends: `2–4`. */
  readonly value: string;
  /** What it measures; undefined when the words beside it don't say. */
  readonly unit: string | undefined;
}

/** Folded; "one" and its like are left out, because they are articles or pronouns too. */
const NUMBER_WORDS: readonly (readonly [number, string])[] = [
  [2, 'two twice zwei deux dos due dois duas twee dwa dwie iki'],
  [3, 'three drei trois tres tre drie trzy uc'],
  [4, 'four vier quatre cuatro quattro quatro cztery dort'],
  [5, 'five funf cinq cinco cinque vijf piec bes'],
  [6, 'six sechs seis sei zes szesc alti'],
  [7, 'seven sieben sept siete sette sete zeven siedem yedi'],
  [8, 'eight acht huit ocho otto oito osiem sekiz'],
  [9, 'nine neun neuf nueve nove negen dziewiec dokuz'],
  [10, 'ten zehn dix diez dieci dez tien dziesiec'],
  [12, 'twelve zwolf douze doce dodici doze twaalf'],
  [14, 'fourteen vierzehn quatorze catorce quattordici'],
  [15, 'fifteen funfzehn quinze quince quindici'],
  [20, 'twenty zwanzig vingt veinte venti vinte twintig'],
  [30, 'thirty dreissig trente treinta trenta trinta dertig'],
  [60, 'sixty sechzig soixante sesenta sessanta sessenta zestig'],
  [90, 'ninety neunzig noventa novanta negentig'],
  [100, 'hundred hundert cent cien cento honderd'],
];
const DIGITS_OF = new Map(NUMBER_WORDS.flatMap(([value, words]) => words.split(' ').map((word) => [word, value])));

/** Beginnings of folded words, by what they measure. */
const UNITS: readonly (readonly [string, RegExp])[] = [
  ['percent', /^(?:%|percent|prozent|procent|yuzde)/],
  ['money', /^(?:[€$£¥]|eur|usd|dollar|pound|gbp|pln|zl$|tl$)/],
  ['minute', /^(?:min|dakika|דק|دقي|分)/],
  ['hour', /^(?:h$|hours?$|stunde|heure|hora|ora$|ore$|uur|uren|godz|saat|שע|ساع|小时|時間)/],
  ['day', /^(?:day|tag|jour|dia|giorn|dag|dni|dzien|gun|ימ|يوم|ايام|天|日)/],
  ['week', /^(?:week|woche|semaine|semana|settiman|tydz|tygod|hafta|שבוע|اسبوع|اسابيع|周|週)/],
  ['month', /^(?:month|monat|mois|mes|maand|mies|ay$|חודש|شهر|اشهر|月)/],
  ['year', /^(?:year|jahr|ans?$|annee|ano|ann[oi]$|jaar|rok|lat$|lata|yil|שנ|سن|عام|年)/],
  ['kilogram', /^(?:kg|kilo)/],
  ['centimetre', /^(?:cm|zentim|centim)/],
  ['millimetre', /^(?:mm|millim)/],
];
/** "5 to 8 working days": the unit may be this many words after the number. */
const UNIT_WITHIN = 4;

/** Thousands and decimals in any country's way; words; currency and percent signs. */
const TOKEN =
  /(?<!\d)\d{1,3}(?:[,.'’\u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,2})?|\d+(?:[.,:]\d+)*|[€$£¥%]|[–—-](?=\s?[€$£]?\d)|[\p{L}\p{M}]+/gu;
const RANGE_MARKS = new Set(['–', '—', '-', 'to', 'bis', 'a', 'al', 'tot', 'do', 'ate', '至', '到']);

/** In the order of the text. */
export function amountsIn(text: string): Amount[] {
  const tokens = Array.from(text.normalize('NFKC').matchAll(TOKEN), ([token]) => {
    const word = foldLetters(token);
    return DIGITS_OF.get(word)?.toString() ?? word;
  });
  const amounts: Amount[] = [];
  for (const [at, token] of tokens.entries()) {
    if (!isNumber(token)) continue;
    const unit = unitNear(tokens, at);
    const value = normalized(token);
    const from = RANGE_MARKS.has(tokens[at - 1] ?? '') ? tokens[at - 2] : undefined;
    const previous = amounts.at(-1);
    if (from !== undefined && isNumber(from) && previous !== undefined) {
      amounts[amounts.length - 1] = { value: `${previous.value}–${value}`, unit: unit ?? previous.unit };
    } else amounts.push({ value, unit });
  }
  return amounts;
}

/** Whether the text that holds `amounts` states this amount. An end of a range may be named alone ("up to 4 days"). */
export function statesAmount(amounts: readonly Amount[], { value, unit }: Amount): boolean {
  return amounts.some(
    (stated) =>
      (stated.value === value || stated.value.split('–').includes(value)) &&
      (unit === undefined || stated.unit === undefined || stated.unit === unit),
  );
}

const isNumber = (token: string) => /^\d/.test(token);

/** The sign before a number, or the first unit among the words after it and before the next number outside its range. */
function unitNear(tokens: readonly string[], at: number): string | undefined {
  const before = unitNamed(tokens[at - 1] ?? '');
  if (before === 'money') return before;
  for (const [distance, token] of tokens.slice(at + 1, at + 1 + UNIT_WITHIN).entries()) {
    const unit = unitNamed(token);
    if (unit !== undefined) return unit;
    if (isNumber(token) && !RANGE_MARKS.has(tokens[at + distance] ?? '')) return undefined;
  }
  return undefined;
}

const unitNamed = (token: string) => UNITS.find(([, written]) => written.test(token))?.[0];

function normalized(written: string): string {
  if (written.includes(':')) return written.replace(/^0(?=\d)/, '').replace(/:00$/, '');
  const grouped = /^\d{1,3}(?:[,.'’\s]\d{3})+(?!\d)/.exec(written)?.[0] ?? '';
  const whole = grouped === '' ? written : grouped.replace(/\D/g, '') + written.slice(grouped.length);
  const value = Number(whole.replace(',', '.'));
  return Number.isNaN(value) ? whole : String(value);
}
