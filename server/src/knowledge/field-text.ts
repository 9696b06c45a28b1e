/** Reads the text of a field of an export or of front matter, whatever the source made of it. Pure. */

/** Trimmed; undefined for nothing, and for lists, maps and flags. */
export function fieldText(value: unknown): string | undefined {
  if (typeof value === 'number') return `${value}`;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A list of words, or words in one text. */
export function fieldWords(value: unknown): string {
  if (Array.isArray(value)) return value.flatMap((word: unknown) => fieldText(word) ?? []).join(', ');
  return fieldText(value) ?? '';
}
