/** Reads and rewrites the marks with which an answer cites its sources: [1], [1, 2], [1-3], [^1] and 【1】. */

const NUMBERS = String.raw`\^?\d{1,2}(?:\s*[,;–-]\s*\^?\d{1,2})*`;
/** A run of marks: not after a Latin word (`items[1]`), a bracket or another run, and no link (`[1](…)`). */
const MARKS = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}_)\]])(?:\[${NUMBERS}\](?!\())+|(?:【${NUMBERS}(?:†[^】]{0,40})?】)+`,
  'gu',
);
const WITH_SPACE = new RegExp(String.raw`([ \t]*)(${MARKS.source})`, 'gu');
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
    part.replace(WITH_SPACE, (written, space: string, marks: string, at: number) => {
      const known = [...new Set(numbersOf(marks).filter(isSource))];
      if (known.length === 0) return '';
      // `word[1]` would read as code.
      const needsSpace = written.startsWith('【') && /[\p{Script=Latin}\p{N}]$/u.test(part.slice(0, at));
      return `${needsSpace ? ' ' : space}${known.map((n) => `[${n}]`).join('')}`;
    }),
  );
}

/** The numbers of the marks, in order, each once. */
export function marksIn(text: string): number[] {
  return [...new Set(Array.from(text.matchAll(MARKS), ([marks]) => numbersOf(marks)).flat())];
}

export const withoutMarks = (text: string) => text.replace(WITH_SPACE, '');

function outsideCode(text: string, change: (part: string) => string): string {
  return text
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}
