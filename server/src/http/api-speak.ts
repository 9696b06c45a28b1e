/**
 * Says something to the visitor in an agent's name, once, and only if nobody else has moved meanwhile.
 *
 * The order is: permit, message, ticket. The message stands before the ticket says that the visitor was answered, so
 * that a process which dies in between leaves an answered visitor and a ticket still in sight, never the reverse.
 * Every step may be repeated with the same key and has one effect, so a repetition finishes what was begun.
 */
import type { AgentView } from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';
import { findTransition } from '@firstword/shared/ticket-transitions';
import type { Message } from '@firstword/shared/wire';
import type { Redis } from 'ioredis';
import type { RedisKeys } from '../store/keys.ts';
import type { ActOutcome, Tickets } from '../tickets/ticket-types.ts';
import { actorOf } from './api-actor.ts';
import type { ConversationPort } from './api-conversation-port.ts';

export interface Speech {
  readonly ticket: Ticket;
  readonly agent: AgentView;
  readonly text: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}
export type SpeechOutcome =
  | { readonly kind: 'said'; readonly ticket: Ticket; readonly seq: number }
  /** The key was used for another text. */
  | { readonly kind: 'key-used'; readonly ticket: Ticket }
  | Exclude<ActOutcome, { kind: 'done' }>;

export type Speak = (speech: Speech) => Promise<SpeechOutcome>;

export interface SpeakParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly tickets: Pick<Tickets, 'act' | 'events'>;
  readonly conversations: Pick<ConversationPort, 'reply'>;
  /** The message was stored: viewers of the conversation are to hear of it. May be called twice with one message. */
  readonly publish: (conversationId: string, message: Message) => void;
  /** A new message (not a repeated one) was stored on this ticket. */
  readonly onReply: (ticket: Ticket, text: string) => void;
}

/** Longer than a page goes on repeating a request, short enough that a page that died does not lock others out. */
const PERMIT_SECONDS = 60;

export function createSpeak({ redis, keys, tickets, conversations, publish, onReply }: SpeakParts): Speak {
  /** One speech for a version: undefined when this one may go on. */
  const askPermit = async (speech: Speech): Promise<Exclude<ActOutcome, { kind: 'done' }> | undefined> => {
    const { ticket, agent, expectedVersion, idempotencyKey } = speech;
    const permit = keys.speech(ticket.id, expectedVersion);
    const holder = await redis.get(permit);
    if (holder === idempotencyKey) return undefined;
    if (holder !== null) return { kind: 'conflict', ticket };
    if (ticket.assignee === undefined) {
      // The claim is checked against the version where the ticket lies, and silences the assistant first.
      const claimed = await tickets.act(ticket.id, 'claim', {
        actor: actorOf(agent),
        expectedVersion,
        idempotencyKey: `${idempotencyKey}-claim`,
      });
      if (claimed.kind !== 'done') return claimed;
    } else {
      if (await movedByPeople(ticket, expectedVersion)) return { kind: 'conflict', ticket };
      const row = findTransition('reply', ticket.state, 'agent');
      if ('why' in row) return { kind: 'not-allowed', ticket, why: row.why };
    }
    const taken = await redis.set(permit, idempotencyKey, 'EX', PERMIT_SECONDS, 'NX');
    return taken === 'OK' || (await redis.get(permit)) === idempotencyKey ? undefined : { kind: 'conflict', ticket };
  };

  /** The progress of an analysis raises the version too, and nobody is late for that. */
  const movedByPeople = async ({ id, version }: Ticket, expectedVersion: number) => {
    if (version === expectedVersion) return false;
    if (version < expectedVersion) return true;
    const later = (await tickets.events(id)).filter((event) => event.version > expectedVersion);
    return later.some(({ actor, action }) => actor.kind !== 'system' || !action.endsWith('-analysis'));
  };

  return async (speech) => {
    const { ticket, agent, text, idempotencyKey } = speech;
    const refused = await askPermit(speech);
    if (refused !== undefined) return refused;
    const { conversationId } = ticket;
    const reply = await conversations.reply({
      conversationId,
      id: idempotencyKey,
      text,
      agent: { name: agent.name },
    });
    if (reply.kind === 'conflict') return { kind: 'key-used', ticket };
    publish(conversationId, reply.message);
    if (reply.kind === 'stored') onReply(ticket, text);
    // No version is expected here: the words are out, and whatever happened meanwhile, the ticket follows.
    const moved = await tickets.act(ticket.id, 'reply', { actor: actorOf(agent), idempotencyKey });
    return { kind: 'said', seq: reply.seq, ticket: moved.kind === 'not-found' ? ticket : moved.ticket };
  };
}
