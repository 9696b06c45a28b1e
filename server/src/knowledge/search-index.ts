/**
 * Full-text index whose BM25 scores are worked out beforehand, so that a query only adds numbers up: each field is
 * scored alone and weighed, which lets a title count even where the text repeats its words.
 */

export interface IndexField {
  readonly weight: number;
  /** 0: a field's length does not matter; 1: twice the average length halves what an occurrence is worth. */
  readonly lengthPenalty: number;
}

export interface SearchIndex {
  /** For each document what these terms, each with its weight, are worth in it; and how much of their weight it holds. */
  score(terms: ReadonlyMap<string, number>): { readonly scores: Float64Array; readonly held: Float64Array };
  /** The sum of what the terms could be worth at most, if one document held them all. */
  bestPossible(terms: ReadonlyMap<string, number>): number;
  has(term: string): boolean;
  terms(): Iterable<string>;
}

/** How soon more occurrences of a term stop mattering. */
const SATURATION = 1.2;
/** What a term is worth for standing in a field at all, so that long fields are not punished too hard (BM25+). */
const PRESENCE = 0.5;

interface Posting {
  readonly documents: Int32Array;
  readonly scores: Float32Array;
}

/** @param documents for each document the terms of each field, in the order of `fields` */
export function createSearchIndex(
  fields: readonly IndexField[],
  documents: readonly (readonly (readonly string[])[])[],
): SearchIndex {
  const rarity = (documentsWith: number) =>
    Math.log(1 + (documents.length - documentsWith + 0.5) / (documentsWith + 0.5));
  const postings = new Map<string, Posting>();
  for (const [term, worth] of worthByTerm(fields, documents)) {
    const rare = rarity(worth.size);
    postings.set(term, {
      documents: Int32Array.from(worth.keys()),
      scores: Float32Array.from(worth.values(), (value) => value * rare),
    });
  }
  const most = (SATURATION + 1 + PRESENCE) * fields.reduce((sum, { weight }) => sum + weight, 0);

  return {
    score(terms) {
      const scores = new Float64Array(documents.length);
      const held = new Float64Array(documents.length);
      for (const [term, weight] of terms) {
        const posting = postings.get(term);
        if (posting === undefined) continue;
        for (let index = 0; index < posting.documents.length; index++) {
          const document = posting.documents[index] ?? 0;
          scores[document] = (scores[document] ?? 0) + weight * (posting.scores[index] ?? 0);
          held[document] = (held[document] ?? 0) + weight;
        }
      }
      return { scores, held };
    },
    bestPossible(terms) {
      let best = 0;
      for (const [term, weight] of terms) best += weight * most * rarity(postings.get(term)?.documents.length ?? 0);
      return best;
    },
    has: (term) => postings.has(term),
    terms: () => postings.keys(),
  };
}

/** Term → document → what the term is worth there, before its rarity. */
function worthByTerm(
  fields: readonly IndexField[],
  documents: readonly (readonly (readonly string[])[])[],
): Map<string, Map<number, number>> {
  const found = new Map<string, Map<number, number>>();
  for (const [field, { weight, lengthPenalty }] of fields.entries()) {
    const lengths = documents.map((document) => document[field]?.length ?? 0).filter((length) => length > 0);
    const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
    for (const [number, document] of documents.entries()) {
      const terms = document[field] ?? [];
      const damping = SATURATION * (1 - lengthPenalty + (lengthPenalty * terms.length) / Math.max(1, average));
      for (const [term, count] of countEach(terms)) {
        const worth = found.get(term) ?? new Map<number, number>();
        const value = weight * (PRESENCE + (count * (SATURATION + 1)) / (count + damping));
        worth.set(number, (worth.get(number) ?? 0) + value);
        found.set(term, worth);
      }
    }
  }
  return found;
}

function countEach(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
