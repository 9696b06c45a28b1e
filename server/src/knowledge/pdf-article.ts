/** Reads an article from the text of a PDF. */
import { z } from 'zod';
import { phrase } from '../lib/phrase.ts';
import { checkedArticle, KnowledgeError, type ReadArticles } from './article.ts';
import { idOfPath, titleOfPath } from './article-names.ts';
import { type PdfRow, type PdfRun, rowsOfPage } from './pdf-rows.ts';
import { textOfPages } from './pdf-text.ts';

/** What programs write for a document without a title: its file's name, with their own. */
const OF_A_PROGRAM =
  /^(?:microsoft (?:word|powerpoint|excel) - .*|untitled.*|.*\.(?:docx?|pptx?|xlsx?|indd|pdf|odt|tex|html?))$/i;

/** @throws KnowledgeError naming the file and what is wrong with it */
export async function parsePdfArticle(
  bytes: Uint8Array,
  path: string,
  urlOf: (id: string) => string,
): Promise<ReadArticles> {
  let read: ReadPdf;
  try {
    read = await readPdf(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KnowledgeError(phrase`${path}: is not a readable PDF (${reason})`, { cause: error });
  }
  const text = textOfPages(read.pages);
  if (text === '')
    throw new KnowledgeError(phrase`${path}: holds no text. A scanned PDF needs text recognition first.`);
  const stated = typeof read.title === 'string' ? read.title.replace(OF_A_PROGRAM, '').trim() : '';
  const [opening, heading = ''] = /^## (.+)\n\n/.exec(text) ?? [];
  const title = stated || heading || titleOfPath(path);
  const body = opening !== undefined && heading === title ? text.slice(opening.length) : text;
  const id = idOfPath(path);
  const article = checkedArticle({ id, title, body, url: urlOf(id) }, path);
  if (read.scanned.length === 0) return { articles: [article], skipped: [] };
  const numbers = read.scanned.join(', ');
  return {
    articles: [article],
    skipped: [phrase`${path}, pages without text: ${numbers}. Scanned pages need text recognition first.`],
  };
}

interface TextItem {
  readonly str: string;
  readonly dir: string;
  readonly width: number;
  readonly fontName: string;
  readonly transform: unknown;
}

interface ReadPdf {
  readonly pages: readonly (readonly PdfRow[])[];
  /** Numbers of the pages that hold pictures alone. */
  readonly scanned: readonly number[];
  readonly title: unknown;
}

/** pdf.js declares its numbers as `any`. */
const matrix = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]);

async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  // Loaded only when there is a PDF, because it is large.
  const { getDocumentProxy, getMeta, getResolvedPDFJS } = await import('unpdf');
  const { OPS } = await getResolvedPDFJS();
  const pictures = new Set<number>([OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject]);
  const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  try {
    const pages: PdfRow[][] = [];
    const scanned: number[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const rows = rowsOfPage(runsOf(items.flatMap((item) => ('str' in item ? item : []))));
      pages.push(rows);
      if (rows.length === 0 && (await page.getOperatorList()).fnArray.some((step) => pictures.has(step)))
        scanned.push(number);
      page.cleanup();
    }
    const { info } = await getMeta(document);
    return { pages, scanned, title: info['Title'] };
  } finally {
    await document.destroy();
  }
}

/** Without blanks, and without text in another direction than most, such as a stamp beside the page. */
function runsOf(items: readonly TextItem[]): PdfRun[] {
  const turned = items.filter(({ str }) => str.trim() !== '').map((item) => ({ item, ...placeOf(item) }));
  const letters = [0, 0, 0, 0];
  for (const { item, quarter } of turned) letters[quarter] = (letters[quarter] ?? 0) + item.str.length;
  const usual = letters.indexOf(Math.max(...letters));
  return turned
    .filter(({ quarter }) => quarter === usual)
    .map(({ item: { str, dir, width, fontName }, x, y, size }) => ({
      text: str,
      x,
      right: x + width,
      y,
      size,
      font: fontName,
      isRightToLeft: dir === 'rtl',
    }));
}

/** Where a text begins once the page is turned so that it runs to the right. */
function placeOf({ transform }: TextItem) {
  const [across, up, slant, upright, x, y] = matrix.parse(transform);
  const quarter = (Math.round(Math.atan2(up, across) / (Math.PI / 2)) + 4) % 4;
  const [right = x, top = y] =
    [
      [x, y],
      [y, -x],
      [-x, -y],
      [-y, x],
    ][quarter] ?? [];
  return { quarter, x: right, y: top, size: Math.round(Math.hypot(slant, upright) * 10) / 10 };
}
