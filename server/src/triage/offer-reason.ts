/** Says why a message gets the offer of an agent with its answer, though it doesn't ask for one. Pure. */
import { createAccountReportFinder } from './account-report.ts';
import { createDispleasureFinder } from './displeasure.ts';

export type OfferReason = 'displeased' | 'account-report';
export type OfferFinder = (text: string) => OfferReason | undefined;

export function createOfferFinder(): OfferFinder {
  const displeasureIn = createDispleasureFinder();
  const isAccountReport = createAccountReportFinder();
  return (text) => {
    if (displeasureIn(text) !== undefined) return 'displeased';
    return isAccountReport(text) ? 'account-report' : undefined;
  };
}
