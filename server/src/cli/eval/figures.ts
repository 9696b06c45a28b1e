/** Formats results: tables, shares, percentiles. */

/** The percentile `p` (0…1) by nearest rank; 0 for an empty list. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0;
}

/** 0 if the total is 0. */
export const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

export const rounded = (value: number, digits = 3) => Number(value.toFixed(digits));

/** Pads columns to equal width; aligns the first left, the others right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map(String));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
