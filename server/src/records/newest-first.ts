/** Pages of records with a time and an id, the newest first, as stores read them. */
import { sql } from 'kysely';
import { readCursor, toPage } from './page-cursor.ts';

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The rows after the cursor, where a table has the columns `at` and `id`. @throws CursorError */
export function isAfterCursor(cursor: string | undefined) {
  if (cursor === undefined) return sql<boolean>`true`;
  const [at, id] = readCursor(cursor);
  return sql<boolean>`(at, id) < (${new Date(at)}, ${id})`;
}

/** Splits one row more than the page has, in order, into the page and the cursor of the next one. */
export function pageOfRows<Row extends { readonly at: Date; readonly id: string }>(
  rows: readonly Row[],
  limit: number,
) {
  return toPage(rows, limit, ({ at, id }) => [at.getTime(), id, 0]);
}

/** The same of records in memory. @throws CursorError */
export function pageInMemory<Item extends { readonly at: number; readonly id: string }>(
  items: readonly Item[],
  { cursor, limit }: PageRequest,
) {
  const [at, id] = cursor === undefined ? [Number.POSITIVE_INFINITY, ''] : readCursor(cursor);
  const after = items
    .filter((each) => each.at < at || (each.at === at && each.id < id))
    .sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1));
  return toPage(after.slice(0, limit + 1), limit, (each) => [each.at, each.id, 0]);
}
