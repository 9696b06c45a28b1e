/** Texts of the ticket list. */
import type { TicketView } from '@firstword/shared/ticket-views';
import { countText, namesText } from '../numbers.ts';
import type { SelectedAction } from '../ticket-selection.ts';
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

const views: Record<TicketView, string> = {
  ...{ review: 'Review', mine: 'Mine', open: 'Open', done: 'Done' },
  unassigned: 'Unassigned',
  waiting: 'Waiting for visitor',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
};
const emptyViews: Record<TicketView, string> = {
  review: 'Nothing to review. New tickets appear here automatically.',
  mine: 'No tickets assigned to you. Claim one from Review.',
  open: 'No open tickets. A ticket is opened when a conversation needs an agent.',
  unassigned: 'Every open ticket has an agent.',
  waiting: 'No ticket waits for its visitor.',
  snoozed: 'No snoozed tickets.',
  resolved: 'No resolved tickets yet.',
  done: 'No resolved, closed or snoozed tickets yet.',
};

const ACTED: Record<SelectedAction, string> = {
  claim: 'claimed',
  assign: 'assigned',
  snooze: 'snoozed',
  resolve: 'resolved',
  'mark-spam': 'marked as spam',
};

const english = {
  views,
  emptyViews,
  noneFound: 'No tickets match these filters.',
  showAll: 'Show all tickets of this view',
  tickets: 'Tickets',
  select: 'Select',
  selectAll: 'Select all',
  selectTicket: (number: number) => `Select ticket #${number}`,
  selected: (count: number) => `${countText(count)} selected`,
  actions: {
    claim: 'Claim',
    assign: 'Assign',
    snooze: 'Snooze',
    resolve: 'Resolve',
    'mark-spam': 'Mark as spam',
  } satisfies Record<SelectedAction, string>,
  cancelSelection: 'Cancel',
  undo: 'Undo',
  acted: (action: SelectedAction, count: number, left: number) =>
    `${countOf(count, 'ticket', 'tickets')} ${ACTED[action]}.${left === 0 ? '' : ` ${countOf(left, 'had changed and was', 'had changed and were')} skipped.`}`,
  restored: (count: number) => `${countOf(count, 'ticket', 'tickets')} restored.`,
  ticketViews: 'Views',
  newTickets: (count: number) => countOf(count, 'new ticket', 'new tickets'),
  moreTickets: (count: number) => `${countOf(count, 'more ticket', 'more tickets')} in this view`,
  viewing: (names: string, count: number) => `${names} ${count === 1 ? 'is' : 'are'} viewing`,
  you: 'You',
  demo: 'Demo engine',
  demoHint: 'No model is connected. The demo engine answers from the help articles.',
} as const;
export type ListTexts = Texts<typeof english>;
export const listTexts = translated<ListTexts>('list', english);

export const viewingText = (names: readonly string[]) => listTexts.viewing(namesText(names), names.length);
