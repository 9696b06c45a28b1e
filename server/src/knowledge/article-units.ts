/** Splits an article into the smallest parts that state something: sentences, list items and table rows. */

import { sentencesOf } from './framing.ts';
import { blocksOf } from './markdown-blocks.ts';
import { plainText } from './plain-text.ts';

export interface ArticleUnit {
  /** Plain text. A table row holds the names of its columns. */
  readonly text: string;
  /** The heading above it; empty without one. */
  readonly heading: string;
  /** The line that introduces a list, or the sentence before in the same paragraph; empty without one. */
  readonly before: string;
  /** Of a list without numbers, which its heading and introduction complete; steps are complete sentences. */
  readonly isBullet: boolean;
  /** Of a table. */
  readonly isRow: boolean;
}

const BULLET = /^\s*[-*+]\s/;
const ITEM = /^\s*(?:[-*+]|\d{1,3}[.)])\s+/;

export function articleUnits(markdown: string): ArticleUnit[] {
  const units: ArticleUnit[] = [];
  let heading = '';
  for (const { text, isCode } of blocksOf(markdown)) {
    if (isCode) {
      units.push({ text, heading, before: '', isBullet: false, isRow: false });
      continue;
    }
    for (const paragraph of text.split(/\n{2,}|(?=^#{1,6}\s)/m)) {
      let columns: readonly string[] = [];
      let before = '';
      for (const line of joinedLines(paragraph)) {
        const title = /^#{1,6}\s+(.+)$/.exec(line)?.[1];
        if (title !== undefined) heading = plainText(title);
        else if (line.startsWith('|')) {
          const cells = cellsOf(line);
          if (cells.length === 0) continue;
          if (columns.length === 0) columns = cells;
          else units.push({ text: rowText(cells, columns), heading, before: '', isBullet: false, isRow: true });
        } else
          for (const sentence of sentencesOf(plainText(line))) {
            units.push({ text: sentence, heading, before, isBullet: BULLET.test(line), isRow: false });
            // Items of a list share the line that introduces it.
            if (!ITEM.test(line)) before = sentence;
          }
      }
    }
  }
  return units;
}

/** Lines of a paragraph that were wrapped are one; list items and rows are their own. */
function joinedLines(paragraph: string): string[] {
  const lines: string[] = [];
  for (const line of paragraph.split('\n')) {
    const last = lines.at(-1);
    const isOwn = ITEM.test(line) || line.startsWith('|') || line.startsWith('#') || /^[|#]/.test(last ?? '|');
    if (isOwn || last === undefined) lines.push(line);
    else lines[lines.length - 1] = `${last} ${line.trim()}`;
  }
  return lines.filter((line) => line.trim() !== '');
}

/** Empty for the line below the names of the columns. */
function cellsOf(line: string): string[] {
  if (/^\|[\s|:-]+$/.test(line)) return [];
  return line
    .replace(/^\||\|\s*$/g, '')
    .split('|')
    .map((cell) => plainText(cell));
}

const rowText = (cells: readonly string[], columns: readonly string[]) =>
  cells.map((cell, at) => (columns[at] ? `${columns[at]}: ${cell}` : cell)).join('; ');
