/**
 * Recognizes an unhappy visitor who does not ask for an agent. Many of them want an answer, so an agent is offered and no ticket
 * opened; one who says nothing else has asked nothing that could be answered. Pure.
 */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import { createComplaintFinder } from './complaint.ts';
import { createPhraseFinder } from './hand-off-phrases.ts';
import { ANGER } from './phrases/anger.ts';
import { DISPLEASURE } from './phrases/displeasure.ts';
import { consistsOf } from './whole-message.ts';

/** `only`: the message says nothing else. */
export type Displeasure = 'also' | 'only';
export type DispleasureFinder = (text: string) => Displeasure | undefined;

/** "I", "to my problem". */
const OTHER_WORDS_MAX = 3;

export function createDispleasureFinder(): DispleasureFinder {
  const phrases = createPhraseFinder([...DISPLEASURE, ...ANGER]);
  const complaintIn = createComplaintFinder();
  return (text) => {
    const read = text.slice(0, MESSAGE_TEXT_MAX);
    if (phrases.find(read).length === 0) return complaintIn(text) === 'unhelpful' ? 'also' : undefined;
    return !/[?？؟]/.test(read) && consistsOf(phrases, 'displeased', read, OTHER_WORDS_MAX) ? 'only' : 'also';
  };
}
