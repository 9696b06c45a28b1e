/** What a search needs from a conversation: the new message, the one before, and what was cited for it. */
import type { Message } from '@firstword/shared/wire';
import type { AskedSoFar } from '../knowledge/question-parts.ts';

/** @param history earlier messages, oldest first */
export function askedSoFar(text: string, history: readonly Message[]): AskedSoFar {
  return {
    text,
    before: history.findLast(({ from }) => from === 'visitor')?.text,
    citedTitles: history.findLast(({ from }) => from === 'assistant')?.citations?.map(({ title }) => title) ?? [],
  };
}
