/** The state of the open ticket. Pure: each live event or response gives the next state. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { TicketCalls } from '@firstword/shared/model-calls';
import type { Message } from '@firstword/shared/wire';
import type { Span } from './marks.ts';
import type { RunningAnswer } from './running-answer.ts';

export interface OpenTicket {
  readonly ticketId: string;
  readonly detail?: TicketDetail;
  readonly calls?: TicketCalls;
  /** Why there is no ticket to show. */
  readonly missing?: 'not-found' | 'unavailable' | 'erased';
  /** The selected run; absent: the newest. */
  readonly runNumber?: number;
  readonly visitorTyping: boolean;
  /** What the assistant is writing. */
  readonly answer?: RunningAnswer;
  /** The passage that evidence refers to. `jump` changes each time, so that the same passage can be scrolled to again. */
  readonly marked?: { readonly seq: number; readonly span: Span | undefined; readonly jump: number };
}

export function createOpenTicket(ticketId: string): OpenTicket {
  return { ticketId, visitorTyping: false };
}

/** Applies a full response. A late response with an older version is ignored. */
export function applyDetail(openTicket: OpenTicket, detail: TicketDetail): OpenTicket {
  if (detail.ticket.id !== openTicket.ticketId) return openTicket;
  if (openTicket.detail !== undefined && openTicket.detail.ticket.version > detail.ticket.version) return openTicket;
  const { missing: _, ...known } = openTicket;
  const messages =
    openTicket.detail === undefined ? detail.messages : withMessages(openTicket.detail.messages, detail.messages);
  // A mark that came while the response was on its way.
  const read =
    openTicket.detail !== undefined && openTicket.detail.readSeq > detail.readSeq ? openTicket.detail : detail;
  const { readSeq, seenAt } = read;
  const next = { ...known, detail: { ...detail, messages, readSeq, ...(seenAt === undefined ? {} : { seenAt }) } };
  return applyAnswer(next, next.answer);
}

/** Adds one live message. */
export function applyMessage(openTicket: OpenTicket, message: Message): OpenTicket {
  if (openTicket.detail === undefined) return openTicket;
  const visitorTyping = message.from === 'visitor' ? false : openTicket.visitorTyping;
  const next = {
    ...openTicket,
    visitorTyping,
    detail: { ...openTicket.detail, messages: withMessages(openTicket.detail.messages, [message]) },
  };
  return applyAnswer(next, next.answer);
}

/** Shows what the assistant is writing; undefined: nothing. Text of another ticket, and after its message, is ignored. */
export function applyAnswer(openTicket: OpenTicket, answer: RunningAnswer | undefined): OpenTicket {
  const { answer: before, ...rest } = openTicket;
  if (answer === undefined) return before === undefined ? openTicket : rest;
  const { detail } = openTicket;
  if (detail !== undefined && detail.ticket.conversationId !== answer.conversationId)
    return before === answer ? rest : openTicket;
  const isStored = detail?.messages.some(({ turnId }) => turnId === answer.turnId);
  return isStored ? rest : { ...openTicket, answer };
}

/** Applies a read receipt; a late one with a lower `seq` is ignored. */
export function applyRead(openTicket: OpenTicket, seq: number, at: number): OpenTicket {
  if (openTicket.detail === undefined || seq <= openTicket.detail.readSeq) return openTicket;
  const read = { ...openTicket.detail, readSeq: seq };
  const isNews = lastSeen(read) !== lastSeen(openTicket.detail);
  return { ...openTicket, detail: isNews ? { ...read, seenAt: at } : read };
}

/** Its conversation was deleted, and the ticket with it. Nothing of them stays on the page. */
export function applyErased(openTicket: OpenTicket, conversationId: string): OpenTicket {
  const { ticketId, detail } = openTicket;
  if (detail?.ticket.conversationId !== conversationId) return openTicket;
  return { ...createOpenTicket(ticketId), missing: 'erased' };
}

/** `seq` of the last agent's message that the visitor has read. */
export function lastSeen({ messages, readSeq }: TicketDetail): number | undefined {
  return messages.findLast(({ from, seq }) => from === 'agent' && seq <= readSeq)?.seq;
}

export function markPassage(openTicket: OpenTicket, seq: number, span: Span | undefined): OpenTicket {
  return { ...openTicket, marked: { seq, span, jump: (openTicket.marked?.jump ?? 0) + 1 } };
}

export function newestRun(detail: TicketDetail): AnalysisRun | undefined {
  return detail.runs[0];
}

/** The run that is shown. */
export function shownRun({ detail, runNumber }: OpenTicket): AnalysisRun | undefined {
  if (detail === undefined) return undefined;
  return detail.runs.find(({ number }) => number === runNumber) ?? newestRun(detail);
}

/** The shown run and the newest other one, the older first. */
export function runsToCompare(openTicket: OpenTicket): readonly AnalysisRun[] {
  const shown = shownRun(openTicket);
  const other = openTicket.detail?.runs.find(({ id }) => id !== shown?.id);
  return [shown, other].flatMap((run) => run ?? []).toSorted((one, two) => one.number - two.number);
}

function withMessages(known: readonly Message[], more: readonly Message[]): Message[] {
  const bySeq = new Map([...known, ...more].map((message) => [message.seq, message]));
  return [...bySeq.values()].toSorted((one, other) => one.seq - other.seq);
}
