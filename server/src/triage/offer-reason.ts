/** Says why a message gets the offer of an agent with its answer, though it doesn't ask for one. Pure. */
import { createAccountReportFinder } from './account-report.ts';
import { createDispleasureFinder } from './displeasure.ts';
import { createReplyReader, type LastAnswer } from './reply.ts';
import { createUnhelpfulCounter, type Exchange } from './unhelpful-answers.ts';

export type OfferReason = 'displeased' | 'not-helped' | 'account-report';
export type OfferFinder = (input: {
  readonly text: string;
  /** The assistant's message just before; absent when there was none. */
  readonly last?: LastAnswer | undefined;
  /** The exchanges before, oldest first. */
  readonly earlier?: readonly Exchange[];
}) => OfferReason | undefined;

export function createOfferFinder(): OfferFinder {
  const displeasureIn = createDispleasureFinder();
  const accountReportIn = createAccountReportFinder();
  const readReply = createReplyReader();
  const countUnhelpful = createUnhelpfulCounter({ repeats: true });
  return ({ text, last, earlier = [] }) => {
    if (displeasureIn(text) !== undefined) return 'displeased';
    if (readReply(text, last) === 'bare-no' || countUnhelpful(earlier, text) > 0) return 'not-helped';
    return accountReportIn(text) === undefined ? undefined : 'account-report';
  };
}
