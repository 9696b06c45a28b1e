/**
 * How visitors say, after their ticket was resolved, that it is not solved, in each shipped language. `unhelpful` speaks of the
 * last answer, so it can mean another matter.
 */
import type { Complaint } from './complaint-language.ts';
import { LATIN_COMPLAINTS } from './complaint-latin.ts';
import { OTHER_COMPLAINTS } from './complaint-other-scripts.ts';
import { ROMANCE_COMPLAINTS } from './complaint-romance.ts';
import type { Phrases } from './phrases.ts';

export type { Complaint } from './complaint-language.ts';

export const COMPLAINTS: readonly Phrases<Complaint>[] = [
  ...LATIN_COMPLAINTS,
  ...ROMANCE_COMPLAINTS,
  ...OTHER_COMPLAINTS,
];
