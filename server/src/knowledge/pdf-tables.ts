/** Finds a table in the rows of a PDF: rows whose cells begin or end at the same places. Pure. */
import type { PdfCell, PdfRow } from './pdf-rows.ts';

/** In points: edges that were meant to be equal. */
const ALIGNED = 3;
const CELLS_MIN = 2;
const ROWS_MIN = 2;

interface FoundTable {
  /** A Markdown table. */
  readonly text: string;
  /** How many of the rows it is made of. */
  readonly rows: number;
}

/** The table that begins with this row. @param lineGap a cell's next line is no further below, in points */
export function readTable(rows: readonly PdfRow[], from: number, lineGap: number): FoundTable | undefined {
  const first = rows[from];
  if (first === undefined || first.cells.length < CELLS_MIN) return undefined;
  const lines: string[][] = [];
  let columns = first.cells;
  let at = from;
  for (; at < rows.length; at++) {
    const row = rows[at];
    const before = rows[at - 1];
    if (row === undefined || (at > from && before !== undefined && before.y <= row.y)) break;
    const placed = row.cells.map((cell) => columnOf(columns, cell));
    const isAligned = placed.filter((column) => column >= 0).length >= Math.min(CELLS_MIN, row.cells.length);
    if (!isAligned) break;
    const goesOn = at > from && before !== undefined && before.y - row.y <= lineGap && !placed.includes(0);
    if (row.cells.length < CELLS_MIN && !goesOn) break;
    if (row.cells.length > columns.length && placed.every((column) => column >= 0)) columns = row.cells;
    const line = goesOn ? (lines.at(-1) ?? []) : columns.map(() => '');
    for (const [index, { text }] of row.cells.entries()) {
      const column = Math.max(0, placed[index] ?? 0);
      line[column] = line[column] ? `${line[column]} ${text}` : text;
    }
    if (!goesOn) lines.push(line);
  }
  if (lines.length < ROWS_MIN) return undefined;
  const written = lines.map((line) => `| ${line.map((cell) => (cell ?? '').replaceAll('|', '/')).join(' | ')} |`);
  const [head = '', ...others] = written;
  return { text: [head, `|${' --- |'.repeat(columns.length)}`, ...others].join('\n'), rows: at - from };
}

/** The column whose cell begins, ends or is centred at the same place; -1 without one. */
function columnOf(columns: readonly PdfCell[], { x, right }: PdfCell): number {
  return columns.findIndex(
    (column) =>
      Math.abs(column.x - x) <= ALIGNED ||
      Math.abs(column.right - right) <= ALIGNED ||
      Math.abs(column.x + column.right - x - right) <= 2 * ALIGNED,
  );
}
