/** Chooses the parts of the found articles that answer a question best; none if the articles don't cover it. */
import { type PassageUnit, passageUnits } from './passage-units.ts';
import type { MeaningReader, MeantWord } from './plain-words.ts';
import type { PromptArticle } from './prompt-reading.ts';

export interface Quote {
  readonly article: PromptArticle;
  readonly unit: PassageUnit;
}

export interface AskedQuestion {
  readonly question: string;
  /** The visitor's previous questions, oldest first. */
  readonly earlierQuestions: readonly string[];
  readonly articles: readonly PromptArticle[];
}

export type QuoteChoice = (asked: AskedQuestion) => Quote[];

const WEIGHT: Record<MeantWord['kind'], number> = { action: 1.3, word: 1, thing: 0.7, common: 0.4, weak: 0.25 };
/** Share of the question's weight that the best part, its heading and its title must cover. */
const COVERED_SHARE = 0.36;
/** The same for a short question, or when no known concept matches. */
const COVERED_SHARE_STRICT = 0.58;
/** Unknown words count up to this weight: a long message has many that no article contains. */
const UNKNOWN_WEIGHT_MAX = 1.5;
/** Another quote is used if its score is at least this share of the best score. */
const FURTHER_SHARE = 0.6;
/** The same for a quote about something that the best quote doesn't cover. */
const OTHER_TOPIC_SHARE = 0.35;
const QUOTES_MAX = 3;
const WORDS_MAX = 95;
/** A question with less weight needs the previous one to be understood ("And for express?"). */
const SHORT_QUESTION_WEIGHT = 1.5;
const CARRIED_SHARE = 0.5;

const ASKS_AMOUNT =
  /\b(?:how (?:long|much|many|often|heavy|wide|tall|high|big|soon|late)|when|until|deadline|wie ?(?:lange|viel|oft)|wieviel|wann|combien|quand|cuanto|cuanta|cuando|quanto|quanta|quando|hoe ?(?:lang|veel|vaak)|hoeveel|wanneer)\b/i;
const ASKS_PRICE =
  /\b(?:costs?|prices?|fees?|how much (?:is|are|does|do)|kostet?|kosten|preis|was kostet|coute|coûte|prix|cuesta|precio|costa|prezzo|custa|preço|prijs)\b/i;
