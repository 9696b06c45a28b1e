/** Finds the passages that may answer a question, in memory, so that a turn never waits for a search. */
import { type Article, articlesVersion } from './article.ts';
import { openNearTerms, type PackedNearTerms, packNearTerms } from './near-terms.ts';
import { openStrings, type PackedStrings, packStrings, sharedUint32 } from './packed-strings.ts';
import { type Passage, splitIntoPassages } from './passages.ts';
import { type IndexField, openIndex, type PackedIndex, packIndex } from './search-index.ts';
import { isPart, searchTerms } from './terms.ts';

export interface FoundPassage extends Passage {
  /** 0…1, comparable between searches. Near 0 the passage and its article share almost nothing with the question. */
  readonly score: number;
}

export interface Knowledge {
  /** Best passages first, at most `limit`, at most two of one article. */
  search(question: string, limit: number): FoundPassage[];
  /** Whether the text's last word is in an article, and means more than "the": few questions end in the middle of one. */
  endsInKnownWord(text: string): boolean;
  /** An article's full text; undefined for an unknown id. */
  textOf(articleId: string): string | undefined;
  /** A hash of the articles, used in cache keys and stored with analyses. */
  readonly version: string;
  readonly size: { readonly articles: number; readonly passages: number };
}

const PER_ARTICLE = 2;

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
/** Weight of an indexed word that the typed one may have meant. */
const NEAR_WEIGHT = 0.6;

/** Everything a search needs, in shared memory: one thread packs it, and any other opens it without copying. */
export interface PackedKnowledge {
  readonly version: string;
  /** One passage each, as JSON. */
  readonly passages: PackedStrings;
  /** The number of each passage's article. */
  readonly articleOf: Uint32Array;
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
  const passages = articles.flatMap((article, number) =>
    splitIntoPassages(article).map((passage) => ({
      passage,
      article: number,
      terms: [passage.title, passage.heading, passage.keywords, passage.text].map(searchTerms),
    })),
  );
  const articleOf = sharedUint32(passages.length);
  articleOf.set(passages.map(({ article }) => article));
  const articleIndex = packIndex(ARTICLE_FIELDS, joinPassages(articles.length, passages));
  const terms = openStrings(articleIndex.terms);
  return {
    version: articlesVersion(articles),
    passages: packStrings(passages.map(({ passage }) => JSON.stringify(passage))),
    articleOf,
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
  const { version, articleOf } = packed;
  const passages = openStrings(packed.passages);
  const ids = openStrings(packed.ids);
  const bodies = openStrings(packed.bodies);
  const passageIndex = openIndex(packed.passageIndex);
  const articleIndex = openIndex(packed.articleIndex);
  const nearTerms = openNearTerms(packed.nearTerms, openStrings(packed.articleIndex.terms));

  const termsOf = (question: string) => {
    const terms = new Map<string, number>();
    for (const term of new Set(searchTerms(question))) {
      terms.set(term, isPart(term) ? PART_WEIGHT : 1);
      if (isPart(term) || articleIndex.has(term)) continue;
      for (const near of nearTerms(term)) terms.set(near, Math.max(NEAR_WEIGHT, terms.get(near) ?? 0));
    }
    return terms;
  };

  return {
    version,
    endsInKnownWord(text) {
      const [word = ''] = /\S+$/.exec(text.trimEnd()) ?? [];
      const last = searchTerms(word).findLast((term) => !isPart(term));
      return last !== undefined && articleIndex.has(last);
    },
    textOf(articleId) {
      const number = ids.indexOf(articleId);
      return number < 0 ? undefined : bodies.at(number);
    },
    size: { articles: ids.size, passages: passages.size },
    search(question, limit) {
      const terms = termsOf(question);
      const asked = [...terms.values()].reduce((sum, weight) => sum + weight, 0);
      const best = passageIndex.bestPossible(terms) + articleIndex.bestPossible(terms);
      const passageScores = passageIndex.score(terms);
      const articleScores = articleIndex.score(terms);
      const ranked: Ranked[] = [];
      for (const [passage, article] of articleOf.entries()) {
        const passageScore = passageScores.scores[passage] ?? 0;
        if (passageScore === 0) continue;
        // An article with all words of the question ranks above one with a single rare word.
        const share = (articleScores.matchedWeight[article] ?? 0) / asked;
        const score = ((passageScore + (articleScores.scores[article] ?? 0)) * (1 + share ** 2)) / (2 * best);
        ranked.push({ passage, article, score });
      }
      ranked.sort((a, b) => b.score - a.score);
      return firstOfEach(ranked, limit).map(({ passage, score }) => ({ ...readPassage(passages.at(passage)), score }));
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

interface Ranked {
  readonly passage: number;
  readonly article: number;
  readonly score: number;
}

function firstOfEach(ranked: readonly Ranked[], limit: number): Ranked[] {
  const perArticle = new Map<number, number>();
  const found: Ranked[] = [];
  for (const one of ranked) {
    if (found.length === limit) break;
    const taken = perArticle.get(one.article) ?? 0;
    if (taken === PER_ARTICLE) continue;
    perArticle.set(one.article, taken + 1);
    found.push(one);
  }
  return found;
}

/** Written by `packKnowledge` of this process. */
const readPassage = (json: string): Passage => JSON.parse(json);
