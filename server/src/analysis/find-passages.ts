/** Finds the help passages that an analysis may quote. */
import { setImmediate } from 'node:timers/promises';
import type { Message } from '@firstword/shared/wire';
import type { FoundPassage, Knowledge } from '../knowledge/knowledge.ts';

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
  return [...best.values()].sort((one, other) => other.score - one.score).slice(0, PASSAGES);
}
