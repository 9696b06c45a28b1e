/** An object of an export, and its fields by name. Pure. */
import { foldLetters } from '../lib/fold-letters.ts';

export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** By names in small letters, without accents, signs and what the row is: `Article Title`, `article_title` and `articleTitle` are `title`. */
export function fieldsOf(row: Row): ReadonlyMap<string, unknown> {
  const named = Object.entries(row).map(
    ([name, field]) => [foldLetters(name).replaceAll(/[^\p{L}\p{N}]/gu, ''), rendered(field)] as const,
  );
  const short = named.map(([name, field]) => [name.replace(/^(?:article|faq|page|post)(?=.)/, ''), field] as const);
  // The last one of a name is kept: `id` outranks `article_id`.
  return new Map([...short.reverse(), ...named.reverse()]);
}

/** WordPress: `{ "rendered": "…" }`. */
const rendered = (field: unknown): unknown => (isRow(field) && 'rendered' in field ? field['rendered'] : field);
