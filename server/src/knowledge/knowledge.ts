/** Finds the passages that may answer a question, in memory, so that a turn never waits for a search. */
import type { TranslatedArticle } from '@firstword/shared/knowledge';
import type { Article } from './article.ts';
import { detectLanguage, detectLanguageOfWords } from './language.ts';
import { primaryLanguage } from './language-tag.ts';
import { openNearTerms } from './near-terms.ts';
import { DEFAULT_LANGUAGE, type PackedKnowledge, packKnowledge } from './pack-knowledge.ts';
import { openStrings } from './packed-strings.ts';
import type { Passage } from './passages.ts';
import { countEach, openIndex } from './search-index.ts';
import { createStopWordSlips } from './stop-word-slips.ts';
import { isCode, isPair, isPart, isQuantity, searchTerms } from './terms.ts';
import { openTranslations } from './translations.ts';

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
  /**
   * Best passages first, at most `limit`, each of another article. Of an article in several languages it is the one in the language of
   * the question, or of `locale` where the question doesn't tell.
   */
  search(question: string | readonly WeightedText[], limit: number, locale?: string): FoundPassage[];
  /** The words of the text that carry meaning, each with its rarity in the articles, above 0. Detects an unknown language. */
  weighWords(text: string, language?: string): ReadonlyMap<string, number>;
  /** ISO 639-1, of most articles; undefined without articles. */
  readonly mainLanguage: string | undefined;
  /** Whether the text is in a language in which there are no articles. */
  isForeign(text: string): boolean;
  /** How many different words of the text carry meaning, and how many of them an article contains. */
  countWords(text: string): { readonly meaningful: number; readonly known: number };
  /** How much of what the text means the article contains, 0…1: of its words, weighted by rarity, with typing slips. */
  shareIn(articleId: string, text: string): number;
  /** Whether the text's last word is in an article, and means more than "the": few questions end in the middle of one. */
  endsInKnownWord(text: string): boolean;
  /** An article's full text; undefined for an unknown id. */
  textOf(articleId: string): string | undefined;
  /** The same with its title and the address of its page. */
  article(articleId: string): { readonly title: string; readonly url: string; readonly text: string } | undefined;
  /** The same article in other languages. */
  translationsOf(articleId: string): TranslatedArticle[];
  /** A hash of the articles, used in cache keys and stored with analyses. */
  readonly version: string;
  readonly size: { readonly articles: number; readonly passages: number };
}

/** Weight of a word's prefix relative to the word. */
const PART_WEIGHT = 0.3;
/** Weight of two neighbouring words relative to one. */
const PAIR_WEIGHT = 0.4;
/** Weight of a word with digits, such as an error code: a text that contains it is meant. */
const CODE_WEIGHT = 8;
/**
 * Weight of the word that a mistyped one most likely means. Trial: with a slip in each long word, 76 % of the questions of three help
 * centres are not refused; 21 % when the mistyped word counts as well, because no article contains it.
 */
const NEAR_WEIGHT = 0.6;

/**
 * Of a word that no article contains, when it is judged how much of a question an article contains. Trial: of 200 questions about other
 * things the largest help centre covers 6.5 % instead of 7.5 %, and no answerable question is lost; at 1.6 questions with slips are.
 */
const UNKNOWN_WEIGHT = 1.3;

/** Of the score of an article in another language than the question. */
const OTHER_LANGUAGE_SHARE = 0.7;

/** Packs and opens in one step, for commands and tests. Blocks the thread for about 1 ms per article. */
export const createKnowledge = (articles: readonly Article[]): Knowledge => openKnowledge(packKnowledge(articles));

