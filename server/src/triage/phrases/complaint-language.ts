/** How one language's complaints are written down. `unsolved` names the problem or its solution; `unhelpful` speaks of the last answer. */
import type { Phrases } from './phrases.ts';

export type Complaint = 'unsolved' | 'unhelpful';

export const complaintLanguage = (unsolved: string[], unhelpful: string[]): Phrases<Complaint> => ({
  sets: {},
  phrases: { unsolved, unhelpful },
});
