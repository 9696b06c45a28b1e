/** Makes Markdown of the rows of a PDF: paragraphs with whole words, headings, lists and tables. Pure. */
import { withoutEdges } from './pdf-edges.ts';
import type { PdfRow } from './pdf-rows.ts';
import { readTable } from './pdf-tables.ts';

/** A heading's text is larger than the others by this, or in a font of its own and short. */
const LARGER = 1.15;
const HEADING_CHARS = 120;
const BOLD_HEADING_CHARS = 60;
/** Of the usual distance of two lines; a paragraph begins with a larger one. */
const PARAGRAPH_GAP = 1.3;
/** In sizes: a first line that is set in by more begins a paragraph. */
const INDENT = 0.8;
/** Of its column: a line that ends a sentence before also ends a paragraph. */
const SHORT_LINE = 0.75;
const LIGATURES = /[\uFB00-\uFB06]/g;
const ITEM = /^(?:[•◦▪▸►‣●○■□*\uF0B7\uF0A7]\s*|[–—]\s+)/u;
const NUMBERED = /^\d{1,2}[.)]\s/;
/** A list of contents repeats the headings. */
const CONTENTS_LINE = /(?:\.\s?){5,}\s*\d+$/;
const SENTENCE_END = /[.!?:;。！？…]["'”»)\]]*$/u;

interface Block {
  readonly kind: 'heading' | 'item' | 'text' | 'table';
  text: string;
}

export function textOfPages(pages: readonly (readonly PdfRow[])[]): string {
  const kept = withoutEdges(pages).map((rows) => rows.filter(({ text }) => !CONTENTS_LINE.test(text)));
  const usual = usualOf(kept.flat());
  const whole = wholeWords(kept.flat());
  const blocks: Block[] = [];
  for (const rows of kept) addPage(blocks, rows, usual, whole);
  return blocks
    .map(({ kind, text }) =>
      kind === 'heading' ? `## ${text}` : kind === 'item' && !NUMBERED.test(text) ? `- ${text}` : text,
    )
    .reduce((all, text, at) => {
      const isList = blocks[at]?.kind === 'item' && blocks[at - 1]?.kind === 'item';
      return at === 0 ? text : `${all}${isList ? '\n' : '\n\n'}${text}`;
    }, '')
    .replaceAll(LIGATURES, (letters) => letters.normalize('NFKC'))
    .trim();
}

interface Usual {
  readonly size: number;
  readonly font: string;
  /** Of two lines, in points. */
  readonly distance: number;
}

function addPage(blocks: Block[], rows: readonly PdfRow[], usual: Usual, whole: ReadonlySet<string>): void {
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at];
    if (row === undefined) continue;
    const before = rows[at - 1];
    const table = readTable(rows, at, usual.distance * PARAGRAPH_GAP);
    if (table !== undefined) {
      blocks.push({ kind: 'table', text: table.text });
      at += table.rows - 1;
      continue;
    }
    const last = blocks.at(-1);
    const isApart = before === undefined || beginsApart(before, row, usual);
    const isItem = ITEM.test(row.text) || NUMBERED.test(row.text);
    if (isHeading(row, before, rows[at + 1], usual)) {
      const goesOn = last?.kind === 'heading' && !isApart && before?.size === row.size;
      if (last !== undefined && goesOn) last.text = joinLines(last.text, row.text, whole);
      else blocks.push({ kind: 'heading', text: row.text });
    } else if (isItem) blocks.push({ kind: 'item', text: row.text.replace(ITEM, '') });
    else if (last !== undefined && goesOn(last, row, before, isApart))
      last.text = joinLines(last.text, row.text, whole);
    else blocks.push({ kind: 'text', text: row.text });
  }
}

/** Also over the end of a column or page, where a sentence is open. */
function goesOn(last: Block, row: PdfRow, before: PdfRow | undefined, isApart: boolean): boolean {
  if (last.kind === 'heading' || last.kind === 'table') return false;
  if (!isApart) return true;
  const isBreak = before === undefined || row.y > before.y;
  return isBreak && !SENTENCE_END.test(last.text) && /^[\p{Ll}\p{Lo}]/u.test(row.text);
}

function beginsApart(before: PdfRow, row: PdfRow, { distance }: Usual): boolean {
  const down = before.y - row.y;
  if (down <= 0 || down > distance * PARAGRAPH_GAP * Math.max(1, row.size / before.size)) return true;
  // The last line of a paragraph, or an item of a list whose mark is a picture.
  const isShort = before.right < before.left + SHORT_LINE * (before.edge - before.left);
  if (isShort && SENTENCE_END.test(before.text) && /^[\p{Lu}\p{N}]/u.test(row.text)) return true;
  const isIndented = row.x - row.left > INDENT * row.size && before.x - before.left <= INDENT * row.size;
  return isIndented && SENTENCE_END.test(before.text);
}

function isHeading(row: PdfRow, before: PdfRow | undefined, next: PdfRow | undefined, usual: Usual): boolean {
  const { text } = row;
  if (text.length > HEADING_CHARS || !/\p{L}/u.test(text) || /[.,;]$/.test(text) || ITEM.test(text)) return false;
  if (row.size >= usual.size * LARGER) return true;
  const isOwnFont = row.font !== usual.font && row.cells.every(({ font }) => font === row.font);
  const isFollowed = next !== undefined && next.font !== row.font && next.y < row.y;
  return (
    isOwnFont &&
    isFollowed &&
    text.length <= BOLD_HEADING_CHARS &&
    (before === undefined || beginsApart(before, row, usual))
  );
}

/** A word that is divided at the end of a line is one word, unless the document also writes it with the hyphen inside a line. */
function joinLines(text: string, line: string, compounds: ReadonlySet<string>): string {
  const [, head, hyphen] = /([\p{L}\d]+)([-\u00AD\u2010])$/u.exec(text) ?? [];
  const [tail] = /^\p{L}+/u.exec(line) ?? [];
  if (head === undefined || tail === undefined) return `${text} ${line}`;
  const isDivided =
    hyphen === '\u00AD' ||
    (/^\p{Ll}/u.test(tail) && /\p{L}$/u.test(head) && !compounds.has(`${head}-${tail}`.toLowerCase()));
  return isDivided ? `${text.slice(0, -1)}${line}` : `${text}${line}`;
}

/** Words with a hyphen inside a line. */
const wholeWords = (rows: readonly PdfRow[]) =>
  new Set(rows.flatMap(({ text }) => text.toLowerCase().match(/\p{L}+[-\u2010]\p{L}+/gu) ?? []));

function usualOf(rows: readonly PdfRow[]): Usual {
  const sizes = new Map<number, number>();
  const fonts = new Map<string, number>();
  const distances = new Map<number, number>();
  for (const [at, { text, size, font, y }] of rows.entries()) {
    const down = (rows[at - 1]?.y ?? y) - y;
    const add = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + text.length);
    add(sizes, size);
    add(fonts, font);
    if (down > 0) add(distances, Math.round(down * 2) / 2);
  }
  const size = mostFrequent(sizes) ?? 0;
  return { size, font: mostFrequent(fonts) ?? '', distance: mostFrequent(distances) ?? size };
}

const mostFrequent = <Key>(counts: ReadonlyMap<Key, number>): Key | undefined =>
  [...counts].reduce<readonly [Key | undefined, number]>(
    (best, one) => (one[1] > best[1] ? one : best),
    [undefined, 0],
  )[0];
