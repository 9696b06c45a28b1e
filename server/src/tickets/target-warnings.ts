/** Warns agents once before the site's target for the first reply is missed, and once when it is. */
import { type TargetWarning, warningAt } from '@firstword/shared/waiting-target';
import type { TicketNotification } from '../store/ticket-channel.ts';
import type { TicketEditing } from './ticket-editing.ts';
import { notificationOfTarget } from './ticket-notifications.ts';
import { amended } from './ticket-rules.ts';

export type TargetWarnings = (ticketId: string, now: number) => Promise<void>;

export function createTargetWarnings(
  editing: Pick<TicketEditing, 'change'>,
  notify: (notification: TicketNotification) => Promise<void>,
): TargetWarnings {
  return async (ticketId, now) => {
    const outcome = await editing.change<'not-due'>(ticketId, ({ record }) => {
      const { target } = record.ticket;
      // An agent may have replied, or another sweep have warned, since the ticket was listed.
      if (target === undefined || (warningAt(record.ticket) ?? Number.POSITIVE_INFINITY) > now)
        return { stop: 'not-due' };
      const warned: TargetWarning = now >= target.at ? 'missed' : 'near';
      return { store: { record: amended(record, { target: { ...target, warned } }) } };
    });
    const ticket = outcome.kind === 'stored' ? outcome.record.ticket : undefined;
    if (ticket?.target?.warned !== undefined) await notify(notificationOfTarget(ticket, ticket.target.warned));
  };
}
