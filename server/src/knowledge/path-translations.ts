/** Finds the translations among the files of a folder by their paths: `de/refund.md`, `refund.de.md` and the trees of Docusaurus. Pure. */
import type { Article } from './article.ts';
import { DETECTED_LANGUAGES, detectLanguageOfWords } from './language.ts';
import { languageTag, primaryLanguage, translationIn } from './language-tag.ts';

export interface PathTranslation {
  /** The path without its language and its extension. */
  readonly group: string;
  /** Undefined for the original, when its path names none. */
  readonly language: string | undefined;
  /** Otherwise the text decides: a folder may be called `it` or `hr` for its department. */
  readonly isCertain: boolean;
}

type ReadTag = (part: string) => string | undefined;

const DOCUSAURUS = /^(.*?)i18n\/([^/]+)\/docusaurus-plugin-content-(docs|blog|pages)(?:-([^/]+))?\/(?:current\/)?(.+)$/;
const DOCUSAURUS_FOLDERS: Readonly<Record<string, string>> = { docs: 'docs', blog: 'blog', pages: 'src/pages' };

/** Only of files that exist in several languages. */
export function translationsOfPaths(paths: readonly string[]): ReadonlyMap<string, PathTranslation> {
  const tags = new Map<string, string | undefined>();
  /** Thousands of paths have a few folders, and reading a tag is slow. */
  const tagOf: ReadTag = (part) => {
    if (!tags.has(part)) tags.set(part, shortTag(part));
    return tags.get(part);
  };
  const readings = paths.map((path) => ({ path, possible: readingsOf(path, tagOf) }));
  if (readings.every(({ possible }) => possible.every(({ language }) => language === undefined))) return new Map();
  const languages = new Map<string, Set<string | undefined>>();
  for (const { possible } of readings)
    for (const { group, language } of possible) {
      const known = languages.get(group);
      if (known === undefined) languages.set(group, new Set([language]));
      else known.add(language);
    }
  const countOf = ({ group }: PathTranslation) => languages.get(group)?.size ?? 0;
  const found = new Map<string, PathTranslation>();
  for (const { path, possible } of readings) {
    // `en/it/vpn.md` beside `de/it/vpn.md`: the part that differs is the language. Of equals, the first one is.
    const best = possible.reduce((one, other) => (countOf(other) > countOf(one) ? other : one));
    if (countOf(best) > 1) found.set(path, best);
  }
  return found;
}

/** The article as a translation, unless its text is in another language than its path says. */
export function withPathTranslation(article: Article, { group, language, isCertain }: PathTranslation): Article {
  const text = `${article.title}\n${article.body}`;
  const detected = detectLanguageOfWords(text);
  const fits = isCertain || language === undefined || mayBeIn(language, text, detected);
  return fits ? { ...article, translation: translationIn(group, language ?? detected) } : article;
}

/** Text in a language that can't be detected seems to be in another one with its letters, but not in English. */
function mayBeIn(language: string, text: string, detected: string | undefined): boolean {
  const primary = primaryLanguage(language);
  if (DETECTED_LANGUAGES.has(primary)) return detected === undefined || detected === primary;
  const { script = 'Latn' } = new Intl.Locale(primary).maximize();
  const letters = script === 'Kore' ? 'Hang' : script;
  return letters === 'Latn' ? detected !== 'en' : new RegExp(`\\p{Script=${letters}}`, 'u').test(text);
}

/** All ways to read the path, the one without a language last. */
function readingsOf(path: string, tagOf: ReadTag): PathTranslation[] {
  const bare = path.replace(/\.[^./]+$/, '');
  const tree = bare.includes('i18n/') ? DOCUSAURUS.exec(bare) : null;
  if (tree !== null) {
    const [, before = '', locale, kind = '', instance, rest = ''] = tree;
    const group = `${before}${instance ?? DOCUSAURUS_FOLDERS[kind]}/${rest}`;
    return [{ group, language: languageTag(locale) ?? locale, isCertain: true }];
  }
  const parts = bare.split('/');
  const folders = parts.slice(0, -1).flatMap((part, at) => {
    const language = tagOf(part);
    return language === undefined ? [] : [{ group: parts.toSpliced(at, 1).join('/'), language, isCertain: false }];
  });
  const [, name = '', suffix] = /^(.*[^/])\.([^./]+)$/.exec(bare) ?? [];
  const named = suffix === undefined ? undefined : tagOf(suffix);
  return [
    ...folders,
    ...(named === undefined ? [] : [{ group: name, language: named, isCertain: false }]),
    { group: bare, language: undefined, isCertain: false },
  ];
}

/** Of three letters are too many names of folders, such as `man` and `new`. */
function shortTag(part: string): string | undefined {
  const tag = languageTag(part);
  return tag !== undefined && primaryLanguage(tag).length === 2 ? tag : undefined;
}
