/** Cursors of pages: where the next page begins, as an opaque text. */
import { z } from 'zod';

/** The text is not a cursor of this list. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
  constructor() {
    super('cursor: is not a cursor of this list. Use `next` of the page before, or leave it out for the first page.');
  }
}

/** Of the last row on the page: its time, its conversation, and its message where rows are messages. */
export type Position = readonly [at: number, conversationId: string, seq: number];

/** Beyond every time, and every place of a ticket in the order of work. */
const AT_MAX = 1e14;
/** Only what PostgreSQL can compare: clients may write cursors of their own. */
const positionSchema = z.tuple([z.int().min(0).max(AT_MAX), z.string().regex(/^[\w.-]{0,64}$/), z.int32().min(0)]);

export function writeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws CursorError */
export function readCursor(cursor: string): Position {
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new CursorError();
  }
}

/** Splits one row more than the page has into the page and the cursor of the next one. */
export function toPage<Row>(rows: readonly Row[], limit: number, positionOf: (row: Row) => Position) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, ...(rows.length > limit && last !== undefined ? { next: writeCursor(positionOf(last)) } : {}) };
}
