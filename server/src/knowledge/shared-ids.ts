/** Tells the languages of rows with one id: some exports list an article once in each language. Pure. */
import { fieldsOf, isRow } from './export-row.ts';
import { fieldText } from './field-text.ts';

export interface SharedId {
  readonly language: string;
  /** It keeps the id. */
  readonly isFirst: boolean;
  /** The row holds the text of another language, because there is no translation. */
  readonly isFallback: boolean;
}

/** Names as `fieldsOf` writes them: Document360, Freshdesk, tables. */
const LANGUAGE = ['languagecode', 'langcode', 'locale', 'language', 'lang'];
const FALLBACK = 'isfallbackcontent';

/** By row. Zendesk names the language that an article was written in, so that its rows need no others. */
export function sharedIds(rows: readonly unknown[]): ReadonlyMap<unknown, SharedId> {
  const byId = new Map<string, { row: unknown; language: string; isFallback: boolean }[]>();
  for (const row of rows.filter(isRow)) {
    const fields = fieldsOf(row);
    const id = fieldText(fields.get('id'));
    const language = LANGUAGE.map((name) => fieldText(fields.get(name))).find((found) => found !== undefined);
    if (id === undefined || language === undefined || fields.has('sourcelocale')) continue;
    const known = byId.get(id) ?? [];
    known.push({ row, language, isFallback: String(fields.get(FALLBACK)) === 'true' });
    byId.set(id, known);
  }
  return new Map(
    [...byId.values()]
      .filter((found) => new Set(found.map(({ language }) => language)).size > 1)
      .flatMap((found) =>
        found.map(({ row, ...about }, index): [unknown, SharedId] => [row, { ...about, isFirst: index === 0 }]),
      ),
  );
}
