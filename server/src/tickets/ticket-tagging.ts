/** Adds tags to tickets and removes them. */
import { TAGS_MAX } from '@firstword/shared/limits';
import type { TicketEditing } from './ticket-editing.ts';
import { amended } from './ticket-rules.ts';
import type { Tickets } from './ticket-types.ts';

export function createTicketTagging(editing: Pick<TicketEditing, 'change'>, now: () => number): Tickets['tag'] {
  return async (ticketId, { actor, add, remove, idempotencyKey }) => {
    const outcome = await editing.change<'too-many'>(
      ticketId,
      ({ record }) => {
        const before = record.ticket.tags ?? [];
        const tags = [...new Set([...before, ...add])].filter((tag) => !remove.includes(tag));
        if (tags.length > TAGS_MAX && tags.length > before.length) return { stop: 'too-many' };
        const next = amended(record, { tags });
        const reason = [
          ...tags.filter((tag) => !before.includes(tag)).map((tag) => `+${tag}`),
          ...before.filter((tag) => !tags.includes(tag)).map((tag) => `−${tag}`),
        ].join(' ');
        if (reason === '') return { store: { record } };
        const { state, version } = next.ticket;
        return { store: { record: next, events: [{ at: now(), action: 'tag', actor, to: state, version, reason }] } };
      },
      { key: idempotencyKey, action: 'tag' },
    );
    if (outcome.kind === 'stopped') return outcome.refusal;
    return 'record' in outcome ? outcome.record.ticket : undefined;
  };
}
