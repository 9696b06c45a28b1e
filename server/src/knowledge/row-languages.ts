/** Splits a row of an export into its languages: help desks keep the translations of an article inside it. Pure. */
import type { Translation } from '@firstword/shared/article';
import { fieldsOf, isRow, type Row } from './export-row.ts';
import { fieldText } from './field-text.ts';
import { TAG_SHAPE, translationIn } from './language-tag.ts';
import type { SharedId } from './shared-ids.ts';

export interface LanguageRow {
  readonly row: Row;
  /** Of a translation; undefined for the article as it was written first. */
  readonly locale: string | undefined;
  readonly translation?: Translation;
}

/** Maps by locale or lists: Intercom, HelpDocs, Zendesk with `include=translations`. Names as `fieldsOf` writes them. */
const TRANSLATIONS = ['translatedcontent', 'multilingual', 'translations'];
/** What the languages share. A page is not among them: it is of one language. */
const SHARED = new Set([
  'id',
  'category',
  'sectionname',
  'section',
  'folder',
  'keywords',
  'labelnames',
  'tags',
  'labels',
  'hidden',
]);

/** The original first. A translation that repeats it is left out. */
export function languageRows(row: Row, shared: SharedId | undefined): LanguageRow[] {
  const original = withNested(row);
  const fields = fieldsOf(original);
  const found = TRANSLATIONS.map((name) => translationsIn(fields.get(name))).find(({ length }) => length > 0) ?? [];
  if (found.length === 0) return [{ row: original, ...ownLanguage(fields, shared) }];
  const isOriginal = isSameText(fields);
  const others = found.filter((translation) => !isOriginal(translation));
  const group = fieldText(fields.get('id') ?? fieldsOf(found[0]?.row ?? {}).get('sourceid') ?? fields.get('title'));
  const inGroup = (language: string | undefined) =>
    others.length === 0 || group === undefined ? {} : { translation: translationIn(group, language) };
  const named = fields.get('locale') ?? fields.get('defaultlocale') ?? found.find(isOriginal)?.locale;
  return [
    ...(textOf(fields) === undefined
      ? []
      : [{ row: original, locale: localeOfTranslation(fields), ...inGroup(fieldText(named)) }]),
    ...others.map(({ row: translation, locale }) => ({
      row: { ...sharedOf(fields), ...translation, id: fields.get('id') ?? fieldsOf(translation).get('sourceid') },
      locale: locale === fields.get('sourcelocale') ? undefined : locale,
      ...inGroup(locale),
    })),
  ];
}

/** Of a row that holds one language. */
function ownLanguage(fields: ReadonlyMap<string, unknown>, shared: SharedId | undefined): Omit<LanguageRow, 'row'> {
  const id = fieldText(fields.get('id'));
  if (shared !== undefined && id !== undefined)
    return {
      locale: shared.isFirst ? undefined : shared.language,
      translation: translationIn(id, shared.language),
    };
  const linked = linkedIds(fields, id);
  const locale = fieldText(fields.get('locale') ?? fields.get('lang') ?? fields.get('wpmlcurrentlocale'));
  const group = linked ?? (fields.has('sourcelocale') ? id : undefined);
  const own = group === undefined || locale === undefined ? {} : { translation: translationIn(group, locale) };
  return { locale: localeOfTranslation(fields), ...own };
}

/** WordPress names the posts that are translations by their ids: Polylang in a map by locale, WPML in a list. */
function linkedIds(fields: ReadonlyMap<string, unknown>, own: string | undefined): string | undefined {
  const map = fields.get('translations');
  const list = fields.get('wpmltranslations');
  const others = isRow(map)
    ? Object.values(map)
    : Array.isArray(list)
      ? list.filter(isRow).map((post) => post['id'])
      : [];
  const ids = [...others.map(fieldText), own].filter((id) => id !== undefined);
  return new Set(ids).size < 2 ? undefined : ids.sort()[0];
}

/** Gorgias keeps what is written in one language beside the article, in `translation`. */
function withNested(row: Row): Row {
  const fields = fieldsOf(row);
  const nested = fields.get('translation');
  return isRow(nested) ? { ...row, ...nested, id: fields.get('id') ?? nested['id'] } : row;
}

/** Zendesk lists an article once in each language under one id, and names the language that it was written in. */
function localeOfTranslation(fields: ReadonlyMap<string, unknown>): string | undefined {
  const locale = fieldText(fields.get('locale'));
  const source = fieldText(fields.get('sourcelocale'));
  return locale === undefined || source === undefined || locale === source ? undefined : locale;
}

interface LocaleRow {
  readonly row: Row;
  readonly locale: string;
}

function translationsIn(value: unknown): LocaleRow[] {
  if (Array.isArray(value))
    return value.filter(isRow).flatMap((row) => {
      const fields = fieldsOf(row);
      const locale = fieldText(fields.get('locale') ?? fields.get('languagecode') ?? fields.get('language'));
      return locale === undefined ? [] : [{ row, locale }];
    });
  if (!isRow(value)) return [];
  return Object.entries(value).flatMap(([locale, row]) =>
    isRow(row) && TAG_SHAPE.test(locale) ? [{ row, locale }] : [],
  );
}

function isSameText(fields: ReadonlyMap<string, unknown>) {
  const named = fieldText(fields.get('defaultlocale') ?? fields.get('locale'));
  const text = textOf(fields);
  return ({ row, locale }: LocaleRow) => text !== undefined && (locale === named || textOf(fieldsOf(row)) === text);
}

const textOf = (fields: ReadonlyMap<string, unknown>) => fieldText(fields.get('body') ?? fields.get('content'));

const sharedOf = (fields: ReadonlyMap<string, unknown>): Row =>
  Object.fromEntries([...fields].filter(([name]) => SHARED.has(name)));
