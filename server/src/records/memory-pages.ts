/** Pages of what a store in memory lists. */
import { type Position, readCursor, toPage } from './page-cursor.ts';

export function pageOf<Row>(
  rows: Row[],
  limit: number,
  cursor: string | undefined,
  positionOf: (row: Row) => Position,
) {
  const sorted = rows.toSorted((one, other) => comparePositions(positionOf(other), positionOf(one)));
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rest = after === undefined ? sorted : sorted.filter((row) => comparePositions(positionOf(row), after) < 0);
  return toPage(rest, limit, positionOf);
}

export function comparePositions(one: Position, other: Position): number {
  return one[0] - other[0] || (one[1] === other[1] ? one[2] - other[2] : one[1] < other[1] ? -1 : 1);
}
