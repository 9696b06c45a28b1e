/**
 * Texts in the language of the console. Modules with texts are evaluated after this one, so that every text is there when they are.
 * The German catalogs import nothing of the console but types: they are loaded while its first script waits for them.
 */
import { browserLanguage, type Language, localeFor, storedLanguage } from '../language.ts';

/** The shape of a catalog: its texts are any texts, and its functions have the same parameters. */
export type Texts<English> = English extends string
  ? string
  : English extends (...values: infer Values) => string
    ? (...values: Values) => string
    : English extends object
      ? { readonly [Name in keyof English]: Texts<English[Name]> }
      : English;

type Catalogs = Readonly<Record<string, object>>;

const page = typeof window === 'undefined' ? undefined : window;
const preferred = page?.navigator.languages ?? [];
const wanted = (page && storedLanguage(page.localStorage)) ?? browserLanguage(preferred);
const german = wanted === 'de' ? await loadGerman() : undefined;

export const language: Language = german === undefined ? 'en' : 'de';
/** For `Intl`. */
export const locale = localeFor(language, preferred);

/** The catalog of this name in the console's language. `de/catalogs.ts` checks its type. */
export function translated<Catalog extends object>(name: string, english: Catalog): Catalog {
  const catalog = german?.[name];
  return isLike(catalog, english) ? catalog : english;
}

function isLike<Catalog extends object>(catalog: object | undefined, english: Catalog): catalog is Catalog {
  return catalog !== undefined && Object.keys(english).every((text) => text in catalog);
}

/** Undefined if they can't be loaded: a console in English is better than none. */
async function loadGerman(): Promise<Catalogs | undefined> {
  // A glob of one file, because its catalogs import the types of modules that import this one.
  const files = import.meta.glob<{ readonly german: Catalogs }>('./de/german.ts');
  try {
    return (await files['./de/german.ts']?.())?.german;
  } catch {
    return undefined;
  }
}
