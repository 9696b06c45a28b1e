/** Decides the composer's text and what its button does, from the ticket and the draft. Pure. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Draft } from './drafts.ts';
import { isDone } from './ticket-rows.ts';

export interface ReplyPlan {
  readonly text: string;
  /** `approve` sends the proposal unchanged, `edited` with the agent's changes; `reply` sends the agent's own text. */
  readonly send: 'approve' | 'edited' | 'reply';
  /** The proposed reply that is waiting for a review verdict. */
  readonly proposal: Proposal | undefined;
  /** A button offers the proposal, because the composer has other text or must stay empty. */
  readonly offered: boolean;
}

export interface Proposal {
  readonly runId: string;
  readonly number: number;
  readonly text: string;
  readonly sentences: NonNullable<AnalysisRun['content']>['reply']['sentences'];
}

/** Who has the ticket open, and whether the empty composer was focused. */
export interface ComposerUse {
  readonly agentId: string;
  readonly focused: boolean;
}

export function planReply(detail: TicketDetail, draft: Draft | undefined, use: ComposerUse): ReplyPlan {
  const proposal = pendingProposal(detail);
  if (draft === undefined) {
    if (proposal === undefined || !mayFill(detail, use))
      return { text: '', send: 'reply', proposal, offered: proposal !== undefined };
    return { text: proposal.text, send: 'approve', proposal, offered: false };
  }
  const fromProposal = proposal !== undefined && draft.runId === proposal.runId;
  if (!fromProposal) return { text: draft.text, send: 'reply', proposal, offered: proposal !== undefined };
  return {
    text: draft.text,
    send: draft.text.trim() === proposal.text.trim() ? 'approve' : 'edited',
    proposal,
    offered: false,
  };
}

/** A proposal fills an unused composer only, and only if no other agent has the ticket and the visitor is waiting for a reply. */
function mayFill({ ticket, messages }: TicketDetail, { agentId, focused }: ComposerUse): boolean {
  const last = messages.findLast(({ from }) => from === 'visitor' || from === 'agent');
  return !focused && (ticket.assignee === undefined || ticket.assignee.id === agentId) && last?.from !== 'agent';
}

/** Whether another agent replied after the draft was started. */
export function replyMeanwhile({ messages }: TicketDetail, afterSeq: number | undefined, own: string): boolean {
  if (afterSeq === undefined) return false;
  return messages.some(({ from, seq, agent }) => from === 'agent' && seq > afterSeq && agent?.name !== own);
}

/** The newest proposal, if it isn't reviewed yet. An older one must not be sent once a newer one exists. */
export function pendingProposal({ ticket, runs }: TicketDetail): Proposal | undefined {
  if (isDone(ticket)) return undefined;
  const newest = runs.find(({ state }) => state === 'completed' || state === 'partial');
  if (newest?.content === undefined || newest.review.verdict !== 'pending') return undefined;
  const { text, sentences } = newest.content.reply;
  return text.trim() === '' ? undefined : { runId: newest.id, number: newest.number, text, sentences };
}

/** The newest analysis whose proposed reply an agent has rejected or edited. */
export function reviewedRun({ runs }: TicketDetail): AnalysisRun | undefined {
  return runs.find(
    ({ content, review }) => content !== undefined && (review.verdict === 'rejected' || review.verdict === 'edited'),
  );
}
