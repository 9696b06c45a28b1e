/** A reason as people read it: the server keeps some as codes and some in an agent's own words. */
import { analysisTexts } from './texts/analysis-texts.ts';
import { ticketTexts } from './texts/ticket-texts.ts';

const KNOWN: Record<string, string> = {
  ...ticketTexts.reasons,
  ...ticketTexts.resolutions,
  withdrawn: ticketTexts.withdrawn,
  ...analysisTexts.rejectReasons,
};

export function reasonText(reason: string): string {
  return Object.hasOwn(KNOWN, reason) ? (KNOWN[reason] ?? reason) : reason;
}
