/** Triage verdicts of tickets, their corrections by agents, and a confusion matrix of the corrections. */
import type { Actor, Handling, StoredVerdict, Ticket } from '@firstword/shared/ticket';
import type { TicketStore } from '../records/ticket-store.ts';
import type { TicketEditing } from './ticket-editing.ts';
import { amended } from './ticket-rules.ts';

export interface TriageCorrections {
  verdict(ticketId: string): Promise<StoredVerdict | undefined>;
  /** Undefined when the ticket does not exist or has no verdict. */
  correctVerdict(
    ticketId: string,
    correction: { handling: Handling; actor: Actor; idempotencyKey: string },
  ): Promise<Ticket | undefined>;
  /** How often a verdict was corrected, by old and new handling. */
  confusion(siteIds: readonly string[]): Promise<{ from: Handling; to: Handling; count: number }[]>;
  /** Tickets with a corrected verdict, the latest correction first. */
  corrections(siteIds: readonly string[], limit: number): Promise<{ ticket: Ticket; verdict: StoredVerdict }[]>;
}

export function createTriageCorrections(parts: {
  store: Pick<TicketStore, 'find' | 'confusion' | 'corrected'>;
  editing: Pick<TicketEditing, 'change'>;
  now: () => number;
}): TriageCorrections {
  const { store, editing, now } = parts;
  return {
    verdict: async (ticketId) => (await store.find(ticketId))?.inner.verdict,

    async correctVerdict(ticketId, { handling, actor, idempotencyKey }) {
      const outcome = await editing.change<'no-verdict'>(
        ticketId,
        ({ record }) => {
          const { verdict } = record.inner;
          if (verdict === undefined) return { stop: 'no-verdict' };
          const at = now();
          const next = amended(record, {}, { verdict: { ...verdict, correctedTo: handling }, correctedAt: at });
          const { state, version } = next.ticket;
          const reason = `${verdict.handling} → ${handling}`;
          return {
            store: { record: next, events: [{ at, action: 'correct-verdict', actor, to: state, version, reason }] },
          };
        },
        { key: idempotencyKey, action: 'correct-verdict' },
      );
      return 'record' in outcome ? outcome.record.ticket : undefined;
    },

    confusion: store.confusion,

    async corrections(siteIds, limit) {
      const corrected = await store.corrected(siteIds, limit);
      return corrected.flatMap(({ ticket, inner: { verdict } }) =>
        verdict === undefined ? [] : [{ ticket, verdict }],
      );
    },
  };
}
