/** How far an agent changed a proposed reply, in characters. */

/** Pairs of characters that are compared one by one; longer texts are compared by words, so that no request waits. */
const CELLS_MAX = 250_000;

/** Levenshtein distance; for long texts that of their words, each counted by its length. */
export function editDistance(before: string, after: string): number {
  const start = commonStart(before, after);
  const end = commonEnd(before.slice(start), after.slice(start));
  const one = before.slice(start, before.length - end);
  const other = after.slice(start, after.length - end);
  const byCharacter = one.length * other.length <= CELLS_MAX;
  return byCharacter ? distance([...one], [...other]) : distance(words(one), words(other));
}

function distance(before: readonly string[], after: readonly string[]): number {
  let row = [0];
  for (const part of after) row.push((row.at(-1) ?? 0) + part.length);
  for (const gone of before) {
    const next = [(row[0] ?? 0) + gone.length];
    after.forEach((come, column) => {
      const kept = (row[column] ?? 0) + (gone === come ? 0 : Math.max(gone.length, come.length));
      const removed = (row[column + 1] ?? 0) + gone.length;
      const added = (next[column] ?? 0) + come.length;
      next.push(Math.min(kept, removed, added));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}

const words = (text: string) => text.match(/\s+|[^\s]+/g) ?? [];

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

function commonEnd(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}
