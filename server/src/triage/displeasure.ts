/** Recognizes an unhappy visitor who does not ask for an agent. Many of them want an answer, so an agent is offered and no ticket opened. Pure. */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import { createComplaintFinder } from './complaint.ts';
import { createPhraseFinder } from './hand-off-phrases.ts';
import { DISPLEASURE } from './phrases/displeasure.ts';

export type IsDispleased = (text: string) => boolean;

export function createDispleasureFinder(): IsDispleased {
  const phrases = createPhraseFinder(DISPLEASURE);
  const complaintIn = createComplaintFinder();
  return (text) => phrases.find(text.slice(0, MESSAGE_TEXT_MAX)).length > 0 || complaintIn(text) === 'unhelpful';
}
