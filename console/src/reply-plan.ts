/** What the composer holds and what its button will do. Pure: the ticket and the draft decide. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Draft } from './drafts.ts';
import { isDone } from './ticket-rows.ts';

export interface ReplyPlan {
  readonly text: string;
  /** `approve` sends the proposal as it is, `edited` with the agent's changes, `reply` the agent's own words. */
  readonly send: 'approve' | 'edited' | 'reply';
  /** The proposed reply that waits for a person's verdict. */
  readonly proposal: Proposal | undefined;
  /** The proposal is offered by a button, because the composer holds other text or must stay empty. */
  readonly beside: boolean;
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
      return { text: '', send: 'reply', proposal, beside: proposal !== undefined };
    return { text: proposal.text, send: 'approve', proposal, beside: false };
  }
  const begun = proposal !== undefined && draft.runId === proposal.runId;
  if (!begun) return { text: draft.text, send: 'reply', proposal, beside: proposal !== undefined };
  return {
    text: draft.text,
    send: draft.text.trim() === proposal.text.trim() ? 'approve' : 'edited',
    proposal,
    beside: false,
  };
}

/** A proposal fills only an unused composer, on a ticket that no other agent has and that is not answered yet. */
function mayFill({ ticket, messages }: TicketDetail, { agentId, focused }: ComposerUse): boolean {
  const last = messages.findLast(({ from }) => from === 'visitor' || from === 'agent');
  return !focused && (ticket.assignee === undefined || ticket.assignee.id === agentId) && last?.from !== 'agent';
}

/** Another agent's reply that arrived after the draft was begun. */
export function replyMeanwhile({ messages }: TicketDetail, afterSeq: number | undefined, own: string): boolean {
  if (afterSeq === undefined) return false;
  return messages.some(({ from, seq, agent }) => from === 'agent' && seq > afterSeq && agent?.name !== own);
}

/** The newest proposal that nobody has judged; an older one must not be sent past a newer one. */
export function pendingProposal({ ticket, runs }: TicketDetail): Proposal | undefined {
  if (isDone(ticket)) return undefined;
  const newest = runs.find(({ state }) => state === 'completed' || state === 'partial');
  if (newest?.content === undefined || newest.review.verdict !== 'pending') return undefined;
  const { text, sentences } = newest.content.reply;
  return text.trim() === '' ? undefined : { runId: newest.id, number: newest.number, text, sentences };
}
