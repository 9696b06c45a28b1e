/** Writes rows as CSV (RFC 4180) that a spreadsheet shows and never runs. Free of imports, so that browsers can import it. */

/**
 * What spreadsheets run as a formula: such a sign, full-width ones included, where a cell begins, also after white space. Where a
 * spreadsheet's country separates cells by semicolons or tabs, it ignores our quotes, so a cell may begin within ours.
 */
const FORMULA = /(^|[\n\r;\t])([^\S\n\r\t]*)(?=[=+\-@\uff0b\uff0d\uff1d\uff20])/g;
/** Some spreadsheets leave these out and read on. */
const BEGINS_WITH_SPACE = /^[\t\r\n]/;

export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(text: string): string {
  const marked = text.replace(FORMULA, "$1$2'");
  const harmless = BEGINS_WITH_SPACE.test(marked) ? `'${marked}` : marked;
  return /[",;\r\n\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
