/** What agents are notified of when something happens to a ticket, and which of them. Pure. */
import type { NotificationKind } from '@firstword/shared/agent-preferences';
import type { Actor, Ticket, TicketEvent } from '@firstword/shared/ticket';
import { DONE_STATES } from '@firstword/shared/ticket-transitions';
import type { TargetWarning } from '@firstword/shared/waiting-target';
import type { TicketNotification } from '../store/ticket-channel.ts';

const LINE_MAX = 200;

/** Undefined for what no agent is notified of. */
export function notificationOf(
  { action, actor }: Pick<TicketEvent, 'action' | 'actor'>,
  ticket: Ticket,
): TicketNotification | undefined {
  const kind = KINDS[action];
  return kind && notificationAbout(kind, ticket, ticket.firstLine, actor.kind === 'agent' ? actor.id : undefined);
}

/** Only for the agent who has the ticket; not once it is resolved, because the assistant answers then. */
export function notificationOfReply(ticket: Ticket, text: string): TicketNotification | undefined {
  if (ticket.assignee === undefined || DONE_STATES.includes(ticket.state)) return undefined;
  return notificationAbout('reply', ticket, text, undefined);
}

export function notificationOfMention(ticket: Ticket, agentId: string, note: string, actor: Actor): TicketNotification {
  const by = actor.kind === 'agent' ? actor.id : undefined;
  return { ...notificationAbout('mention', ticket, note, by), to: agentId };
}

export function notificationOfTarget(ticket: Ticket, warning: TargetWarning): TicketNotification {
  return notificationAbout(`target-${warning}`, ticket, ticket.firstLine, undefined);
}

const KINDS: Partial<Record<TicketEvent['action'], NotificationKind>> = {
  open: 'new-ticket',
  reopen: 'reopened',
  assign: 'assigned',
};

function notificationAbout(
  kind: NotificationKind,
  { id, version, number, siteId, assignee }: Ticket,
  text: string,
  by: string | undefined,
): TicketNotification {
  return {
    notification: { id: `${id}.${version}`, kind, ticketId: id, number, siteId, line: text.slice(0, LINE_MAX) },
    ...(assignee === undefined ? {} : { to: assignee.id }),
    ...(by === undefined ? {} : { by }),
  };
}
