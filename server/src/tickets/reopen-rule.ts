/** Decides whether a hand-off after a resolution reopens the resolved ticket. Pure. */
import type { HandOffReason, StoredVerdict } from '@firstword/shared/ticket';

/** With an unhappy visitor, these verdicts are complaints. */
const COMPLAINTS: readonly HandOffReason[] = ['complex', 'low-confidence', 'negative-sentiment'];

/**
 * A wish for an agent, and a complaint about the same matter. Any other hand-off opens a ticket that follows the resolved one.
 * @param resolved the verdict on the message that led to the resolved ticket; absent where a rule or an agent opened it
 */
export function continuesResolved(
  { reason, verdict }: { readonly reason: HandOffReason; readonly verdict?: StoredVerdict | undefined },
  resolved: Pick<StoredVerdict, 'topic'> | undefined,
): boolean {
  if (reason === 'visitor-request' || verdict?.reasons.includes('rule:not-solved')) return true;
  if (!COMPLAINTS.includes(reason) || verdict?.sentiment !== 'negative') return false;
  const topics = new Set([verdict.topic, resolved?.topic].filter((topic) => topic !== undefined));
  // A missing topic does not show another matter.
  return topics.size < 2;
}
