/** What a reader counts as one character has fewer code units than this. */
const CHARACTER_MAX = 64;

/** The beginning of a text, without a part of a character: a flag or a family stays whole. Without `Intl.Segmenter`, a code point does. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const segments = 'Segmenter' in Intl ? new Intl.Segmenter().segment(text.slice(0, max + CHARACTER_MAX)) : undefined;
  const end = segments?.containing(max)?.index;
  return text.slice(0, end || max).replace(/[\uD800-\uDBFF]$/, '');
}

/** The first character as a reader counts it; a code point in browsers without `Intl.Segmenter`. */
export function firstCharacter(text: string): string {
  const [first] = 'Segmenter' in Intl ? new Intl.Segmenter().segment(text) : text;
  return typeof first === 'object' ? first.segment : (first ?? '');
}
