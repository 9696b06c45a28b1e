/** Finds the passages that may answer a question, in memory, so that a turn never waits for a search. */
import { type Article, articlesVersion } from './article.ts';
import { detectLanguage } from './language.ts';
import { openNearTerms, type PackedNearTerms, packNearTerms } from './near-terms.ts';
import { openStrings, type PackedStrings, packStrings, sharedUint32 } from './packed-strings.ts';
import { type Passage, splitIntoPassages } from './passages.ts';
import { countEach, type IndexField, openIndex, type PackedIndex, packIndex } from './search-index.ts';
import { isCode, isPair, isPart, searchTerms } from './terms.ts';

export interface FoundPassage extends Passage {
  /** 0…1, comparable between searches. Near 0 the passage and its article share almost nothing with the question. */
  readonly score: number;
}

/** A part of a question, and how much it counts beside the others. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
}

export interface Knowledge {
  /** Best passages first, at most `limit`, each of another article. */
  search(question: string | readonly WeightedText[], limit: number): FoundPassage[];
  /** The words of the text that carry meaning, each with its rarity in the articles, above 0. Detects an unknown language. */
  weighWords(text: string, language?: string): ReadonlyMap<string, number>;
  /** Whether the text is in a language in which there are no articles. */
  isForeign(text: string): boolean;
  /** How many different words of the text carry meaning, and how many of them an article contains. */
  countWords(text: string): { readonly meaningful: number; readonly known: number };
  /** Whether the text's last word is in an article, and means more than "the": few questions end in the middle of one. */
  endsInKnownWord(text: string): boolean;
  /** An article's full text; undefined for an unknown id. */
  textOf(articleId: string): string | undefined;
  /** The same with its title and the address of its page. */
  article(articleId: string): { readonly title: string; readonly url: string; readonly text: string } | undefined;
  /** A hash of the articles, used in cache keys and stored with analyses. */
  readonly version: string;
  readonly size: { readonly articles: number; readonly passages: number };
}

/** Of an article that is too short to tell. */
const DEFAULT_LANGUAGE = 'en';

/** Title, heading, keywords, text. Tuned on development queries of three help centers (`npm run eval`). */
const PASSAGE_FIELDS: readonly IndexField[] = [
  { weight: 2, lengthPenalty: 0.75 },
  { weight: 0.5, lengthPenalty: 0.8 },
  { weight: 1.5, lengthPenalty: 0.5 },
  { weight: 1, lengthPenalty: 0.8 },
];
const ARTICLE_FIELDS: readonly IndexField[] = [
  { weight: 5, lengthPenalty: 0.9 },
  { weight: 0.5, lengthPenalty: 0.9 },
  { weight: 2, lengthPenalty: 0.5 },
  { weight: 1, lengthPenalty: 0.3 },
];
/** Weight of a word's prefix relative to the word. */
const PART_WEIGHT = 0.3;
/** Weight of two neighbouring words relative to one. */
const PAIR_WEIGHT = 0.4;
/** Weight of a word with digits, such as an error code: a text that contains it is meant. */
const CODE_WEIGHT = 8;
/** Weight of an indexed word that the typed one may have meant. */
const NEAR_WEIGHT = 0.6;

/** Of the score of an article in another language than the question. */
const OTHER_LANGUAGE_SHARE = 0.7;

/** Everything a search needs, in shared memory: one thread packs it, and any other opens it without copying. */
export interface PackedKnowledge {
  readonly version: string;
  /** The articles' languages, ISO 639-1, the most frequent first. */
  readonly languages: readonly string[];
  /** One passage each, as JSON. */
  readonly passages: PackedStrings;
  /** The number of each passage's article. */
  readonly articleOf: Uint32Array;
  /** The number of each article's language. */
  readonly languageOf: Uint32Array;
  readonly ids: PackedStrings;
  readonly bodies: PackedStrings;
  readonly passageIndex: PackedIndex;
  /** The whole article is scored as well, because a single passage may not mention its topic. */
  readonly articleIndex: PackedIndex;
  readonly nearTerms: PackedNearTerms;
}

