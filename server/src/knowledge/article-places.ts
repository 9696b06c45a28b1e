/** Reads an article for the sentence check: its places, each a sentence with the words, amounts and denials around it. */
import { foldLetters } from '../lib/fold-letters.ts';
import { type Amount, amountsIn, type Bound, boundsIn } from './amounts.ts';
import { type ArticleUnit, articleUnits } from './article-units.ts';
import { isException, polarClauses } from './clauses.ts';
import { withEqualPhrases } from './equal-phrases.ts';
import type { Knowledge } from './knowledge.ts';
import { detectLanguage } from './language.ts';
import { denies } from './negations.ts';
import { freeIn, ordersIn } from './strong-claims.ts';

export interface CheckedSource {
  readonly n: number;
  readonly title: string;
  readonly text: string;
}

export interface Clause {
  readonly words: ReadonlySet<string>;
  readonly isDenied: boolean;
  /** "…, except violins": denied where the rest is not, and the other way round. */
  readonly isException: boolean;
}

/** An article, read for checking. */
export interface ReadSource {
  readonly language: string | undefined;
  readonly words: ReadonlySet<string>;
  readonly places: readonly Place[];
}

/** What says something of one subject: amounts beside other words are another subject's. */
export interface Segment {
  readonly words: ReadonlySet<string>;
  readonly amounts: readonly Amount[];
  readonly bounds: readonly Bound[];
}

export interface Place {
  /** The sentence that a citation shows. */
  readonly text: string;
  readonly own: ReadonlySet<string>;
  /** Beginnings of its words, and of those around it. */
  readonly beginnings: ReadonlySet<string>;
  /** Words of the title, the heading and the sentence before. */
  readonly around: ReadonlySet<string>;
  readonly amounts: readonly Amount[];
  /** The sentences of the place, then what is around it. */
  readonly segments: readonly Segment[];
  /** Parts of each sentence: "standard €5 and express €12". */
  readonly parts: readonly (readonly Segment[])[];
  /** Parts of each sentence that say something of two subjects: "inside Germany free; from Austria €6". */
  readonly sides: readonly (readonly Segment[])[];
  /** Of two sentences that it joins: whether the second one begins with a word of the first ("Returns take … Returns are free."). */
  readonly joins?: 'one-subject' | 'two-subjects';
  /** All its words, with those around it. */
  readonly folded: string;
  /** What is before or after what. */
  readonly orders: ReadonlyMap<string, boolean>;
  readonly clauses: readonly Clause[];
  /** Whether the heading or the introduction of its list denies it. */
  readonly isDeniedAround: boolean;
}

/**
 * Each unit, and each with the one after it, because a sentence may join two. Yields after each unit, which takes up to a
 * millisecond, for callers that share their thread.
 */
export function* readSource(
  { title, text }: CheckedSource,
  knowledge: Pick<Knowledge, 'weighWords'>,
): Generator<undefined, ReadSource> {
  const language = detectLanguage(`${title}\n${text}`);
  const read = new Map<string, Segment>();
  const readSegment = (part: string): Segment => {
    const plain = withEqualPhrases(part);
    const folded = foldLetters(plain);
    return {
      words: new Set(knowledge.weighWords(plain, language).keys()),
      amounts: [...amountsIn(part, { isArticle: true }), ...freeIn(folded)],
      bounds: boundsIn(folded),
    };
  };
  // Headings and introductions repeat, and most sentences are one clause.
  const segmentOf = (part: string): Segment => {
    const known = read.get(part) ?? readSegment(part);
    read.set(part, known);
    return known;
  };
  const inTitle = segmentOf(title);
  const units = articleUnits(text);
  const single: Place[] = [];
  for (const unit of units) {
    single.push(readUnit(unit, inTitle, title, segmentOf));
    yield;
  }
  const pairs = single.flatMap((place, at): Place[] => {
    const next = single[at + 1];
    if (
      next === undefined ||
      units[at]?.isBullet ||
      next.isDeniedAround ||
      units[at + 1]?.heading !== units[at]?.heading
    )
      return [];
    return [joined(place, next)];
  });
  const words = new Set([...inTitle.words, ...single.flatMap(({ own, around }) => [...own, ...around])]);
  return { language, words, places: [...single, ...pairs] };
}

/** "nightly" and "night" share theirs. */
const BEGINNING_LETTERS = 5;
export const beginningOf = (word: string) =>
  word.length < BEGINNING_LETTERS ? [] : [word.slice(0, BEGINNING_LETTERS)];

