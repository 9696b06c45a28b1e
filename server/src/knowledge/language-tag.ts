/** Reads the language that a path, a page or a help desk names: `de`, `pt_br`, `zh-hans`. Pure. */
import type { Translation } from '@firstword/shared/article';

/** Of a translation whose language can't be told (BCP 47). */
const UNDETERMINED = 'und';
/** A longer id or path is cut, so that its article is kept. */
const GROUP_MAX_CHARS = 500;

/** Looks like a tag, of whatever language: `tag` and `url` do, too. */
export const TAG_SHAPE = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i;
const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** A BCP 47 tag; undefined for what is no language. */
export function languageTag(name: string | undefined): string | undefined {
  if (name === undefined || !TAG_SHAPE.test(name)) return undefined;
  try {
    const [tag = ''] = Intl.getCanonicalLocales(name.replaceAll('_', '-'));
    return NAMES.of(primaryLanguage(tag)) === undefined ? undefined : tag;
  } catch {
    return undefined;
  }
}

/** `pt` of `pt-BR`. */
export const primaryLanguage = (tag: string): string => tag.split('-', 1)[0] ?? '';

export const translationIn = (group: string, language: string | undefined): Translation => ({
  group: group.slice(0, GROUP_MAX_CHARS),
  language: languageTag(language) ?? UNDETERMINED,
});
