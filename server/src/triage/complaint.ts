/** Recognizes that a visitor isn't satisfied with what was done: "It is still not solved", "That did not help". Pure. */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import { createPhraseFinder } from './hand-off-phrases.ts';
import { COMPLAINTS, type Complaint } from './phrases/complaint.ts';

/** `unsolved` if it says both. */
export type ComplaintFinder = (text: string) => Complaint | undefined;

export function createComplaintFinder(): ComplaintFinder {
  const phrases = createPhraseFinder(COMPLAINTS);
  return (text) => {
    const hits = phrases.find(text.slice(0, MESSAGE_TEXT_MAX));
    return hits.find(({ name }) => name === 'unsolved')?.name ?? hits[0]?.name;
  };
}
