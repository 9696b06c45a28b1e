/**
 * Sends an agent's message to the visitor exactly once, unless another agent has changed the ticket meanwhile.
 *
 * The order is: permit, message, ticket. If the process dies between the last two, the visitor has the reply and the
 * ticket is still listed as unanswered; the reverse would hide an unanswered visitor. Each step is idempotent by its
 * key, so a retry completes an interrupted attempt.
 */
import type { AgentView } from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';
import { findTransition } from '@firstword/shared/ticket-transitions';
import type { Message } from '@firstword/shared/wire';
import type { Redis } from '../lib/redis-connection.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { ActOutcome, Tickets } from '../tickets/ticket-types.ts';
import type { ConversationPort } from './api-conversation-port.ts';
import { actorOf } from './api-route.ts';

export interface ReplyRequest {
  readonly ticket: Ticket;
  readonly agent: AgentView;
  readonly text: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}
export type SendReplyOutcome =
  | { readonly kind: 'sent'; readonly ticket: Ticket; readonly seq: number }
  /** The idempotency key was used for another text. */
  | { readonly kind: 'key-used'; readonly ticket: Ticket }
  | Exclude<ActOutcome, { kind: 'done' }>;

export type ReplySender = (request: ReplyRequest) => Promise<SendReplyOutcome>;

export interface ReplySenderParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly tickets: Pick<Tickets, 'act' | 'events'>;
  readonly conversations: Pick<ConversationPort, 'reply'>;
  /** Shows a stored message to the conversation's viewers. May be called twice for the same message. */
  readonly publish: (conversationId: string, message: Message) => void;
}

/** Longer than a page retries a request, short enough that a closed page does not lock out other agents. */
const PERMIT_SECONDS = 60;

export function createReplySender({ redis, keys, tickets, conversations, publish }: ReplySenderParts): ReplySender {
  /** Allows one message per ticket version; undefined when this one may proceed. */
  const requestPermit = async (request: ReplyRequest): Promise<Exclude<ActOutcome, { kind: 'done' }> | undefined> => {
    const { ticket, agent, expectedVersion, idempotencyKey } = request;
    const permit = keys.replyPermit(ticket.id, expectedVersion);
    const holder = await redis.get(permit);
    if (holder === idempotencyKey) return undefined;
    if (holder !== null) return { kind: 'conflict', ticket };
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
      const row = findTransition('reply', ticket.state, 'agent');
      if ('why' in row) return { kind: 'not-allowed', ticket, why: row.why };
    }
    const set = await redis.set(permit, idempotencyKey, 'EX', PERMIT_SECONDS, 'NX');
    return set === 'OK' || (await redis.get(permit)) === idempotencyKey ? undefined : { kind: 'conflict', ticket };
  };

  /** The progress of an analysis increases the version, too, but makes no agent's reply outdated. */
  const changedByAgents = async ({ id, version }: Ticket, expectedVersion: number) => {
    if (version === expectedVersion) return false;
    if (version < expectedVersion) return true;
    const later = (await tickets.events(id)).filter((event) => event.version > expectedVersion);
    return later.some(({ actor, action }) => actor.kind !== 'system' || !action.endsWith('-analysis'));
  };

  return async (request) => {
    const { ticket, agent, text, idempotencyKey } = request;
    const refusal = await requestPermit(request);
    if (refusal !== undefined) return refusal;
    const { conversationId } = ticket;
    const reply = await conversations.reply({
      conversationId,
      id: idempotencyKey,
      text,
      agent: { name: agent.name },
    });
    if (reply.kind === 'conflict') return { kind: 'key-used', ticket };
    publish(conversationId, reply.message);
    // No expected version: the message is already visible, so the ticket must follow in any case.
    const moved = await tickets.act(ticket.id, 'reply', { actor: actorOf(agent), idempotencyKey });
    return { kind: 'sent', seq: reply.seq, ticket: moved.kind === 'not-found' ? ticket : moved.ticket };
  };
}