function readUnit(unit: ArticleUnit, inTitle: Segment, title: string, segmentOf: (part: string) => Segment): Place {
  const own = segmentOf(unit.text);
  const before = unit.isBullet || leansOnBefore(unit.text) ? unit.before : '';
  const around = [unit.heading, before].filter((part) => part !== '').map(segmentOf);
  const segments = [own, ...around, inTitle];
  const parts = own.amounts.length < 2 ? [] : [partsOf(unit.text).map(segmentOf)];
  const folded = foldLetters(withEqualPhrases(`${unit.text} ${unit.heading}. ${before} ${title}`));
  return {
    text: unit.text,
    own: own.words,
    beginnings: new Set(segments.flatMap(({ words }) => [...words].flatMap(beginningOf))),
    around: new Set([...inTitle.words, ...around.flatMap(({ words }) => [...words])]),
    amounts: segments.flatMap(({ amounts }) => amounts),
    segments,
    parts,
    sides: (unit.isRow ? [] : sidesOf(unit.text)).map((sides) => sides.map(segmentOf)),
    folded,
    orders: ordersIn(foldLetters(unit.text)),
    clauses: clausesIn(unit.text, (part) => segmentOf(part).words),
    isDeniedAround: unit.isBullet && (denies(unit.heading) || denies(unit.before)),
  };
}

/**
 * Refers to the sentence before, or is in a language that leaves its subject out. Other sentences don't take its words: "Flex has a term.
 * Start ends monthly" says nothing of when Flex ends.
 */
const LEANS =
  /\b(?:its?|they|them|their|this|that|these|those|there|then|ones?|he|she|such|both|neither|otherwise|es|sie|er|ihn|dies\w*|dort|dann|dabei|dafur|davon|beide|il|elle|ils|elles|cela|ce|cette|ces|ell[ao]s?|es[eo]s?|est[eo]s?|ess[ao]|quest[aeio]|el[ea]|isso|isto|deze|dit|ze)\b|[\p{Script=Han}\p{Script=Hiragana}]|\p{Script=Arabic}|\p{Script=Hebrew}/u;
const LEANS_WITHIN_WORDS = 8;
const leansOnBefore = (text: string) =>
  LEANS.test(foldLetters(text).split(/\s+/).slice(0, LEANS_WITHIN_WORDS).join(' '));

function beginsWithWordOf(place: Place, next: Place): boolean {
  const [first] = next.own;
  return first !== undefined && place.own.has(first);
}

const joined = (place: Place, next: Place): Place => ({
  ...place,
  text: `${place.text} ${next.text}`,
  own: new Set([...place.own, ...next.own]),
  beginnings: new Set([...place.beginnings, ...next.beginnings]),
  around: new Set([...place.around, ...next.around]),
  amounts: [...place.amounts, ...next.amounts],
  segments: [...place.segments, ...next.segments],
  parts: [...place.parts, ...next.parts],
  sides: [...place.sides, ...next.sides],
  joins: beginsWithWordOf(place, next) ? 'one-subject' : 'two-subjects',
  folded: `${place.folded} ${next.folded}`,
  orders: new Map([...place.orders, ...next.orders]),
  clauses: [...place.clauses, ...next.clauses],
});

const PART_END = /[,;:]\s+|\s(?:and|or|but|und|oder|aber|et|ou|mais|y|pero|e|ma|maar|lub|ve|veya)\s|[，、；：。]/iu;
const partsOf = (text: string) => text.split(PART_END).filter((part) => /[\p{L}\d]/u.test(part));

/** A short end without a verb of its own: "…, upgrades immediately". */
const SHORT_END =
  /^([^,，;；]+)[,，]\s*((?!and\s|or\s|und\s|oder\s|et\s|ou\s|y\s|o\s|but\s)[^,，;；\s]+(?:\s+[^,，;；\s]+){1,3})$/iu;
const OPENS_CONDITION =
  /^(?:if|when|once|after|before|as|for|with|in|on|at|wenn|sobald|nach|bei|si|quand|cuando|se|para|pour)\s/iu;
function sidesOf(text: string): string[][] {
  const sides = text.split(/\s(?:whereas|wohingegen|tandis que|mientras que)\s/iu).filter((side) => side.trim() !== '');
  if (sides.length > 1) return [sides];
  const [, rule, end] = (OPENS_CONDITION.test(text) ? null : SHORT_END.exec(text)) ?? [];
  const isOfBoth =
    rule === undefined || end === undefined || isException(end) || /\s(?:and|or|und|oder|et|ou|y|o)\s/iu.test(end);
  return isOfBoth ? [] : [[rule, end]];
}

/** In the order of the text. An exception denies what the clause beside it says. */
export function clausesIn(text: string, wordsOf: (part: string) => ReadonlySet<string>): Clause[] {
  const read = polarClauses(withEqualPhrases(text)).map((clause) => ({
    words: wordsOf(clause),
    isDenied: denies(clause),
    isException: isException(clause),
  }));
  return read.map((clause, at) => {
    if (!clause.isException) return clause;
    const rule = read.slice(0, at).findLast((other) => !other.isException) ?? read.find((other) => !other.isException);
    return { ...clause, isDenied: !(rule?.isDenied ?? false) };
  });
}
