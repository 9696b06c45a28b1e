/** What a macro does with a ticket, and how that is undone. Pure. */
import type { Macro } from '@firstword/shared/canned-reply';
import type { Ticket } from '@firstword/shared/ticket';
import type { AgentAction } from '@firstword/shared/ticket-requests';
import type { ActionChoice } from './api.ts';
import { macroTexts } from './texts/macro-texts.ts';
import { ticketTexts } from './texts/ticket-texts.ts';

export type MacroStep = { readonly [A in AgentAction]: { readonly action: A; readonly choice: ActionChoice<A> } }[
  | 'tag'
  | 'assign'
  | 'resolve'
  | 'snooze'
  | 'claim'
  | 'reopen'];

export interface MacroPlan {
  readonly steps: readonly MacroStep[];
  /** In order; steps that can't be undone have none. */
  readonly undo: readonly MacroStep[];
}

const HOUR_MS = 3_600_000;

export function planMacro({ tags = [], assignTo, end }: Macro, ticket: Ticket, now: number): MacroPlan {
  const added = tags.filter((tag) => ticket.tags?.includes(tag) !== true);
  const steps: MacroStep[] = [];
  const undo: MacroStep[] = [];
  if (added.length > 0) {
    steps.push({ action: 'tag', choice: { add: added } });
    undo.unshift({ action: 'tag', choice: { remove: added } });
  }
  if (assignTo !== undefined && assignTo.id !== ticket.assignee?.id) {
    steps.push({ action: 'assign', choice: { agentId: assignTo.id } });
    if (ticket.assignee !== undefined) undo.unshift({ action: 'assign', choice: { agentId: ticket.assignee.id } });
  }
  if (end?.kind === 'resolve') {
    steps.push({ action: 'resolve', choice: { code: end.code } });
    undo.unshift({ action: 'reopen', choice: {} });
  }
  if (end?.kind === 'snooze') {
    steps.push({ action: 'snooze', choice: end.hours === undefined ? {} : { until: now + end.hours * HOUR_MS } });
    undo.unshift({ action: 'claim', choice: {} });
  }
  return { steps, undo };
}

export function macroText({ tags = [], assignTo, end }: Macro): string {
  return [
    tags.length === 0 ? undefined : macroTexts.tag(tags),
    assignTo && macroTexts.assign(assignTo.name),
    end?.kind === 'resolve' ? macroTexts.resolve(ticketTexts.resolutions[end.code]) : undefined,
    end?.kind === 'snooze' ? macroTexts.snooze(end.hours) : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
