/** The beginning of a text, without half of a surrogate pair. The server cuts between whole characters, with more code. */
export function cut(text: string, max: number): string {
  return text.length > max ? text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '') : text;
}

/** The first character as a reader counts it; a code point in browsers without `Intl.Segmenter`. */
export function firstCharacter(text: string): string {
  const [first] = 'Segmenter' in Intl ? new Intl.Segmenter().segment(text) : text;
  return typeof first === 'object' ? first.segment : (first ?? '');
}
