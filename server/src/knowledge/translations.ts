/** Knows which articles are translations of one another, so that an answer gets each article in one language only. */
import type { Article } from './article.ts';
import { sharedUint32 } from './packed-strings.ts';

/** In shared memory. */
export interface PackedTranslations {
  /** Of each article, the number of its group, from 1; 0 for one without translations. */
  readonly groupOf: Uint32Array;
  /** As the importer names them. */
  readonly languages: readonly string[];
  /** Of each article, the number of its language; of no meaning without a group. */
  readonly languageOf: Uint32Array;
}

export interface Translations {
  /**
   * Of each group one article: the first in the language of the visitor, otherwise the first. It takes the place and the score of
   * the first, because all of them say the same.
   * @param inLanguage asked only where articles have translations: most sites have none
   */
  oneOfEach<Found extends { readonly article: number; readonly score: number }>(
    ranked: readonly Found[],
    inLanguage: () => (article: number) => boolean,
  ): readonly Found[];
  /** As the importer names it; undefined for an article without translations. */
  languageOf(article: number): string | undefined;
  /** Numbers of the articles that say the same in another language. */
  othersOf(article: number): readonly number[];
}

export function packTranslations(articles: readonly Pick<Article, 'translation'>[]): PackedTranslations {
  const sizes = new Map<string, number>();
  for (const { translation } of articles)
    if (translation !== undefined) sizes.set(translation.group, (sizes.get(translation.group) ?? 0) + 1);
  const groups = [...sizes].filter(([, size]) => size > 1).map(([group]) => group);
  const numbers = new Map(groups.map((group, index) => [group, index + 1]));
  const languages = [...new Set(articles.flatMap(({ translation }) => translation?.language ?? []))];
  const groupOf = sharedUint32(articles.length);
  const languageOf = sharedUint32(articles.length);
  for (const [article, { translation }] of articles.entries()) {
    if (translation === undefined) continue;
    groupOf[article] = numbers.get(translation.group) ?? 0;
    languageOf[article] = languages.indexOf(translation.language);
  }
  return { groupOf, languages, languageOf };
}

export function openTranslations({ groupOf, languages, languageOf }: PackedTranslations): Translations {
  const members = new Map<number, number[]>();
  for (const [article, group] of groupOf.entries()) {
    if (group === 0) continue;
    const known = members.get(group);
    if (known === undefined) members.set(group, [article]);
    else known.push(article);
  }
  const groupAt = (article: number) => groupOf[article] ?? 0;

  return {
    oneOfEach(ranked, inLanguage) {
      if (members.size === 0) return ranked;
      const isInLanguage = inLanguage();
      const first = new Map<number, (typeof ranked)[number]>();
      const chosen = new Map<number, (typeof ranked)[number]>();
      for (const found of ranked) {
        const group = groupAt(found.article);
        if (group === 0) continue;
        if (!first.has(group)) first.set(group, found);
        if (!chosen.has(group) && isInLanguage(found.article)) chosen.set(group, found);
      }
      return ranked.flatMap((found) => {
        const group = groupAt(found.article);
        if (group === 0) return found;
        return first.get(group) === found ? { ...(chosen.get(group) ?? found), score: found.score } : [];
      });
    },
    languageOf: (article) => (groupAt(article) === 0 ? undefined : languages[languageOf[article] ?? 0]),
    othersOf: (article) => (members.get(groupAt(article)) ?? []).filter((other) => other !== article),
  };
}
