/** Packs articles into the shared memory that a search reads. Takes about 1 ms per article, so a thread does it for many. */
import { type Article, articlesVersion } from './article.ts';
import { detectLanguage } from './language.ts';
import { type PackedNearTerms, packNearTerms } from './near-terms.ts';
import { openStrings, type PackedStrings, packStrings, sharedUint32 } from './packed-strings.ts';
import { splitIntoPassages } from './passages.ts';
import { countEach, type IndexField, type PackedIndex, packIndex } from './search-index.ts';
import { searchTerms } from './terms.ts';
import { type PackedTranslations, packTranslations } from './translations.ts';

/** Of an article that is too short to tell. */
export const DEFAULT_LANGUAGE = 'en';

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
  readonly translations: PackedTranslations;
  readonly ids: PackedStrings;
  readonly bodies: PackedStrings;
  readonly passageIndex: PackedIndex;
  /** The whole article is scored as well, because a single passage may not mention its topic. */
  readonly articleIndex: PackedIndex;
  readonly nearTerms: PackedNearTerms;
}

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
    translations: packTranslations(articles),
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
