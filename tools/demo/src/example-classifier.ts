/** A naive Bayes classifier for a handful of examples. */
import { keysOf } from '@firstword/shared/keys-of';

export interface LearnedVerdict<Label extends string> {
  readonly label: Label;
  /** 0 to 1. */
  readonly confidence: number;
}

export type ExampleClassifier<Label extends string> = (words: readonly string[]) => LearnedVerdict<Label>;

/** All labels have the same prior probability, regardless of their number of examples. */
export function createExampleClassifier<Label extends string>(
  examples: Record<Label, readonly string[]>,
  split: (text: string) => readonly string[],
): ExampleClassifier<Label> {
  const labels = keysOf(examples);
  const counts = labels.map((label) => {
    const words = new Map<string, number>();
    let total = 0;
    for (const example of examples[label]) {
      for (const word of split(example)) {
        words.set(word, (words.get(word) ?? 0) + 1);
        total += 1;
      }
    }
    return { label, words, total };
  });
  const vocabulary = new Set(counts.flatMap(({ words }) => [...words.keys()]));

  return (words) => {
    // Words that occur in no example carry no evidence.
    const known = words.filter((word) => vocabulary.has(word));
    const logs = counts.map((count) =>
      known.reduce(
        (sum, word) => sum + Math.log(((count.words.get(word) ?? 0) + 0.5) / (count.total + 0.5 * vocabulary.size)),
        0,
      ),
    );
    const top = Math.max(...logs);
    const shares = logs.map((log) => Math.exp(log - top));
    const all = shares.reduce((sum, share) => sum + share, 0);
    const best = logs.indexOf(top);
    return { label: labels[best] ?? (labels[0] as Label), confidence: (shares[best] ?? 0) / all };
  };
}
