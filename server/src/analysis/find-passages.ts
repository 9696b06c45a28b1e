/** Finds the help passages that an analysis may quote. */
import { setImmediate } from 'node:timers/promises';
import type { Message } from '@firstword/shared/wire';
import type { FoundPassage, Knowledge } from '../knowledge/knowledge.ts';
import { inOneLanguage } from '../knowledge/passages.ts';

/** What an analysis uses of a site's guidance. */
export interface AnalysisGuidance {
  /** One line each, as in the prompts of answers. */
  readonly rules: readonly string[];
  snippetsFor(
    knowledge: Pick<Knowledge, 'weighWords'>,
    asked: { readonly text: string; readonly before?: string | undefined },
  ): readonly { readonly title: string; readonly text: string }[];
}

/** Ids of snippets begin with it, and no imported article's id does. */
export const SNIPPET_ID = 'guidance:';

const QUESTIONS = 8;
const PASSAGES_PER_QUESTION = 3;
const PASSAGES = 6;

/**
 * Searches for the visitor's first and latest messages; the best passages of all searches come first. Other work runs between the
 * searches, because streams of visitors may share this thread.
 */
export async function findPassages(
  knowledge: Pick<Knowledge, 'search'>,
  messages: readonly Message[],
): Promise<FoundPassage[]> {
  const asked = messages.filter(({ from }) => from === 'visitor');
  const questions = [...asked.slice(0, 1), ...asked.slice(1).slice(-(QUESTIONS - 1))];
  const best = new Map<string, FoundPassage>();
  for (const { text } of questions) {
    await setImmediate();
    for (const passage of knowledge.search(text, PASSAGES_PER_QUESTION)) {
      const known = best.get(passage.id);
      if (known === undefined || known.score < passage.score) best.set(passage.id, passage);
    }
  }
  return inOneLanguage([...best.values()].sort((one, other) => other.score - one.score)).slice(0, PASSAGES);
}

/** The snippets that concern the visitor's latest message, as passages that an analysis may quote. */
export function findSnippets(
  guidance: Pick<AnalysisGuidance, 'snippetsFor'> | undefined,
  knowledge: Pick<Knowledge, 'weighWords'>,
  messages: readonly Message[],
): FoundPassage[] {
  const [text = '', before] = messages.flatMap((message) => (message.from === 'visitor' ? message.text : [])).reverse();
  return (guidance?.snippetsFor(knowledge, { text, before }) ?? []).map((snippet, at) => {
    const articleId = `${SNIPPET_ID}${at + 1}`;
    return { ...snippet, id: articleId, articleId, heading: '', keywords: '', url: '', score: 1 };
  });
}
