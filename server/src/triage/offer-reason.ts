/** Says why a message gets the offer of an agent with its answer, though it doesn't ask for one. Pure. */
import type { MessageSignals } from './message-signals.ts';

export type OfferReason = 'displeased' | 'not-helped' | 'account-report';

export function offerReasonOf(signals: MessageSignals): OfferReason | undefined {
  if (signals.displeasure() !== undefined) return 'displeased';
  if (signals.reply() === 'bare-no' || signals.unhelpful() > 0 || signals.isRepeated()) return 'not-helped';
  return signals.accountReport() === undefined ? undefined : 'account-report';
}
