/** The part of a message that shows why a search has found it. Pure. */
import type { FoundText } from '@firstword/shared/conversation-records';

/** What is marked: words only as a whole, parts wherever they occur. Both as the text spells them. */
export interface FoundTerms {
  readonly words: readonly string[];
  readonly parts: readonly string[];
}

/** In UTF-16 code units. */
const EXCERPT_MAX = 160;
const BEFORE_MAX = 40;

/** Undefined when the text has none of the terms. */
export function excerptOf(text: string, terms: FoundTerms): Pick<FoundText, 'excerpt' | 'marks'> | undefined {
  const line = text.replace(/\s+/gu, ' ').trim();
  const marks = marksOf(line, terms);
  const first = marks[0];
  if (first === undefined) return undefined;
  const start = startOf(line, first[0]);
  const end = Math.max(first[1], endOf(line, start));
  const [before, after] = [start > 0 ? '…' : '', end < line.length ? '…' : ''];
  const shift = before.length - start;
  return {
    excerpt: `${before}${line.slice(start, end)}${after}`,
    marks: marks.filter((mark) => mark[1] <= end).map((mark) => [mark[0] + shift, mark[1] + shift]),
  };
}

function marksOf(text: string, { words, parts }: FoundTerms): [number, number][] {
  const patterns = [
    ...words.map((word) => `(?<![\\p{L}\\p{N}])${escaped(word)}(?![\\p{L}\\p{N}])`),
    ...parts.map((part) => escaped(part)),
  ];
  const found = patterns
    .flatMap((pattern) => [...text.matchAll(new RegExp(pattern, 'gu'))])
    .map((match): [number, number] => [match.index, match.index + match[0].length])
    .sort((one, other) => one[0] - other[0]);
  const marks: [number, number][] = [];
  for (const [start, end] of found) {
    const last = marks.at(-1);
    // Neighbouring pairs of characters overlap.
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else marks.push([start, end]);
  }
  return marks;
}

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** At the beginning of a word, where there is one. */
function startOf(text: string, mark: number): number {
  if (mark <= BEFORE_MAX) return 0;
  const space = text.indexOf(' ', mark - BEFORE_MAX);
  if (space !== -1 && space < mark) return space + 1;
  return atCharacter(text, mark - BEFORE_MAX);
}

function endOf(text: string, start: number): number {
  const end = start + EXCERPT_MAX;
  if (end >= text.length) return text.length;
  const space = text.lastIndexOf(' ', end);
  return space > start + EXCERPT_MAX / 2 ? space : atCharacter(text, end);
}

/** Never between the halves of a surrogate pair. */
function atCharacter(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
}
