/** Text as PostgreSQL can hold it: without NUL and without halves of surrogate pairs, which visitors and models may send. */

const UNSTORED = /[\0\p{Surrogate}]/u;

export function storedText(text: string): string {
  return text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** JSON for a `jsonb` column. */
export function storedJson(value: object): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storedText(part) : part));
}

/** Deeper values are in no request that a schema accepts. */
const DEPTH_MAX = 20;

/** A value read from JSON, with texts that PostgreSQL can hold. The value itself where all of its texts are such. */
export function storedValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return UNSTORED.test(value) ? storedText(value) : value;
  if (typeof value !== 'object' || value === null || depth === DEPTH_MAX) return value;
  const inner = (part: unknown) => storedValue(part, depth + 1);
  if (Array.isArray(value)) {
    const parts = value.map(inner);
    return parts.some((part, index) => part !== value[index]) ? parts : value;
  }
  const entries = Object.entries(value);
  const stored = entries.map(([name, part]) => [storedValue(name), inner(part)] as const);
  const isSame = stored.every(([name, part], index) => name === entries[index]?.[0] && part === entries[index]?.[1]);
  return isSame ? value : Object.fromEntries(stored);
}
