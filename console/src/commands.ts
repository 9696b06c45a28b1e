/** Everything an agent can do on the page: one table for buttons, keys and the palette. Pure. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { TicketAction } from '@firstword/shared/ticket';
import { isAllowed, REVIEW_STATES } from '@firstword/shared/ticket-transitions';
import { COMMANDS, type CommandId } from './command-table.ts';
import { pendingProposal } from './reply-plan.ts';
import { texts } from './texts.ts';
import { isDone } from './ticket-rows.ts';

export interface Situation {
  /** The ticket that is open, if one is. */
  readonly detail: TicketDetail | undefined;
  readonly agentId: string;
}

/** Commands that are a ticket action, possibly of another name; the transition table decides where they are available. */
const ACTIONS: Partial<Record<CommandId, TicketAction>> = {
  send: 'reply',
  edit: 'reply',
  'take-over': 'reply',
  claim: 'claim',
  assign: 'assign',
  snooze: 'snooze',
  'hand-back': 'hand-back',
  resolve: 'resolve',
  reopen: 'reopen',
  merge: 'merge',
  'mark-spam': 'mark-spam',
  restore: 'restore',
};

/** Whether the command makes sense now. The server judges again: this only spares buttons that cannot work. */
export function isAvailable(id: CommandId, { detail, agentId }: Situation): boolean {
  const group = COMMANDS[id].group;
  if (group === 'list' || group === 'page') return true;
  if (detail === undefined) return false;
  const { ticket } = detail;
  const action = ACTIONS[id];
  if (action !== undefined && !isAllowed(action, ticket.state, 'agent')) return false;
  switch (id) {
    case 'claim':
      return !(ticket.assignee?.id === agentId && ticket.state === 'in-progress');
    case 'reject':
      return pendingProposal(detail) !== undefined;
    case 'compare':
      return detail.runs.length > 1;
    case 'rerun':
      return !isDone(ticket);
    default:
      return true;
  }
}

/** What the button says; some commands are called by what they mean for this ticket. */
export function labelOf(id: CommandId, { detail, agentId }: Situation): string {
  const ticket = detail?.ticket;
  if (id === 'restore' && ticket?.state === 'merged') return texts.undoMerge;
  if (id === 'claim' && ticket?.assignee !== undefined && !REVIEW_STATES.includes(ticket.state))
    return ticket.assignee.id === agentId ? texts.resume : texts.takeFrom(ticket.assignee.name);
  return texts.commands[id];
}
