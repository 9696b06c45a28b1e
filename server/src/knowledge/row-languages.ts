/** Splits a row of an export into its languages: help desks keep the translations of an article inside it. Pure. */
import { fieldsOf, isRow, type Row } from './export-row.ts';
import { fieldText } from './field-text.ts';

export interface LanguageRow {
  readonly row: Row;
  /** Of a translation; undefined for the article as it was written first. */
  readonly locale: string | undefined;
}

/** Maps by locale or lists: Intercom, HelpDocs, Zendesk with `include=translations`. Names as `fieldsOf` writes them. */
const TRANSLATIONS = ['translatedcontent', 'multilingual', 'translations'];
const LOCALE = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i;
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
]);

/** The original first. A translation that repeats it is left out. */
export function languageRows(row: Row): LanguageRow[] {
  const original = withNested(row);
  const fields = fieldsOf(original);
  const found = TRANSLATIONS.map((name) => translationsIn(fields.get(name))).find(({ length }) => length > 0) ?? [];
  if (found.length === 0) return [{ row: original, locale: localeOfTranslation(fields) }];
  const isOriginal = isSameText(fields);
  const others = found.filter((translation) => !isOriginal(translation));
  return [
    ...(textOf(fields) === undefined ? [] : [{ row: original, locale: localeOfTranslation(fields) }]),
    ...others.map(({ row: translation, locale }) => ({
      row: { ...sharedOf(fields), ...translation, id: fields.get('id') ?? fieldsOf(translation).get('sourceid') },
      locale: locale === fields.get('sourcelocale') ? undefined : locale,
    })),
  ];
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

interface Translation {
  readonly row: Row;
  readonly locale: string;
}

function translationsIn(value: unknown): Translation[] {
  if (Array.isArray(value))
    return value.filter(isRow).flatMap((row) => {
      const fields = fieldsOf(row);
      const locale = fieldText(fields.get('locale') ?? fields.get('languagecode') ?? fields.get('language'));
      return locale === undefined ? [] : [{ row, locale }];
    });
  if (!isRow(value)) return [];
  return Object.entries(value).flatMap(([locale, row]) => (isRow(row) && LOCALE.test(locale) ? [{ row, locale }] : []));
}

function isSameText(fields: ReadonlyMap<string, unknown>) {
  const named = fieldText(fields.get('defaultlocale') ?? fields.get('locale'));
  const text = textOf(fields);
  return ({ row, locale }: Translation) => text !== undefined && (locale === named || textOf(fieldsOf(row)) === text);
}

const textOf = (fields: ReadonlyMap<string, unknown>) => fieldText(fields.get('body') ?? fields.get('content'));

const sharedOf = (fields: ReadonlyMap<string, unknown>): Row =>
  Object.fromEntries([...fields].filter(([name]) => SHARED.has(name)));
