/** Reads from a conversation's earlier messages what the hand-off rules need. Pure. */
import type { Message } from '@firstword/shared/wire';
import type { LastAnswer } from '../triage/reply.ts';

/** What happened since a ticket was resolved; undefined if none was. An answer with sources began another matter. */
export function sinceResolved(history: readonly Message[]): 'nothing' | 'answered' | undefined {
  const resolvedAt = history.findLastIndex(({ notice }) => notice === 'resolved');
  if (resolvedAt < 0) return undefined;
  return history.slice(resolvedAt).some(({ citations }) => citations !== undefined) ? 'answered' : 'nothing';
}

/** The number of failed answers since the last good one. */
export function failuresInARow(history: readonly Message[]): number {
  const answers = history.filter(({ from }) => from === 'assistant');
  const lastGood = answers.findLastIndex(({ state }) => state !== 'failed' && state !== 'interrupted');
  return answers.length - 1 - lastGood;
}

/** The assistant's message, if it was the last before the visitor's. */
export function lastAnswer(history: readonly Message[]): LastAnswer | undefined {
  const last = history.findLast(({ from }) => from !== 'system');
  return last?.from === 'assistant' ? { text: last.text, offersAgent: last.offer === 'agent' } : undefined;
}
