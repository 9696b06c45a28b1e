/** Reads the amounts of a text, in digits or words, so that "€1,500", "1.500 €" and "thirty days" can be compared. */
import { foldLetters } from '../lib/fold-letters.ts';
import { calendarName, isCalendarName, MONTH_NAME, WEEKDAY, withWeekdays } from './calendar-names.ts';
import { digitsOfWord, isCounted, ONE, ONE_OR_ARTICLE, withDigits } from './number-words.ts';
import { dimensionOf, inBaseUnit, isMoney, unitNamed } from './units.ts';

/** "up to", "at least" */
export type Bound = 'most' | 'least';

export interface Amount {
  /** Normalized: `1500`, `5.9`, `17:30`; of a range both ends: `2–4`. */
  readonly value: string;
  /** What it measures; undefined when the words beside it don't say. */
  readonly unit: string | undefined;
  readonly bound?: Bound | undefined;
  /** "€5 a month" */
  readonly per?: string | undefined;
}

/** "5 to 8 working days": the unit may be this many words after the number. */
const UNIT_WITHIN = 4;
/** "one working day" */
const UNIT_OF_ONE_WITHIN = 2;

/** Thousands and decimals in any country's way; words; currency and percent signs. */
const TOKEN =
  /(?<!\d)\d{1,3}(?:[,.'’\u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,2})?|\d+(?:[.,:]\d+)*|[€$£¥₹%]|[–—〜~-](?=\s?[€$£]?[\d\p{L}])|[\p{L}\p{M}]+/gu;
const RANGE_MARKS = new Set([
  '–',
  '—',
  '-',
  '〜',
  '~',
  'to',
  'through',
  'bis',
  'a',
  'al',
  'tot',
  'do',
  'ate',
  '至',
  '到',
  'الى',
]);

/** In the order of the text, each once. @param isArticle articles count "a day" as one, claims only "one day" */
export function amountsIn(text: string, { isArticle = false } = {}): Amount[] {
  const words = Array.from(withWeekdays(withDigits(text)).matchAll(TOKEN), ([token]) =>
    digitsOfWord(foldLetters(token)),
  );
  const amounts: Amount[] = [];
  let lastAt = -2;
  for (const at of words.keys()) {
    const found = readAmount(words, at, isArticle ? ONE_OR_ARTICLE : ONE);
    if (found === undefined) continue;
    const previous = lastAt === at - 2 && RANGE_MARKS.has(words[at - 1] ?? '') ? amounts.at(-1) : undefined;
    if (previous !== undefined && isCalendar(previous) === isCalendar(found))
      amounts[amounts.length - 1] = {
        value: `${previous.value}–${found.value}`,
        unit: found.unit ?? previous.unit,
        per: found.per,
      };
    else amounts.push(found);
    lastAt = at;
  }
  return [...new Map(amounts.map((amount) => [Object.values(amount).join(' '), amount])).values()];
}

function readAmount(words: readonly string[], at: number, one: ReadonlySet<string>): Amount | undefined {
  const word = words[at] ?? '';
  if (isNumber(word))
    return {
      value: normalized(word),
      unit: unitNear(words, at),
      bound: boundNear(words, at),
      per: rateNear(words, at),
    };
  if (!one.has(word)) return calendarName(words, at);
  // "£4 a month" counts no months.
  const isRate = at > 0 && (isNumber(words[at - 1] ?? '') || unitNamed(words[at - 1] ?? '') !== undefined);
  const unit = isRate ? undefined : unitNear(words, at, UNIT_OF_ONE_WITHIN);
  return unit === undefined || isMoney(unit) ? undefined : { value: '1', unit };
}

const MEASURED = new Set(['duration', 'money', 'size', 'length']);

/** A number, a unit of time, money, size or length, or a day. @param word as a search sees it: folded, in its stem */
export function isOfAmount(word: string): boolean {
  const unit = unitNamed(word === 'dai' ? 'day' : word);
  return (
    isCounted(word) ||
    isCalendarName(word) ||
    /^[ap]m$|\d/.test(withDigits(word)) ||
    (unit !== undefined && MEASURED.has(dimensionOf(unit)))
  );
}

/** Whether the text that holds `amounts` states this amount. An end of a range may be named alone ("up to 4 days"). */
export const statesAmount = (amounts: readonly Amount[], claimed: Amount) =>
  amounts.some((stated) => measuresSame(stated, claimed) && isWithin(stated, claimed));

/** Whether both can be compared: one of them may leave its unit out. */
export function measuresSame(one: Amount, other: Amount): boolean {
  if (isCalendar(one) || isCalendar(other)) return one.unit === other.unit;
  if (one.per !== undefined && other.per !== undefined && one.per !== other.per) return false;
  return one.unit === undefined || other.unit === undefined || endsOf(one).unit === endsOf(other).unit;
}

/** Whether one is said instead of the other: both name what they measure, or neither does. */
export const isRival = (one: Amount, other: Amount) =>
  one.unit === undefined || other.unit === undefined
    ? one.unit === other.unit
    : dimensionOf(one.unit) === dimensionOf(other.unit);

function isWithin(stated: Amount, claimed: Amount): boolean {
  const isBare = stated.unit === undefined || claimed.unit === undefined;
  const [article, claim] = isBare
    ? [{ ends: stated.value.split('–') }, { ends: claimed.value.split('–') }]
    : [endsOf(stated), endsOf(claimed)];
  const [first = '', last = first] = article.ends;
  if (claimed.unit === WEEKDAY)
    return claim.ends.every((day) => Number(day) >= Number(first) && Number(day) <= Number(last));
  if (claim.ends.length > 1) return claim.ends.join() === article.ends.join();
  const [value] = claim.ends;
  if (claimed.bound === undefined || article.ends.length < 2) return article.ends.some((end) => end === value);
  return value === (claimed.bound === 'most' ? last : first);
}

interface Ends {
  readonly ends: readonly string[];
  readonly unit: string | undefined;
}

/** Amounts of articles are compared with each sentence. */
const endsRead = new WeakMap<Amount, Ends>();

function endsOf(amount: Amount): Ends {
  const known = endsRead.get(amount) ?? readEnds(amount);
  endsRead.set(amount, known);
  return known;
}

function readEnds({ value, unit }: Amount): Ends {
  const ends = value.split('–');
  if (unit === undefined) return { ends, unit };
  const based = ends.map((end) => inBaseUnit(Number(end), unit));
  const [{ unit: common } = { unit }] = based;
  if (based.some((end) => Number.isNaN(end.value) || end.unit !== common)) return { ends, unit };
  return { ends: based.map((end) => `${end.value}`), unit: common };
}

const isNumber = (token: string) => /^\d/.test(token);
const isCalendar = ({ unit }: Amount) => unit === WEEKDAY || unit === MONTH_NAME;

/** The sign before a number, or the first unit among the words after it and before the next number outside its range. */
function unitNear(words: readonly string[], at: number, within = UNIT_WITHIN): string | undefined {
  const before = unitNamed(words[at - 1] ?? '');
  if (isMoney(before)) return before;
  for (const [distance, word] of words.slice(at + 1, at + 1 + within).entries()) {
    const unit = unitNamed(word);
    if (unit !== undefined) return unit;
    if (isNumber(word) && !RANGE_MARKS.has(words[at + distance] ?? '')) return undefined;
  }
  return undefined;
}

const PER = new Set('a an per pro je par por al im all each every ogni per o za ayda'.split(' '));
const RATE_WITHIN = 4;
const MONTHLY = new Map([
  ['monthly', 'month'],
  ['monatlich', 'month'],
  ['yearly', 'year'],
  ['annually', 'year'],
  ['jahrlich', 'year'],
  ['weekly', 'week'],
  ['daily', 'day'],
]);

/** What a price is for, where it is named soon behind it. */
function rateNear(words: readonly string[], at: number): string | undefined {
  for (let next = at + 1; next <= at + RATE_WITHIN; next++) {
    const word = words[next] ?? '';
    if (isNumber(word)) return undefined;
    const unit = PER.has(word) ? unitNamed(words[next + 1] ?? '') : undefined;
    const rate = MONTHLY.get(word) ?? (unit !== undefined && dimensionOf(unit) === 'duration' ? unit : undefined);
    if (rate !== undefined) return rate;
  }
  return undefined;
}

const MOST =
  /(?:\b(?:up to|at most|no more than|not more than|maximum(?: of)?|max|no later than|less than|under|below|within|bis zu|hochstens|maximal|innerhalb(?: von)?|binnen|nicht mehr als|weniger als|unter|jusqu a|pas plus de|au plus|maximum(?: de)?|moins de|dans les|hasta|como maximo|maximo(?: de)?|no mas de|menos de|non piu di|fino a|al massimo|meno di|no maximo)|最多\p{L}{0,4}|不超过|至多)$/u;
const LEAST =
  /(?:\b(?:at least|minimum(?: of)?|more than|over|above|mindestens|wenigstens|mehr als|uber|au moins|plus de|al menos|como minimo|minimo(?: de)?|mas de|almeno|piu di|pelo menos|mais de)|至少\p{L}{0,4}|不少于|超过|最低)$/u;
/** Chinese and Japanese write it behind the number. */
const MOST_AFTER = /^\p{L}{0,4}(?:以内|以下|之内)/u;
const LEAST_AFTER = /^\p{L}{0,4}以上/u;
/** Words of "no more than" that stand before a currency sign, too. */
const WORDS_BEFORE = 4;

/** "up to £100; above that …" says something of more than £100, too. */
const BOUND_WORDS: readonly (readonly [Bound, RegExp])[] = [
  ['most', /\b(?:up to|at most|maximum|max|less|under|below|within|bis|hochstens|unter|jusqu|moins|hasta|menos)\b/],
  ['least', /\b(?:at least|minimum|min|more|over|above|longer|mindestens|mehr|uber|daruber|plus|dela|mas|minimo)\b/],
];
/** @param folded as `foldLetters` writes it */
export const boundsIn = (folded: string): readonly Bound[] =>
  BOUND_WORDS.filter(([, words]) => words.test(folded)).map(([bound]) => bound);

function boundNear(words: readonly string[], at: number): Bound | undefined {
  const before = words
    .slice(Math.max(0, at - WORDS_BEFORE), at)
    .filter((word) => !isMoney(unitNamed(word)))
    .join(' ');
  const after = words[at + 1] ?? '';
  if (MOST.test(before) || MOST_AFTER.test(after)) return 'most';
  if (LEAST.test(before) || LEAST_AFTER.test(after)) return 'least';
  return undefined;
}

function normalized(written: string): string {
  if (written.includes(':')) return written.replace(/^0(?=\d)/, '').replace(/:00$/, '');
  const grouped = /^\d{1,3}(?:[,.'’\s]\d{3})+(?!\d)/.exec(written)?.[0] ?? '';
  const whole = grouped === '' ? written : grouped.replace(/\D/g, '') + written.slice(grouped.length);
  const value = Number(whole.replace(',', '.'));
  return Number.isNaN(value) ? whole : String(value);
}
