/** Leaves out what a PDF repeats on its pages: running heads, footers and page numbers. Pure. */
import type { PdfRow } from './pdf-rows.ts';

/** Fewer pages don't tell a heading of the page from a sentence that occurs twice. */
const PAGES_MIN = 3;
/** Running heads and footers are among the first and last rows of a page. */
const EDGE_ROWS = 2;
/** Left and right pages may differ, and a part's first page has none. */
const PAGES_SHARE = 0.4;
const PAGE_NUMBER =
  /^(?:[–—-]\s*)?(?:(?:page|seite|página|pagina|strona|sayfa|p\.)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|von|sur|de|di|van|z|\/)\s*\d{1,4})?(?:\s*[–—-])?$/iu;

export function withoutEdges(pages: readonly (readonly PdfRow[])[]): (readonly PdfRow[])[] {
  const repeated = pages.length < PAGES_MIN ? new Set<string>() : repeatedShapes(pages);
  return pages.map((rows) => {
    const edges = edgesOf(rows);
    return rows.filter((row) => {
      if (!edges.has(row)) return true;
      const isNumber = pages.length > 1 && PAGE_NUMBER.test(row.text);
      return !isNumber && !repeated.has(shapeOf(row));
    });
  });
}

/** At the edges of many pages; the number of the page may differ. */
function repeatedShapes(pages: readonly (readonly PdfRow[])[]): Set<string> {
  const counts = new Map<string, number>();
  for (const rows of pages)
    for (const shape of new Set([...edgesOf(rows)].map(shapeOf))) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  return new Set(
    [...counts].filter(([, count]) => count >= Math.max(2, PAGES_SHARE * pages.length)).map(([shape]) => shape),
  );
}

const shapeOf = ({ text }: PdfRow) => text.replaceAll(/\d+/g, '#');

function edgesOf(rows: readonly PdfRow[]): Set<PdfRow> {
  const down = [...rows].sort((a, b) => b.y - a.y);
  return new Set([...down.slice(0, EDGE_ROWS), ...down.slice(-EDGE_ROWS)]);
}