const ASKS_STEPS =
  /\b(?:how (?:do|can|does|should|to)|what (?:do|should|can) i do|steps|instructions|broken|damaged?|missing|lost|not|cannot|can't|won't|doesn't|declined|failed|forgot|kaputt|wie (?:kann|geht)|was (?:kann|soll|muss)|nicht|vergessen|comment|como|come|hoe (?:kan|moet)|niet)\b/i;
/** Words for a problem, in a question or in the heading of its solution. */
const PROBLEM =
  /\b(?:not|nothing|cannot|can't|won't|doesn't|declined|failed|forgot\w*|wrong|broken|damaged?|missing|lost|late|kaputt|nicht|vergessen|pas|oubli\w*|no|roto|non|rotto|nao|não|niet|kapot)\b/i;
const CONTAINS_AMOUNT = /\d|\b(?:once|twice|half|two|three|four|five|free|one)\b/i;

type Wanted = ReadonlyMap<string, { readonly weight: number; readonly known: boolean }>;

interface Candidate extends Quote {
  readonly own: ReadonlySet<string>;
  readonly section: ReadonlySet<string>;
  readonly title: ReadonlySet<string>;
  readonly words: number;
  /** By the article's rank in the search: the first counts most. */
  readonly rankWeight: number;
}

export function createQuoteChoice(read: MeaningReader): QuoteChoice {
  const chooseFor: QuoteChoice = (question) => {
    const wanted = weighQuestion(read, question);
    const candidates = question.articles.flatMap((article, index) =>
      readCandidates(read, article, 1 / (1 + 0.25 * index)),
    );
    const rarity = rarityIn(candidates);
    const scored = candidates
      .map((candidate) => ({
        candidate,
        score: score(candidate, wanted, rarity) * fit(candidate.unit, question.question),
      }))
      .filter((entry) => entry.score > 0)
      .sort((a, b) => b.score - a.score);
    const best = scored.find(({ candidate }) => covers(candidate, wanted));
    if (!best) return [];
    const further = scored.filter(
      (entry) =>
        entry !== best &&
        (entry.score >= best.score * FURTHER_SHARE ||
          (entry.score >= best.score * OTHER_TOPIC_SHARE && coversMore(entry.candidate, best.candidate, wanted))),
    );
    return pick(
      [best, ...further].map(({ candidate }) => candidate),
      wanted,
    );
  };

  return (asked) => {
    const questions = asked.question.match(/[^.!?\n]+\?/g) ?? [];
    if (questions.length < 2) return chooseFor(asked);
    // One quote for each question, so that all of them are answered.
    const quotes = questions
      .slice(0, QUOTES_MAX)
      .flatMap((question) => chooseFor({ ...asked, question: question.trim() }).slice(0, 1));
    const units = new Map(quotes.map((quote) => [quote.unit.text, quote]));
    return units.size > 0 ? [...units.values()] : chooseFor(asked);
  };
}

function weighQuestion(read: MeaningReader, question: AskedQuestion): Wanted {
  const wanted = new Map<string, { weight: number; known: boolean }>();
  let weightOfAll = 0;
  for (const { key, kind } of read(question.question)) {
    if (!wanted.has(key)) weightOfAll += WEIGHT[kind];
    wanted.set(key, { weight: WEIGHT[kind], known: kind !== 'word' && kind !== 'weak' });
  }
  const before = question.earlierQuestions.at(-1);
  if (before !== undefined && weightOfAll <= SHORT_QUESTION_WEIGHT) {
    for (const { key, kind } of read(before)) {
      if (!wanted.has(key)) wanted.set(key, { weight: WEIGHT[kind] * CARRIED_SHARE, known: kind !== 'word' });
    }
  }
  return wanted;
}

function readCandidates(read: MeaningReader, article: PromptArticle, rankWeight: number): Candidate[] {
  const keys = (text: string) => new Set(read(text).map(({ key }) => key));
  const title = keys(article.title);
  return passageUnits(article.text).map((unit) => ({
    article,
    unit,
    rankWeight,
    title,
    own: keys(unit.text),
    section: keys(unit.section),
    words: unit.text.split(/\s+/).length,
  }));
}

function rarityIn(candidates: readonly Candidate[]): (key: string) => number {
  const occurrences = new Map<string, number>();
  for (const { own } of candidates) for (const key of own) occurrences.set(key, (occurrences.get(key) ?? 0) + 1);
  return (key) => Math.log(1.5 + candidates.length / (1 + (occurrences.get(key) ?? 0)));
}

function score(candidate: Candidate, wanted: Wanted, rarity: (key: string) => number): number {
  // A list is quoted with its heading and often is the whole answer, so its items need not repeat the words.
  const list = candidate.unit.kind === 'list';
  let sum = 0;
  let near = 0;
  let titled = 0;
  for (const [key, { weight }] of wanted) {
    const inTitle = candidate.title.has(key);
    let share = inTitle ? (list ? 0.6 : 0.4) : 0;
    if (candidate.section.has(key)) share = list ? 0.9 : 0.65;
    if (candidate.own.has(key)) share = 1;
    if (share >= 0.6) near += weight;
    if (inTitle) titled += weight;
    sum += weight * share * rarity(key);
  }
  const long = 0.75 + 0.25 * Math.max(1, candidate.words / (list ? 40 : 24));
  const recall = titled / weightOf(wanted);
  const precision = [...candidate.title].filter((key) => wanted.has(key)).length / Math.max(1, candidate.title.size);
  const titleMatch = 1 + recall * (0.4 + 0.6 * precision);
  return near === 0 ? 0 : (sum / long) * candidate.rankWeight * titleMatch;
}

function weightOf(wanted: Wanted): number {
  let all = 0;
  for (const { weight } of wanted.values()) all += weight;
  return all;
}

/** Prefers amounts for "how long" and "how much", and steps for "how do I" and "it doesn't work". */
function fit(unit: PassageUnit, question: string): number {
  let factor = unit.kind === 'row' ? 0.9 : 1;
  const numbered = unit.kind === 'list' && unit.text.startsWith('1. ');
  if (ASKS_PRICE.test(question)) factor *= /[€$£%]|\b(?:free|percent)\b/.test(unit.text) ? 1.4 : 0.8;
  else if (ASKS_AMOUNT.test(question)) factor *= CONTAINS_AMOUNT.test(unit.text) ? 1.3 : 0.8;
  else if (ASKS_STEPS.test(question)) factor *= numbered ? 1.5 : 1;
  if (numbered && PROBLEM.test(unit.section) && !PROBLEM.test(question)) factor *= 0.4;
  if (/[:?]$/.test(unit.text) || unit.text.split(/\s+/).length < 4) factor *= 0.5;
  return factor;
}

function coversMore(one: Candidate, best: Candidate, wanted: Wanted): boolean {
  return [...wanted].some(
    ([key, { weight }]) => weight === WEIGHT.action && one.own.has(key) && !best.own.has(key) && !best.section.has(key),
  );
}

function covers({ own, section, title }: Candidate, wanted: Wanted): boolean {
  let held = 0;
  let heldKnown = 0;
  let missed = 0;
  let unknown = 0;
  for (const [key, { weight, known }] of wanted) {
    if (own.has(key) || section.has(key) || title.has(key)) {
      held += weight;
      if (known) heldKnown += weight;
    } else if (known) missed += weight;
    else unknown += weight;
  }
  const share = held / (held + missed + Math.min(unknown, UNKNOWN_WEIGHT_MAX));
  const titled = [...wanted].some(([key, { weight }]) => weight === WEIGHT.action && title.has(key));
  const strict = !titled && (heldKnown === 0 || weightOf(wanted) < 2.5);
  return held > WEIGHT.common && share >= (strict ? COVERED_SHARE_STRICT : COVERED_SHARE);
}

/** At most three within the length limit, without repetition, in reading order. */
function pick(ranked: readonly Candidate[], wanted: Wanted): Quote[] {
  const picked: Candidate[] = [];
  let words = 0;
  for (const candidate of ranked) {
    if (picked.length === QUOTES_MAX) break;
    if (picked.length > 0 && words + candidate.words > WORDS_MAX) continue;
    if (picked.some((other) => repeats(candidate, other, wanted))) continue;
    picked.push(candidate);
    words += candidate.words;
  }
  const place = (candidate: Candidate) => picked.findIndex(({ article }) => article.n === candidate.article.n);
  const places = new Map(picked.map((candidate) => [candidate, place(candidate)]));
  return picked.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0) || a.unit.order - b.unit.order);
}

function repeats(one: Candidate, other: Candidate, wanted: Wanted): boolean {
  const shared = [...one.own].filter((key) => other.own.has(key)).length;
  const alike = shared / Math.max(1, Math.min(one.own.size, other.own.size));
  const addsNothing = [...wanted.keys()].every((key) => !one.own.has(key) || other.own.has(key));
  return alike > 0.7 || (alike > 0.5 && addsNothing);
}
