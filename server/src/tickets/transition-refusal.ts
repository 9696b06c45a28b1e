/** Why an action is not allowed on a ticket in its state, as a sentence for who acts. Pure. */
import type { Phrase } from '@firstword/shared/phrase';
import type { TicketAction, TicketState } from '@firstword/shared/ticket';
import { phrase } from '../lib/phrase.ts';

const TICKETS: Readonly<Record<TicketState, Phrase>> = {
  new: phrase`a new ticket`,
  analyzing: phrase`a ticket that is being analyzed`,
  'needs-review': phrase`a ticket that needs review`,
  'in-progress': phrase`a ticket in progress`,
  'waiting-visitor': phrase`a ticket that is waiting for the visitor`,
  snoozed: phrase`a snoozed ticket`,
  resolved: phrase`a resolved ticket`,
  closed: phrase`a closed ticket`,
  merged: phrase`a merged ticket`,
  spam: phrase`a ticket marked as spam`,
};

const REFUSALS: Readonly<Record<TicketAction, (ticket: Phrase) => Phrase>> = {
  open: (ticket) => phrase`You can't open ${ticket}.`,
  'start-analysis': (ticket) => phrase`You can't analyze ${ticket}.`,
  'finish-analysis': (ticket) => phrase`You can't finish the analysis of ${ticket}.`,
  claim: (ticket) => phrase`You can't claim ${ticket}.`,
  assign: (ticket) => phrase`You can't assign ${ticket}.`,
  reply: (ticket) => phrase`You can't reply to ${ticket}.`,
  snooze: (ticket) => phrase`You can't snooze ${ticket}.`,
  wake: (ticket) => phrase`You can't wake ${ticket}.`,
  'hand-back': (ticket) => phrase`You can't hand ${ticket} back to the assistant.`,
  'resume-assistant': (ticket) => phrase`You can't go on with the assistant in ${ticket}.`,
  resolve: (ticket) => phrase`You can't resolve ${ticket}.`,
  reopen: (ticket) => phrase`You can't reopen ${ticket}.`,
  close: (ticket) => phrase`You can't close ${ticket}.`,
  'mark-spam': (ticket) => phrase`You can't mark ${ticket} as spam.`,
  restore: (ticket) => phrase`You can't restore ${ticket}.`,
  merge: (ticket) => phrase`You can't merge ${ticket}.`,
};

export const transitionRefusal = (action: TicketAction, from: TicketState): Phrase => REFUSALS[action](TICKETS[from]);
