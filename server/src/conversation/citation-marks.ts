/** Reads and rewrites the marks with which an answer cites its sources: [1], [1, 2], [1-3], [^1] and 【1】. */

const NUMBERS = String.raw`\^?\d{1,2}(?:\s*[,;–-]\s*\^?\d{1,2})*`;
/** A run of marks: not after a Latin word (`items[1]`), a bracket or another run, and no link (`[1](…)`). */
const MARKS = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}_)\]])(?:\[${NUMBERS}\](?!\())+|(?:【${NUMBERS}(?:†[^】]{0,40})?】)+`,
  'gu',
);
const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/;

/** The numbers that a run of marks names; `1-3` is three. */
function numbersOf(marks: string): number[] {
  return marks
    .replace(/†[^】]*/g, '')
    .split(/[,;\]】]/)
    .flatMap((part) => {
      const [from, to = from] = (part.match(/\d+/g) ?? []).map(Number);
      if (from === undefined || to === undefined) return [];
      return Array.from({ length: Math.max(0, to - from) + 1 }, (_, index) => from + index);
    });
}

/** Writes each mark as `[n]` and removes those that name no source. Code stays as it is. */
export function normalizeMarks(text: string, isSource: (n: number) => boolean): string {
  return outsideCode(text, (part) =>
    replaceMarks(part, (space, marks, before) => {
      const known = [...new Set(numbersOf(marks).filter(isSource))];
      if (known.length === 0) return '';
      // `word[1]` would read as code.
      const needsSpace = space === '' && marks.startsWith('【') && /[\p{Script=Latin}\p{N}]/u.test(before);
      return `${needsSpace ? ' ' : space}${known.map((n) => `[${n}]`).join('')}`;
    }),
  );
}

/** The numbers of the marks, in order, each once. */
export function marksIn(text: string): number[] {
  return [...new Set(Array.from(text.matchAll(MARKS), ([marks]) => numbersOf(marks)).flat())];
}

export const withoutMarks = (text: string) => replaceMarks(text, () => '');

/** With the space before them. Without a regular expression, which would read a run of spaces again from each of them. */
function replaceMarks(text: string, change: (space: string, marks: string, before: string) => string): string {
  const parts: string[] = [];
  let end = 0;
  for (const { 0: marks, index } of text.matchAll(MARKS)) {
    let from = index;
    while (from > end && (text[from - 1] === ' ' || text[from - 1] === '\t')) from -= 1;
    parts.push(text.slice(end, from), change(text.slice(from, index), marks, text[from - 1] ?? ''));
    end = index + marks.length;
  }
  return parts.join('') + text.slice(end);
}

function outsideCode(text: string, change: (part: string) => string): string {
  return text
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}
