/**
 * A full-text index with precomputed BM25+ scores per field, so that a query only adds numbers. Own code, because the
 * hand-off rules need scores that are comparable between queries.
 */
import { openStrings, type PackedStrings, packStrings, sharedFloat32, sharedUint32 } from './packed-strings.ts';

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
  contains(document: number, term: string): boolean;
  /** Inverse document frequency: the highest for a term that no document contains. */
  rarityOf(term: string): number;
}

/** BM25's `k1`: how soon further occurrences of a term stop adding to the score. */
const SATURATION = 1.2;
/** BM25+'s `delta`: the minimum for an occurrence, so that long fields aren't penalized too much. */
const PRESENCE = 0.5;

/** In shared memory. The postings of term number `t` are those before `ends[t]`, after the term before it. */
export interface PackedIndex {
  readonly terms: PackedStrings;
  readonly ends: Uint32Array;
  readonly documents: Uint32Array;
  readonly scores: Float32Array;
  readonly documentCount: number;
  /** The upper bound of a term's score, before its inverse document frequency. */
  readonly most: number;
}

/** @param documents for each document the terms of each field, in the order of `fields` */
export function packIndex(
  fields: readonly IndexField[],
  documents: readonly (readonly (readonly string[])[])[],
): PackedIndex {
  const scored = scoresByTerm(fields, documents);
  const postings = [...scored.values()].reduce((sum, documentScores) => sum + documentScores.size, 0);
  const packed = {
    terms: packStrings([...scored.keys()]),
    ends: sharedUint32(scored.size),
    documents: sharedUint32(postings),
    scores: sharedFloat32(postings),
    documentCount: documents.length,
    most: (SATURATION + 1 + PRESENCE) * fields.reduce((sum, { weight }) => sum + weight, 0),
  };
  let end = 0;
  for (const [number, documentScores] of [...scored.values()].entries()) {
    const idf = inverseDocumentFrequency(documents.length, documentScores.size);
    for (const [document, value] of documentScores) {
      packed.documents[end] = document;
      packed.scores[end] = value * idf;
      end++;
    }
    packed.ends[number] = end;
  }
  return packed;
}

export function openIndex({
  terms: packedTerms,
  ends,
  documents,
  scores,
  documentCount,
  most,
}: PackedIndex): SearchIndex {
  const known = openStrings(packedTerms);
  const rangeOf = (term: string) => {
    const number = known.indexOf(term);
    return number < 0 ? { start: 0, end: 0 } : { start: ends[number - 1] ?? 0, end: ends[number] ?? 0 };
  };
  return {
    score(terms) {
      const found = new Float64Array(documentCount);
      const matchedWeight = new Float64Array(documentCount);
      for (const [term, weight] of terms) {
        const { start, end } = rangeOf(term);
        for (let at = start; at < end; at++) {
          const document = documents[at] ?? 0;
          found[document] = (found[document] ?? 0) + weight * (scores[at] ?? 0);
          matchedWeight[document] = (matchedWeight[document] ?? 0) + weight;
        }
      }
      return { scores: found, matchedWeight };
    },
    bestPossible(terms) {
      let best = 0;
      for (const [term, weight] of terms) {
        const { start, end } = rangeOf(term);
        best += weight * most * inverseDocumentFrequency(documentCount, end - start);
      }
      return best;
    },
    rarityOf(term) {
      const { start, end } = rangeOf(term);
      return inverseDocumentFrequency(documentCount, end - start);
    },
    has: (term) => known.indexOf(term) >= 0,
    contains(document, term) {
      const { start, end } = rangeOf(term);
      return documents.subarray(start, end).includes(document);
    },
  };
}

const inverseDocumentFrequency = (documents: number, documentsWith: number) =>
  Math.log(1 + (documents - documentsWith + 0.5) / (documentsWith + 0.5));

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

export function countEach(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
