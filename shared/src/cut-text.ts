/** Cuts texts without splitting a character that the reader sees as one, such as an emoji or a letter with its accents. */

const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : undefined;
/** The second half of a pair, or what belongs to the character before: marks, joiners, skin tones, tags. */
const CONTINUES = /^(?:[\uDC00-\uDFFF\p{M}\u200D]|\p{EMod}|[\u{E0020}-\u{E007F}])/u;
/** Enough text after the cut to see whether a character continues there. */
const LOOK_AHEAD = 64;

/** For browsers without `Intl.Segmenter`: splits no pair and no joined emoji, but may split flags. */
function boundary(text: string, from: number, step: 1 | -1): number {
  let at = from;
  while (text[at] && at > 0 && (CONTINUES.test(text.slice(at, at + 2)) || text[at - 1] === '\u200D')) at += step;
  return at;
}

/** The beginning of `text`, at most `max` UTF-16 code units long. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max + LOOK_AHEAD);
  const at = segmenter?.segment(head).containing(max)?.index ?? boundary(head, max, -1);
  // A character longer than the limit is split between two code points.
  return text.slice(0, at > 0 ? at : max).replace(/[\uD800-\uDBFF]$/, '');
}

/** The first character as a reader counts it; empty for an empty text. */
export function firstCharacter(text: string): string {
  const head = text.slice(0, LOOK_AHEAD);
  if (segmenter) for (const { segment } of segmenter.segment(head)) return segment;
  return head.slice(0, boundary(head, 1, 1));
}
