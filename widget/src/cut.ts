/** Cuts texts between characters as a reader counts them: a flag or a family stays whole. In browsers without `Intl.Segmenter`, between code points. */

/** One such character has fewer code units than this. */
const CHARACTER_MAX = 64;

/** The beginning of a text, of at most `max` code units. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const segments = 'Segmenter' in Intl ? new Intl.Segmenter().segment(text.slice(0, max + CHARACTER_MAX)) : undefined;
  const end = segments?.containing(max)?.index;
  return text.slice(0, end || max).replace(/[\uD800-\uDBFF]$/, '');
}

export function firstCharacter(text: string): string {
  const [first] = 'Segmenter' in Intl ? new Intl.Segmenter().segment(text) : text;
  return typeof first === 'object' ? first.segment : (first ?? '');
}
