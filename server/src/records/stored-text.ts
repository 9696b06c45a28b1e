/** Text as PostgreSQL can hold it: without NUL and without halves of surrogate pairs, which visitors and models may send. */

export function storedText(text: string): string {
  return text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** JSON for a `jsonb` column. */
export function storedJson(value: object): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storedText(part) : part));
}
