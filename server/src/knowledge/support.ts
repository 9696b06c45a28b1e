/**
 * Checks whether a sentence of an answer is supported by an article: its words, numbers, names and negations must be in one
 * place of the article. Pure, without a model; fractions of a millisecond a sentence.
 */
import { type Amount, amountsIn, statesAmount } from './amounts.ts';
import { type CheckedSource, type Clause, type Place, type ReadSource, readSource } from './article-places.ts';
import type { Knowledge } from './knowledge.ts';
import { detectLanguage } from './language.ts';
import { denies } from './negations.ts';
import { namesIn } from './sentence-names.ts';
import { isTalk } from './talk.ts';

export type Support =
  /** `text` is the sentence of the article that supports it most. */
  | { readonly kind: 'supported'; readonly source: number; readonly text: string }
  | { readonly kind: 'unsupported' }
  /** It claims nothing, or is in another language than the articles and names no amount. */
  | { readonly kind: 'no-claim' };

export interface SupportCheck {
  /** Reads one more source, for callers that share their thread; false once all are read. */
  readNext(): boolean;
  /** @param preferred the sources that the sentence cites, by number; others are tried after them */
  check(sentence: string, preferred: readonly number[]): Support;
}

/** Trial: the 260 labelled sentences of test-data/support: 4 of 200 marked wrongly, 2 of 60 missed (`npm run eval -- support`). */
const SHARE_LEAST = 0.7;
/** A sentence whose amounts are all in one place needs fewer of its words there. */
const SHARE_LEAST_WITH_AMOUNTS = 0.55;
/** Words of the title and the heading above count this much. */
const AROUND = 0.8;
/** A sentence with less to say is a remark ("That's easy"). */
const WORDS_LEAST = 2;

/** Of two places that say the same, the cited one counts. */
const PREFERRED = 0.15;
/** An article that says what can be done refutes a sentence about what can't only if it says much more of the same. */
const DENIAL_MARGIN = 0.15;
/** A place that shares this much and says the opposite refutes the sentence. */
const OPPOSITE_LEAST = 0.7;

interface Candidate {
  readonly source: number;
  readonly text: string;
  readonly share: number;
  readonly rank: number;
}

export type SupportChecker = (sources: readonly CheckedSource[]) => SupportCheck;

/** Articles whose places are kept: reading one takes a millisecond. */
const KEPT_SOURCES = 300;

/** One for each state of the articles. */
export function createSupportChecker(knowledge: Pick<Knowledge, 'weighWords'>): SupportChecker {
  const kept = new Map<string, ReadSource>();
  const read = (source: CheckedSource): ReadSource => {
    const known = kept.get(source.text) ?? readSource(source, knowledge);
    kept.delete(source.text);
    kept.set(source.text, known);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_SOURCES && oldest !== undefined) kept.delete(oldest);
    return known;
  };
  return (sources) => createSupportCheck(knowledge, sources, read);
}

function createSupportCheck(
  knowledge: Pick<Knowledge, 'weighWords'>,
  sources: readonly CheckedSource[],
  readOnce: (source: CheckedSource) => ReadSource,
): SupportCheck {
  const read: { readonly n: number; readonly source: ReadSource }[] = [];
  const readNext = () => {
    const next = sources[read.length];
    if (next !== undefined) read.push({ n: next.n, source: readOnce(next) });
    return next !== undefined;
  };

  return {
    readNext,
    check(sentence, preferred) {
      const amounts = amountsIn(sentence);
      if (isTalk(sentence)) return { kind: 'no-claim' };
      while (readNext());
      const language = detectLanguage(sentence);
      const isForeign = language !== undefined && !read.some(({ source }) => source.language === language);
      if (isForeign && amounts.length === 0) return { kind: 'no-claim' };
      const words = knowledge.weighWords(sentence, read[0]?.source.language);
      if (words.size < WORDS_LEAST && amounts.length === 0) return { kind: 'no-claim' };
      const claim = { words, amounts, names: namesIn(sentence), isDenied: denies(sentence), isForeign };
      let best: Candidate | undefined;
      let opposite = 0;
      for (const { n, source } of read)
        for (const place of source.places) {
          const share = isForeign ? 1 : shareOf(words, place);
          // Few places come near, and only for those is it worth reading what they deny.
          if (share < leastOf(claim)) continue;
          if (!isForeign && isDeniedAt(words, place) !== claim.isDenied) {
            if (share >= OPPOSITE_LEAST) opposite = Math.max(opposite, share);
          } else if (states(place, claim)) {
            const rank = share + (preferred.includes(n) ? PREFERRED : 0);
            if (best === undefined || rank > best.rank) best = { source: n, text: place.text, share, rank };
          }
        }
      const isRefuted = best !== undefined && opposite >= best.share + (claim.isDenied ? DENIAL_MARGIN : 0);
      if (best === undefined || isRefuted) return { kind: 'unsupported' };
      return { kind: 'supported', source: best.source, text: best.text };
    },
  };
}

interface Claim {
  readonly words: ReadonlyMap<string, number>;
  readonly amounts: readonly Amount[];
  readonly names: readonly string[];
  readonly isDenied: boolean;
  readonly isForeign: boolean;
}

/** Not above `OPPOSITE_LEAST`, so that no refuting place is skipped. */
const leastOf = ({ amounts }: Claim) => (amounts.length > 0 ? SHARE_LEAST_WITH_AMOUNTS : SHARE_LEAST);

const states = (place: Place, { amounts, names, isForeign }: Claim) =>
  amounts.every((amount) => statesAmount(place.amounts, amount)) &&
  (isForeign || names.every((name) => place.folded.includes(name)));

function shareOf(words: ReadonlyMap<string, number>, { own, around }: Place): number {
  let found = 0;
  let all = 0;
  for (const [word, weight] of words) {
    all += weight;
    if (own.has(word)) found += weight;
    else if (around.has(word)) found += weight * AROUND;
  }
  return all === 0 ? 1 : found / all;
}

/**
 * Whether the article denies it there: in the clause that shares most with the sentence, in one that alone shares a word, or
 * in the heading or introduction of its list.
 */
function isDeniedAt(claim: ReadonlyMap<string, number>, { clauses, isDeniedAround }: Place): boolean {
  if (isDeniedAround) return true;
  let nearest: Clause | undefined;
  let most = 0;
  const sharing = new Map<string, number>();
  for (const clause of clauses) {
    let weight = 0;
    for (const word of clause.words) {
      const own = claim.get(word);
      if (own === undefined) continue;
      weight += own;
      sharing.set(word, (sharing.get(word) ?? 0) + 1);
    }
    if (weight > most) [nearest, most] = [clause, weight];
  }
  if (nearest?.isDenied) return true;
  return clauses.some(({ words, isDenied }) => isDenied && [...words].some((word) => sharing.get(word) === 1));
}
