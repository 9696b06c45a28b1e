/** The label of a reason. The server stores some reasons as codes and others as free text. */
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
