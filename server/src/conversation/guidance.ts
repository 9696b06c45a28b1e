/** A site's guidance, ready for prompts: its rules as lines, and the snippets that concern a question. Pure. */
import type { Guidance } from '@firstword/shared/guidance';
import { sentencesOf, withoutFraming } from '../knowledge/framing.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { AskedSoFar } from '../knowledge/question-parts.ts';

export interface AnswerGuidance {
  /** Part of the answer cache's key. */
  readonly version: string;
  readonly maxWords: number;
  /** One line each: tone, what answers always do, what they never do. */
  readonly rules: readonly string[];
  /** The snippets that concern the question, best first. */
  snippetsFor(knowledge: WordWeights, asked: Pick<AskedSoFar, 'text' | 'before'>): Snippet[];
}

export type Snippet = Guidance['snippets'][number];
/** How rare each word is in the site's articles. */
export type WordWeights = Pick<Knowledge, 'weighWords'>;

const SNIPPETS_FOUND = 2;
/**
 * Share of a question's words, weighed by their rarity, that a snippet must contain. Trial: the beginnings of 39 articles of three
 * help centres as snippets. At 0.4 they are found for 47 of their 73 questions, and for 12 of 66 others of the same sites and 1 of
 * 600 about other things; at 0.3 for 52, 20 and 2; at 0.5 for 40, 9 and 1.
 */
const CONCERNS_FROM = 0.4;
/** One shared word of several is chance. */
const SHARED_WORDS_LEAST = 2;

export function prepareGuidance(
  version: string,
  { tone, maxWords, always, never, snippets }: Guidance,
): AnswerGuidance {
  const wordsOf = createSnippetWords(snippets);
  return {
    version,
    maxWords,
    rules: [
      ...(tone === '' ? [] : [`Tone: ${tone}`]),
      ...always.map((rule) => `Always: ${rule}`),
      ...never.map((rule) => `Never: ${rule}`),
    ],
    snippetsFor(knowledge, { text, before }) {
      if (snippets.length === 0) return [];
      // "And to Spain?" is about what was asked before.
      const sentences = sentencesOf(withoutFraming(text)).map((sentence) => [...knowledge.weighWords(sentence)]);
      const isFollowUp = before !== undefined && sentences.every((words) => words.length < SHARED_WORDS_LEAST);
      const parts = isFollowUp ? [[...knowledge.weighWords(`${before}\n${text}`)]] : sentences;
      return wordsOf(knowledge)
        .map(({ snippet, words }) => ({ snippet, share: Math.max(0, ...parts.map((part) => shareIn(words, part))) }))
        .filter(({ share }) => share >= CONCERNS_FROM)
        .sort((one, other) => other.share - one.share)
        .slice(0, SNIPPETS_FOUND)
        .map(({ snippet }) => snippet);
    },
  };
}

/** The words of each snippet as the site's articles are read; once for each version of the articles. */
function createSnippetWords(snippets: readonly Snippet[]) {
  const known = new WeakMap<WordWeights, { snippet: Snippet; words: ReadonlySet<string> }[]>();
  return (knowledge: WordWeights) => {
    const found =
      known.get(knowledge) ??
      snippets.map((snippet) => {
        const words = knowledge.weighWords(`${snippet.title}\n${snippet.text}`);
        return { snippet, words: new Set(words.keys()) };
      });
    known.set(knowledge, found);
    return found;
  };
}

function shareIn(words: ReadonlySet<string>, asked: readonly (readonly [word: string, rarity: number])[]): number {
  const shared = asked.filter(([word]) => words.has(word));
  if (shared.length === 0 || shared.length < Math.min(SHARED_WORDS_LEAST, asked.length)) return 0;
  const sum = (list: typeof asked) => list.reduce((total, [, rarity]) => total + rarity, 0);
  return sum(shared) / sum(asked);
}