export function openKnowledge(packed: PackedKnowledge): Knowledge {
  const { version, articleOf, languageOf } = packed;
  const passages = openStrings(packed.passages);
  const ids = openStrings(packed.ids);
  const bodies = openStrings(packed.bodies);
  const passageIndex = openIndex(packed.passageIndex);
  const articleIndex = openIndex(packed.articleIndex);
  const translations = openTranslations(packed.translations);
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

  /** The term itself where an article has it, otherwise the most frequent one that is a typing slip away. */
  const likelyTerm = (term: string): string | undefined => {
    if (articleIndex.has(term)) return term;
    if (isPart(term) || isPair(term)) return undefined;
    return [...nearTerms(term)].sort((a, b) => articleIndex.rarityOf(a) - articleIndex.rarityOf(b))[0];
  };

  const isStopWordSlip = createStopWordSlips(packed.languages);
  /** One that no article contains, and that doesn't change what a question is about. */
  const saysNothing = (term: string) => isQuantity(term) || isStopWordSlip(term);

  const termsOf = (parts: readonly WeightedText[]) => {
    const terms = new Map<string, number>();
    const raise = (term: string, weight: number) => terms.set(term, Math.max(weight, terms.get(term) ?? 0));
    for (const { text, weight } of parts)
      for (const [term, count] of countEach(readTerms(text))) {
        const own = weight * weightOf(term) * (1 + Math.log(count));
        const meant = likelyTerm(term);
        if (meant === undefined && (isPair(term) || saysNothing(term))) continue;
        if (meant === undefined || meant === term) raise(term, own);
        else raise(meant, own * NEAR_WEIGHT);
      }
    return terms;
  };

  const weighWords: Knowledge['weighWords'] = (text, language) => {
    const terms = language === undefined ? readTerms(text) : searchTerms(text, language);
    const words = terms.filter((term) => !isPart(term) && !isPair(term));
    return new Map(words.map((word) => [word, articleIndex.rarityOf(word)]));
  };

  /** Undefined for an article of headings alone. */
  const firstPassage = (article: number) => {
    const passage = articleOf.indexOf(article);
    return passage < 0 ? undefined : readPassage(passages.at(passage));
  };
  const isIn = (language: string) => (article: number) =>
    primaryLanguage(translations.languageOf(article) ?? '') === language ||
    packed.languages[languageOf[article] ?? 0] === language;

  return {
    version,
    mainLanguage: packed.languages[0],
    weighWords,
    shareIn(articleId, text) {
      const article = ids.indexOf(articleId);
      let found = 0;
      let all = 0;
      for (const [word, rarity] of weighWords(text)) {
        const meant = likelyTerm(word);
        if (meant === undefined && saysNothing(word)) continue;
        all += meant === undefined ? rarity * UNKNOWN_WEIGHT : rarity;
        if (meant !== undefined && articleIndex.contains(article, meant))
          found += meant === word ? rarity : rarity * NEAR_WEIGHT;
      }
      return all === 0 ? 1 : found / all;
    },
    endsInKnownWord(text) {
      const [word = ''] = /\S+$/.exec(text.trimEnd()) ?? [];
      const last = readTerms(word).findLast((term) => !isPart(term) && !isPair(term));
      return last !== undefined && articleIndex.has(last);
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
      const { title = articleId, url = '' } = firstPassage(number) ?? {};
      return { title, url, text: bodies.at(number) };
    },
    translationsOf(articleId) {
      const number = ids.indexOf(articleId);
      const others = number < 0 ? [] : translations.othersOf(number);
      return others.map((other) => {
        const id = ids.at(other);
        return { id, title: firstPassage(other)?.title ?? id, language: translations.languageOf(other) ?? '' };
      });
    },
    size: { articles: ids.size, passages: passages.size },
    search(question, limit, locale) {
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
        if (score > (bestOf.get(article)?.score ?? 0)) bestOf.set(article, { article, passage, score });
      }
      const ranked = [...bestOf.values()].sort((a, b) => b.score - a.score);
      const wanted = () => detectLanguageOfWords(parts[0]?.text ?? '', languages) ?? primaryLanguage(locale ?? '');
      const chosen = translations.oneOfEach(ranked, () => isIn(wanted()));
      return chosen.slice(0, limit).map(({ passage, score }) => ({ ...readPassage(passages.at(passage)), score }));
    },
  };
}

interface Ranked {
  readonly article: number;
  readonly passage: number;
  readonly score: number;
}

/** Written by `packKnowledge` of this process. */
const readPassage = (json: string): Passage => JSON.parse(json);
