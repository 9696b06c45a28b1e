/** Everything an agent can do on the page: one table for buttons, keys and the palette. Pure. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { TicketAction } from '@firstword/shared/ticket';
import { isAllowed, REVIEW_STATES } from '@firstword/shared/ticket-transitions';
import { pendingProposal } from './reply-plan.ts';
import { texts } from './texts.ts';
import { isDone } from './ticket-rows.ts';

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
  numbers: { key: '5', group: 'page' },
  costs: { key: '6', group: 'page' },
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
