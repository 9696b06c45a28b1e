/** Makes running text of the pages of a PDF: without the lines that stand on every page, and with words whole again. Pure. */

/** Fewer pages don't tell a heading of the page from a sentence that occurs twice. */
const PAGES_MIN = 3;
/** Headings and footings are among the first and last lines of a page. */
const EDGE_LINES = 2;
const LIGATURES = /[\uFB00-\uFB06]/g;
/** A word that was divided at the end of a line. A capital after the hyphen begins a word of its own. */
const DIVIDED = /(\p{Ll})[-\u00AD\u2010]\n(?=\p{Ll})/gu;

export function textOfPages(pages: readonly string[]): string {
  const lines = pages.map((page) => page.split(/\r?\n/).map((line) => line.trim()));
  const repeated = pages.length < PAGES_MIN ? new Set<string>() : repeatedLines(lines);
  return lines
    .map((page) => page.filter((line, at) => !(isAtEdge(at, page.length) && repeated.has(shapeOf(line)))).join('\n'))
    .join('\n\n')
    .replaceAll(LIGATURES, (letters) => letters.normalize('NFKC'))
    .replaceAll(DIVIDED, '$1')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** Lines at the edges of more than half of the pages; the number of the page may differ. */
function repeatedLines(pages: readonly (readonly string[])[]): Set<string> {
  const counts = new Map<string, number>();
  for (const page of pages) {
    const edges = page.filter((line, at) => line !== '' && isAtEdge(at, page.length));
    for (const shape of new Set(edges.map(shapeOf))) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count * 2 > pages.length).map(([shape]) => shape));
}

const shapeOf = (line: string) => line.replaceAll(/\d+/g, '#');
const isAtEdge = (at: number, length: number) => at < EDGE_LINES || at >= length - EDGE_LINES;
