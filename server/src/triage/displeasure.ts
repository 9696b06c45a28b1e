/**
 * Recognizes an unhappy visitor who does not ask for an agent. Many of them want an answer, so an agent is offered and no ticket
 * opened; one who says nothing else has asked nothing that could be answered. Pure.
 */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import { createPhraseFinder } from './hand-off-phrases.ts';
import { ANGER } from './phrases/anger.ts';
import type { Complaint } from './phrases/complaint.ts';
import { DISPLEASURE } from './phrases/displeasure.ts';
import { consistsOf } from './whole-message.ts';

/** `only`: the message says nothing else. */
export type Displeasure = 'also' | 'only';
/** @param complaint what the message complains of; asked only where no phrase of displeasure was found */
export type DispleasureFinder = (text: string, complaint: () => Complaint | undefined) => Displeasure | undefined;

/** "I", "to my problem". */
const OTHER_WORDS_MAX = 3;

export function createDispleasureFinder(): DispleasureFinder {
  const phrases = createPhraseFinder([...DISPLEASURE, ...ANGER]);
  return (text, complaint) => {
    const read = text.slice(0, MESSAGE_TEXT_MAX);
    if (phrases.find(read).length === 0) return complaint() === 'unhelpful' ? 'also' : undefined;
    return !/[?？؟]/.test(read) && consistsOf(phrases, 'displeased', read, OTHER_WORDS_MAX) ? 'only' : 'also';
  };
}