/** Packs and opens in one step, for commands and tests. Blocks the thread for about 1 ms per article. */
export const createKnowledge = (articles: readonly Article[]): Knowledge => openKnowledge(packKnowledge(articles));

export function packKnowledge(articles: readonly Article[]): PackedKnowledge {
  const languages = articles.map(({ title, body }) => detectLanguage(`${title}\n${body}`) ?? DEFAULT_LANGUAGE);
  const passages = articles.flatMap((article, number) =>
    splitIntoPassages(article).map((passage) => ({
      passage,
      article: number,
      terms: [passage.title, passage.heading, passage.keywords, passage.text].map((text) =>
        searchTerms(text, languages[number] ?? DEFAULT_LANGUAGE),
      ),
    })),
  );
  const articleOf = sharedUint32(passages.length);
  articleOf.set(passages.map(({ article }) => article));
  const known = byFrequency(languages);
  const languageOf = sharedUint32(articles.length);
  languageOf.set(languages.map((language) => known.indexOf(language)));
  const articleIndex = packIndex(ARTICLE_FIELDS, joinPassages(articles.length, passages));
  const terms = openStrings(articleIndex.terms);
  return {
    version: articlesVersion(articles),
    languages: known,
    passages: packStrings(passages.map(({ passage }) => JSON.stringify(passage))),
    articleOf,
    languageOf,
    ids: packStrings(articles.map(({ id }) => id)),
    bodies: packStrings(articles.map(({ body }) => body)),
    passageIndex: packIndex(
      PASSAGE_FIELDS,
      passages.map((passage) => passage.terms),
    ),
    articleIndex,
    nearTerms: packNearTerms(Array.from({ length: terms.size }, (_, index) => terms.at(index))),
  };
}

