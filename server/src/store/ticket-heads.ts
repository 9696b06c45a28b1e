/**
 * What a conversation's head knows of its tickets. Hand-offs are decided by it, so they do not wait for the database; what is
 * stored there follows from the feed, and comes back as a newer state of the head.
 */
import type { HandOffEffect, HandOffRequested } from '@firstword/shared/feed-event';
import type { Ticket } from '@firstword/shared/ticket';
import type { Responder } from '@firstword/shared/wire';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';
import { APPLY_TICKETS, REQUEST_HAND_OFF } from './ticket-head-scripts.ts';

const agentSchema = z.object({ id: z.string(), name: z.string() });
const summarySchema = z.object({
  resolved: z.boolean(),
  /** How often it was reopened. */
  reopened: z.int(),
  /** Of the verdict on the message that led to it. */
  topic: z.string().optional(),
  agent: agentSchema.optional(),
});
/** What a hand-off and the visitor's page need to know of the open ticket. */
export type TicketSummary = z.infer<typeof summarySchema>;

export interface TicketHead {
  /** The open ticket; a resolved one until it is closed. */
  readonly open: string | undefined;
  readonly last: string | undefined;
  /** Absent for a ticket of a release that stored tickets in Redis. */
  readonly summary: TicketSummary | undefined;
  readonly handOffs: number;
  readonly revision: number;
}

export interface HandOffDecision {
  readonly effect: HandOffEffect;
  readonly ticketId: string;
  /** Of the ticket afterwards. */
  readonly summary: TicketSummary | undefined;
  /** Unchanged when absent. */
  readonly responder?: Responder;
  readonly request: HandOffRequested;
}

/** What the database says of a conversation's tickets. */
export interface TicketHeadState {
  readonly conversationId: string;
  readonly ticketId: string;
  readonly responder: Responder;
  readonly open: string | undefined;
  readonly last: string | undefined;
  readonly summary: TicketSummary | undefined;
  readonly handOffs: number;
  readonly revision: number;
  readonly agent: Ticket['assignee'];
  readonly resolution: Ticket['resolution'];
}

export interface TicketHeads {
  read(conversationId: string): Promise<TicketHead>;
  /**
   * Durable when it resolves: the head, and the event with which the ticket is stored.
   * @param known the head by which it was decided; false, and nothing is stored, when that has changed meanwhile
   */
  requestHandOff(
    conversation: { readonly id: string; readonly siteId: string },
    known: TicketHead,
    decision: HandOffDecision,
  ): Promise<boolean>;
  /** Without effect for an older state than the last one, while a later hand-off is being stored, and for a deleted conversation. */
  apply(state: TicketHeadState): Promise<void>;
}

export function createTicketHeads(redis: Redis, keys: RedisKeys): TicketHeads {
  const requestHandOff = defineScript(redis, 'fwHandOff', 2, REQUEST_HAND_OFF);
  const apply = defineScript(redis, 'fwTickets', 2, APPLY_TICKETS);
  const keysOf = (conversationId: string) => [keys.head(conversationId), keys.feedOf(conversationId)];
  return {
    async read(conversationId) {
      const [open, last, summary, handOffs, revision] = await redis.hmget(
        keys.head(conversationId),
        'ticket',
        'lastTicket',
        'ticketSummary',
        'handOffs',
        'ticketRevision',
      );
      return {
        open: open ?? undefined,
        last: last ?? undefined,
        summary: summary ? summarySchema.parse(JSON.parse(summary)) : undefined,
        handOffs: Number(handOffs ?? 0),
        revision: Number(revision ?? 0),
      };
    },

    async requestHandOff({ id, siteId }, known, { effect, ticketId, summary, responder = '', request }) {
      const stored = await requestHandOff(keysOf(id), [
        ...[id, siteId, ticketId, effect, responder, summary === undefined ? '' : JSON.stringify(summary)],
        ...[JSON.stringify(request), known.open ?? '', known.handOffs, known.revision],
        responder === 'agent' && summary?.agent !== undefined ? JSON.stringify(summary.agent) : '',
      ]);
      return stored === 1;
    },

    async apply({ conversationId, ticketId, responder, open, last, summary, handOffs, revision, agent, resolution }) {
      await apply(keysOf(conversationId), [
        ...[conversationId, ticketId, revision, handOffs, responder, open ?? '', last ?? ''],
        ...[summary === undefined ? '' : JSON.stringify(summary), agent === undefined ? '' : JSON.stringify(agent)],
        resolution ?? '',
      ]);
    },
  };
}
