/** The filters of the ticket list, beside its view. Pure. */

import { keysOf } from '@firstword/shared/keys-of';
import type { Urgency } from '@firstword/shared/ticket';
import type { TicketView } from '@firstword/shared/ticket-views';
import { TICKET_VIEWS } from '@firstword/shared/ticket-views';
import {
  checkedFilter,
  type FilterChecks,
  isOneOf,
  SEARCH_CHECKS,
  TRAIT_CHECKS,
  type TraitChoice,
} from './list-filter.ts';
import { ticketTexts } from './texts/ticket-texts.ts';

export interface TicketFilter extends TraitChoice {
  readonly q?: string;
  readonly site?: string;
  readonly urgency?: Urgency;
  readonly tag?: string;
}

const CHECKS: FilterChecks<keyof TicketFilter> = {
  ...SEARCH_CHECKS,
  urgency: isOneOf(...keysOf(ticketTexts.urgencies)),
  tag: (value) => /^[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]{0,39}$/u.test(value.trim()),
  ...TRAIT_CHECKS,
};

/** A view and its filters, as they were saved. */
export function readTicketView(saved: Readonly<Record<string, string>>): { view: TicketView; filter: TicketFilter } {
  const filter: object = checkedFilter(CHECKS, new URLSearchParams(saved));
  return { view: TICKET_VIEWS.find((view) => view === saved['view']) ?? 'open', filter };
}
