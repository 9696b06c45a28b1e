/** Everything an agent can do on the page: one table for buttons, keys and the palette. Pure. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { TicketState } from '@firstword/shared/ticket';
import { pendingProposal } from '../reply-plan.ts';
import { texts } from '../texts.ts';
import { isDone } from '../ticket-rows.ts';

export const COMMANDS = {
  next: { key: 'j', group: 'list' },
  previous: { key: 'k', group: 'list' },
  'focus-list': { key: '/', group: 'list' },
  'view-review': { key: '1', group: 'list' },
  'view-mine': { key: '2', group: 'list' },
  'view-open': { key: '3', group: 'list' },
  'view-done': { key: '4', group: 'list' },
  send: { key: 'a', group: 'reply' },
  edit: { key: 'e', group: 'reply' },
  'take-over': { key: 't', group: 'reply' },
  reject: { key: 'r', group: 'reply' },
  claim: { key: 'c', group: 'ticket' },
  assign: { key: 'i', group: 'ticket' },
  rerun: { key: 'g', group: 'ticket' },
  compare: { key: 'v', group: 'ticket' },
  note: { key: 'n', group: 'ticket' },
  snooze: { key: 's', group: 'ticket' },
  'hand-back': { key: 'u', group: 'ticket' },
  resolve: { key: 'x', group: 'ticket' },
  reopen: { key: 'o', group: 'ticket' },
  merge: { key: 'm', group: 'ticket' },
  'mark-spam': { key: '!', group: 'ticket' },
  restore: { key: 'z', group: 'ticket' },
  'response-time': { key: '5', group: 'page' },
  cost: { key: '6', group: 'page' },
  keys: { key: '?', group: 'page' },
  palette: { key: 'mod+k', group: 'page' },
  'sign-out': { group: 'page' },
} as const satisfies Record<string, { key?: string; group: 'list' | 'reply' | 'ticket' | 'page' }>;
export type CommandId = keyof typeof COMMANDS;
export type CommandGroup = (typeof COMMANDS)[CommandId]['group'];

export function keyOf(id: CommandId): string | undefined {
  const command: { key?: string; group: string } = COMMANDS[id];
  return command.key;
}

export interface Situation {
  /** The ticket that is open, if one is. */
  readonly detail: TicketDetail | undefined;
  readonly agentId: string;
}

const UNTOUCHED: readonly TicketState[] = ['new', 'analyzing', 'needs-review'];

/** Whether the command makes sense now. The server judges again: this only spares buttons that cannot work. */
export function isAvailable(id: CommandId, { detail, agentId }: Situation): boolean {
  const group = COMMANDS[id].group;
  if (group === 'list' || group === 'page') return true;
  if (detail === undefined) return false;
  const { ticket } = detail;
  const mine = ticket.assignee?.id === agentId;
  switch (id) {
    case 'claim':
      return !isDone(ticket) && !(mine && ticket.state === 'in-progress');
    case 'reject':
      return pendingProposal(detail) !== undefined;
    case 'snooze':
      return ticket.state === 'in-progress' || ticket.state === 'waiting-visitor';
    case 'resolve':
      return !isDone(ticket) && ticket.state !== 'new' && ticket.state !== 'analyzing';
    case 'reopen':
      return ticket.state === 'resolved';
    case 'restore':
      return ticket.state === 'spam' || ticket.state === 'merged';
    case 'mark-spam':
      return !isDone(ticket);
    case 'compare':
      return detail.runs.length > 1;
    case 'note':
      return true;
    default:
      return !isDone(ticket);
  }
}

/** What the button says; some commands are called by what they mean for this ticket. */
export function labelOf(id: CommandId, { detail, agentId }: Situation): string {
  const ticket = detail?.ticket;
  if (id === 'restore' && ticket?.state === 'merged') return texts.undoMerge;
  if (id === 'claim' && ticket?.assignee !== undefined && !UNTOUCHED.includes(ticket.state))
    return ticket.assignee.id === agentId ? texts.resume : texts.takeFrom(ticket.assignee.name);
  return texts.commands[id];
}
