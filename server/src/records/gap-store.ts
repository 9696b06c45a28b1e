/** Questions that the articles do not cover, grouped by the words that they share. */
import type { KnowledgeGap } from '@firstword/shared/knowledge';

export interface UncoveredQuestion {
  readonly siteId: string;
  readonly conversationId: string;
  /** Of the answer that said so. */
  readonly seq: number;
  readonly question: string;
  /** The words that carry its meaning, as the search reads them. */
  readonly words: readonly string[];
  readonly at: number;
}

export interface GapStore {
  /** Idempotent by conversation and `seq`. */
  record(question: UncoveredQuestion): Promise<void>;
  /** The most frequent first, each with its latest questions. */
  list(siteId: string, limit: number): Promise<KnowledgeGap[]>;
  /** False when none of these sites has it. */
  remove(id: string, siteIds: readonly string[]): Promise<boolean>;
  /** Deletes the questions of a conversation, and gaps without any other. */
  erase(conversationId: string): Promise<void>;
}

/** Questions that are shown of a gap. */
export const GAP_QUESTIONS_SHOWN = 5;

/** Of the words of two questions, this share is the same when they are about one topic. */
const SAME_TOPIC = 0.5;

/** The gap that is most like the question; undefined when none is about its topic. */
export function pickGap<Gap extends { readonly words: readonly string[] }>(
  gaps: readonly Gap[],
  words: readonly string[],
): Gap | undefined {
  const rated = gaps.map((gap) => ({ gap, share: sharedPart(gap.words, words) }));
  const [best] = rated.sort((one, other) => other.share - one.share);
  return best !== undefined && best.share >= SAME_TOPIC ? best.gap : undefined;
}

function sharedPart(one: readonly string[], other: readonly string[]): number {
  const all = new Set([...one, ...other]);
  if (all.size === 0) return 1;
  return one.filter((word) => other.includes(word)).length / all.size;
}
