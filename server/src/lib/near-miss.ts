/** Finds the name that was probably meant when an unknown one was given. */
import { distance } from 'fastest-levenshtein';

/** More edits than this make a different word, not a typing error. */
const EDITS_MAX = 3;

export function nearMiss(given: string, known: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  const allowed = Math.min(EDITS_MAX, Math.max(1, Math.floor(given.length / 3)));
  const [best] = known
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((a, b) => a.edits - b.edits);
  return best?.name;
}

/** ` Did you mean "…"?`, or nothing when no known name is near. */
export function didYouMean(given: string, known: readonly string[]): string {
  const near = nearMiss(given, known);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}
