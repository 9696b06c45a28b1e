/**
 * Sends an agent's reply to the visitor exactly once, unless another agent has changed the ticket meanwhile. Pages, programs
 * and channels call it alike.
 *
 * The order is: permit, message, ticket, review. If the process dies after the message, the visitor has the reply and the
 * ticket is still listed as unanswered; the reverse would hide an unanswered visitor. Each step is idempotent by its
 * key, so a retry completes an interrupted attempt.
 */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { Actor, Ticket } from '@firstword/shared/ticket';
import { isAllowed } from '@firstword/shared/ticket-transitions';
import { phrase } from '../lib/phrase.ts';
import type { ReplyPermits } from '../store/reply-permits.ts';
import { alreadyReviewed } from '../tickets/run-rules.ts';
import type { ActOutcome, Tickets } from '../tickets/ticket-types.ts';
import { transitionRefusal } from '../tickets/transition-refusal.ts';
import type { Attachments } from './attachments.ts';
import type { Conversations } from './conversations.ts';

export interface ReplyRequest {
  readonly ticket: Ticket;
  readonly agent: { readonly id: string; readonly name: string };
  /** Empty only beside attachments. */
  readonly text: string;
  /** Ids of files that are held for the agent. */
  readonly attachments?: readonly string[];
  /** The version of the ticket that the agent has seen. */
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  /** The analysis whose proposed reply is sent, unchanged or edited. */
  readonly runId?: string;
}
export type ReplyOutcome =
  | ActOutcome
  /** The idempotency key was used for another text. */
  | { readonly kind: 'key-used'; readonly ticket: Ticket }
  /** The ticket has no analysis run with that id. */
  | { readonly kind: 'no-run' };

export type ReplySender = (request: ReplyRequest) => Promise<ReplyOutcome>;

export interface ReplySenderParts {
  readonly permits: ReplyPermits;
  readonly tickets: Pick<Tickets, 'act' | 'events' | 'run' | 'review'>;
  readonly conversations: Pick<Conversations, 'reply'>;
  /** The file of an agent's picture, which the visitor sees beside the reply. */
  readonly pictureOf: (agentId: string) => Promise<string | undefined>;
  readonly attachments: Pick<Attachments, 'areHeld' | 'release'>;
  /** An agent sent a proposed reply after changing that share of it, 0…1. */
  readonly onEdited: (ticket: Ticket, share: number) => void;
}

const ATTACHMENT_GONE = phrase`An attached file is no longer there. Remove it, and attach it again.`;

export function createReplySender(parts: ReplySenderParts): ReplySender {
  const { permits, tickets, conversations, pictureOf, attachments, onEdited } = parts;
  /** Why the proposed reply of this analysis can't be sent; undefined when it can, or was, by the same approval. */
  const refuseRun = async (
    { ticket, agent, text }: ReplyRequest,
    runId: string,
  ): Promise<Exclude<ReplyOutcome, { kind: 'done' }> | undefined> => {
    const run = await tickets.run(runId);
    if (run?.ticketId !== ticket.id) return { kind: 'no-run' };
    if (run.content === undefined)
      return { kind: 'not-allowed', ticket, why: phrase`This analysis has no proposed reply.` };
    return isOpenTo(run, agent.id, text)
      ? undefined
      : { kind: 'not-allowed', ticket, why: alreadyReviewed(run.review.verdict) };
  };

  /** Allows one message per ticket version; undefined when this one may proceed. */
  const requestPermit = async (request: ReplyRequest): Promise<Exclude<ActOutcome, { kind: 'done' }> | undefined> => {
    const { ticket, agent, expectedVersion, idempotencyKey } = request;
    const holder = await permits.holder(ticket.id, expectedVersion);
    if (holder === idempotencyKey) return undefined;
    if (holder !== undefined) return { kind: 'conflict', ticket };
    if (ticket.assignee === undefined) {
      // The claim checks the version atomically, and silences the assistant before the message is stored.
      const claimed = await tickets.act(ticket.id, 'claim', {
        actor: actorOf(agent),
        expectedVersion,
        idempotencyKey: `${idempotencyKey}-claim`,
      });
      if (claimed.kind !== 'done') return claimed;
    } else {
      if (await changedByAgents(ticket, expectedVersion)) return { kind: 'conflict', ticket };
      if (!isAllowed('reply', ticket.state, 'agent'))
        return { kind: 'not-allowed', ticket, why: transitionRefusal('reply', ticket.state) };
    }
    const isPermitted = await permits.request(ticket.id, expectedVersion, idempotencyKey);
    return isPermitted ? undefined : { kind: 'conflict', ticket };
  };

  /** The progress of an analysis increases the version, too, but makes no agent's reply outdated. */
  const changedByAgents = async ({ id, version }: Ticket, expectedVersion: number) => {
    if (version === expectedVersion) return false;
    if (version < expectedVersion) return true;
    const later = (await tickets.events(id)).filter((event) => event.version > expectedVersion);
    return later.some(({ actor, action }) => actor.kind !== 'system' || !action.endsWith('-analysis'));
  };

  /** The message is sent, so a verdict that another agent gave in the same instant is no failure. */
  const review = async ({ agent, text, idempotencyKey }: ReplyRequest, runId: string, messageSeq: number) => {
    const reviewed = await tickets.review(runId, {
      reviewer: { id: agent.id, name: agent.name },
      idempotencyKey: `${idempotencyKey}-review`,
      outcome: { kind: 'sent', text, messageSeq },
    });
    if (reviewed.kind !== 'done') return undefined;
    const { verdict, editDistance = 0 } = (await tickets.run(runId))?.review ?? {};
    if (verdict === 'edited') onEdited(reviewed.ticket, Math.min(1, editDistance / text.length));
    return reviewed.ticket;
  };

  return async (request) => {
    const { ticket, agent, text, idempotencyKey, runId, attachments: fileIds = [] } = request;
    const { conversationId } = ticket;
    const into = { agentId: agent.id, replyId: idempotencyKey };
    if (fileIds.length > 0 && !(await attachments.areHeld(conversationId, fileIds, into)))
      return { kind: 'not-allowed', ticket, why: ATTACHMENT_GONE };
    const refusal = (runId && (await refuseRun(request, runId))) || (await requestPermit(request));
    if (refusal) return refusal;
    const files = fileIds.length === 0 ? [] : await attachments.release(conversationId, fileIds, into);
    if (files === undefined) return { kind: 'not-allowed', ticket, why: ATTACHMENT_GONE };
    const picture = await pictureOf(agent.id);
    const sender = { name: agent.name, ...(picture === undefined ? {} : { picture }) };
    const reply = await conversations.reply({ conversationId, id: idempotencyKey, text, files, agent: sender });
    if (reply.kind === 'conflict') return { kind: 'key-used', ticket };
    // No expected version: the message is already visible, so the ticket must follow in any case.
    const moved = await tickets.act(ticket.id, 'reply', { actor: actorOf(agent), idempotencyKey });
    const reviewed = runId === undefined ? undefined : await review(request, runId, reply.seq);
    return { kind: 'done', ticket: reviewed ?? (moved.kind === 'not-found' ? ticket : moved.ticket) };
  };
}

/** A client that lost the response repeats its approval; an approval by another agent comes too late. */
function isOpenTo({ review: { verdict, reviewer, finalText } }: AnalysisRun, agentId: string, text: string): boolean {
  return verdict === 'pending' || verdict === 'superseded' || (reviewer?.id === agentId && finalText === text);
}

const actorOf = ({ id, name }: ReplyRequest['agent']): Actor => ({ kind: 'agent', id, name });
