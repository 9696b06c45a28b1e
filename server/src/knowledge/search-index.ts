/**
 * A full-text index with precomputed BM25+ scores per field, so that a query only adds numbers. Own code, because the
 * hand-off rules need scores that are comparable between queries.
 */

export interface IndexField {
  readonly weight: number;
  /** BM25's `b`. 0 ignores the field's length; 1 normalizes by it fully. */
  readonly lengthPenalty: number;
}

export interface SearchIndex {
  /** Per document: its score for these weighted terms, and the total weight of the terms it contains. */
  score(terms: ReadonlyMap<string, number>): { readonly scores: Float64Array; readonly matchedWeight: Float64Array };
  /** The upper bound of a score for these terms. */
  bestPossible(terms: ReadonlyMap<string, number>): number;
  has(term: string): boolean;
  terms(): Iterable<string>;
}

/** BM25's `k1`: how soon further occurrences of a term stop adding to the score. */
const SATURATION = 1.2;
/** BM25+'s `delta`: the minimum for an occurrence, so that long fields aren't penalized too much. */
const PRESENCE = 0.5;

interface Posting {
  readonly documents: Int32Array;
  readonly scores: Float32Array;
}

/** @param documents per document the terms of each field, in the order of `fields` */
export function createSearchIndex(
  fields: readonly IndexField[],
  documents: readonly (readonly (readonly string[])[])[],
): SearchIndex {
  const inverseDocumentFrequency = (documentsWith: number) =>
    Math.log(1 + (documents.length - documentsWith + 0.5) / (documentsWith + 0.5));
  const postings = new Map<string, Posting>();
  for (const [term, scored] of scoresByTerm(fields, documents)) {
    const idf = inverseDocumentFrequency(scored.size);
    postings.set(term, {
      documents: Int32Array.from(scored.keys()),
      scores: Float32Array.from(scored.values(), (value) => value * idf),
    });
  }
  const most = (SATURATION + 1 + PRESENCE) * fields.reduce((sum, { weight }) => sum + weight, 0);

  return {
    score(terms) {
      const scores = new Float64Array(documents.length);
      const matchedWeight = new Float64Array(documents.length);
      for (const [term, weight] of terms) {
        const posting = postings.get(term);
        if (posting === undefined) continue;
        for (let index = 0; index < posting.documents.length; index++) {
          const document = posting.documents[index] ?? 0;
          scores[document] = (scores[document] ?? 0) + weight * (posting.scores[index] ?? 0);
          matchedWeight[document] = (matchedWeight[document] ?? 0) + weight;
        }
      }
      return { scores, matchedWeight };
    },
    bestPossible(terms) {
      let best = 0;
      for (const [term, weight] of terms)
        best += weight * most * inverseDocumentFrequency(postings.get(term)?.documents.length ?? 0);
      return best;
    },
    has: (term) => postings.has(term),
    terms: () => postings.keys(),
  };
}

/** Term → document → the term's score there, before its inverse document frequency. */
function scoresByTerm(
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
        const scored = found.get(term) ?? new Map<number, number>();
        const value = weight * (PRESENCE + (count * (SATURATION + 1)) / (count + damping));
        scored.set(number, (scored.get(number) ?? 0) + value);
        found.set(term, scored);
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