export function openKnowledge(packed: PackedKnowledge): Knowledge {
  const { version, articleOf, languageOf } = packed;
  const passages = openStrings(packed.passages);
  const ids = openStrings(packed.ids);
  const bodies = openStrings(packed.bodies);
  const passageIndex = openIndex(packed.passageIndex);
  const articleIndex = openIndex(packed.articleIndex);
  const nearTerms = openNearTerms(packed.nearTerms, openStrings(packed.articleIndex.terms));

  const languages = new Set(packed.languages);
  /** Where stop words don't tell, the language in which most terms are known. */
  const readTerms = (text: string): string[] => {
    const detected = detectLanguage(text, languages);
    if (detected !== undefined) return searchTerms(text, detected);
    const readings = packed.languages.map((language) => searchTerms(text, language));
    const known = readings.map((terms) => terms.filter(articleIndex.has).length);
    return readings[known.indexOf(Math.max(...known))] ?? searchTerms(text, DEFAULT_LANGUAGE);
  };
  const weightOf = (term: string) =>
    isPart(term) ? PART_WEIGHT : isPair(term) ? PAIR_WEIGHT : isCode(term) ? CODE_WEIGHT : 1;

  const termsOf = (parts: readonly WeightedText[]) => {
    const terms = new Map<string, number>();
    const raise = (term: string, weight: number) => terms.set(term, Math.max(weight, terms.get(term) ?? 0));
    for (const { text, weight } of parts)
      for (const [term, count] of countEach(readTerms(text))) {
        const own = weight * weightOf(term) * (1 + Math.log(count));
        if (isPair(term) && !articleIndex.has(term)) continue;
        raise(term, own);
        if (isPart(term) || isPair(term) || articleIndex.has(term)) continue;
        for (const near of nearTerms(term)) raise(near, own * NEAR_WEIGHT);
      }
    return terms;
  };

  return {
    version,
    endsInKnownWord(text) {
      const [word = ''] = /\S+$/.exec(text.trimEnd()) ?? [];
      const last = readTerms(word).findLast((term) => !isPart(term) && !isPair(term));
      return last !== undefined && articleIndex.has(last);
    },
    weighWords(text, language) {
      const terms = language === undefined ? readTerms(text) : searchTerms(text, language);
      const words = terms.filter((term) => !isPart(term) && !isPair(term));
      return new Map(words.map((word) => [word, articleIndex.rarityOf(word)]));
    },
    isForeign(text) {
      const language = detectLanguage(text);
      return language !== undefined && packed.languages.length > 0 && !languages.has(language);
    },
    countWords(text) {
      const words = [...new Set(readTerms(text))].filter((term) => !isPart(term) && !isPair(term));
      return { meaningful: words.length, known: words.filter((word) => articleIndex.has(word)).length };
    },
    textOf(articleId) {
      const number = ids.indexOf(articleId);
      return number < 0 ? undefined : bodies.at(number);
    },
    article(articleId) {
      const number = ids.indexOf(articleId);
      if (number < 0) return undefined;
      const { title, url } = readPassage(passages.at(articleOf.indexOf(number)));
      return { title, url, text: bodies.at(number) };
    },
    size: { articles: ids.size, passages: passages.size },
    search(question, limit) {
      const parts = typeof question === 'string' ? [{ text: question, weight: 1 }] : question;
      const terms = termsOf(parts);
      const language = packed.languages.indexOf(detectLanguage(parts[0]?.text ?? '', languages) ?? '');
      const asked = [...terms.values()].reduce((sum, weight) => sum + weight, 0);
      const best = passageIndex.bestPossible(terms) + articleIndex.bestPossible(terms);
      const passageScores = passageIndex.score(terms);
      const articleScores = articleIndex.score(terms);
      const bestOf = new Map<number, Ranked>();
      for (let passage = 0; passage < articleOf.length; passage++) {
        const passageScore = passageScores.scores[passage] ?? 0;
        if (passageScore === 0) continue;
        const article = articleOf[passage] ?? 0;
        // An article with all words of the question ranks above one with a single rare word.
        const share = (articleScores.matchedWeight[article] ?? 0) / asked;
        const full = ((passageScore + (articleScores.scores[article] ?? 0)) * (1 + share ** 2)) / (2 * best);
        const score = language < 0 || languageOf[article] === language ? full : full * OTHER_LANGUAGE_SHARE;
        if (score > (bestOf.get(article)?.score ?? 0)) bestOf.set(article, { passage, score });
      }
      const ranked = [...bestOf.values()].sort((a, b) => b.score - a.score).slice(0, limit);
      return ranked.map(({ passage, score }) => ({ ...readPassage(passages.at(passage)), score }));
    },
  };
}

/** Joins the passages of each article: title and keywords once, all headings and texts. */
function joinPassages(
  articles: number,
  passages: readonly { article: number; terms: readonly (readonly string[])[] }[],
): string[][][] {
  const joined = Array.from({ length: articles }, (): [string[], string[], string[], string[]] => [[], [], [], []]);
  let previousHeading: readonly string[] = [];
  for (const { article, terms } of passages) {
    const whole = joined[article];
    if (whole === undefined) continue;
    const [title = [], heading = [], keywords = [], text = []] = terms;
    whole[0] = [...title];
    // All passages of a long section have its heading.
    if (heading.join(' ') !== previousHeading.join(' ')) whole[1].push(...heading);
    whole[2] = [...keywords];
    whole[3].push(...text);
    previousHeading = heading;
  }
  return joined;
}

function byFrequency(languages: readonly string[]): string[] {
  return [...countEach(languages)].sort(([, a], [, b]) => b - a).map(([language]) => language);
}

interface Ranked {
  readonly passage: number;
  readonly score: number;
}

/** Written by `packKnowledge` of this process. */
const readPassage = (json: string): Passage => JSON.parse(json);
