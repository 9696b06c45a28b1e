/** Tickets in Redis, with optimistic locking: a change is stored only if the ticket has not changed meanwhile. */
import { randomUUID } from 'node:crypto';
import { type TicketNote, ticketNoteSchema } from '@firstword/shared/console-wire';
import type { HandOffRequested } from '@firstword/shared/feed-event';
import { type TicketEvent, ticketEventSchema } from '@firstword/shared/ticket';
import { type Responder, responderSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { TicketIndex } from './ticket-index.ts';
import { type RunRecord, runRecordSchema, type TicketRecord, ticketRecordSchema } from './ticket-record.ts';
import { COMMIT_TICKET } from './ticket-scripts.ts';

export interface LoadedTicket {
  readonly record: TicketRecord;
  /** The responder of its conversation. */
  readonly responder: Responder;
}

export interface TicketChange {
  readonly record: TicketRecord;
  readonly events?: readonly TicketEvent[];
  readonly runs?: readonly RunRecord[];
  readonly notes?: readonly TicketNote[];
  readonly responder?: Responder | undefined;
  /** Whether this is the conversation's open ticket. */
  readonly open?: boolean | undefined;
  /** What a new ticket is opened with, for the feed. */
  readonly request?: HandOffRequested;
}

/** An idempotency key. `action` distinguishes a repeat from another use of the same key. */
export interface TicketEffect {
  readonly key: string;
  readonly action: string;
}

type Decision<Refusal> = { readonly store: TicketChange } | { readonly stop: Refusal };

type ChangeOutcome<Refusal> =
  | { readonly kind: 'stored'; readonly record: TicketRecord }
  | { readonly kind: 'known'; readonly action: string; readonly record: TicketRecord }
  | { readonly kind: 'stopped'; readonly refusal: Refusal }
  /** The conversation has another open ticket. */
  | { readonly kind: 'other-open'; readonly ticketId: string }
  | { readonly kind: 'not-found' };

export interface TicketStore {
  conversationOf(ticketId: string): Promise<string | undefined>;
  load(ticketId: string): Promise<LoadedTicket | undefined>;
  /** The conversation's open ticket and its last one. */
  pointers(conversationId: string): Promise<{ open?: string; last?: string }>;
  /** Stores a new ticket; `moved` when its id exists. */
  create(change: TicketChange): Promise<'done' | 'moved' | { readonly otherOpen: string }>;
  /**
   * Reads, calls `decide`, stores; starts over when the ticket has changed meanwhile. An effect whose key was used is
   * `known`, and `decide` is not called.
   * @throws TicketError after 25 conflicts in a row
   */
  change<Refusal = never>(
    ticketId: string,
    decide: (loaded: LoadedTicket) => Decision<Refusal> | Promise<Decision<Refusal>>,
    effect?: TicketEffect,
  ): Promise<ChangeOutcome<Refusal>>;
  events(ticketId: string): Promise<TicketEvent[]>;
  notes(ticketId: string): Promise<TicketNote[]>;
  /** In the order of their numbers. */
  runs(ticketId: string): Promise<RunRecord[]>;
  run(ticketId: string, runId: string): Promise<RunRecord | undefined>;
  nextNumber(siteId: string): Promise<number>;
  /** Deletes a ticket. Work that is still in progress then finds no ticket. */
  forget(ticketId: string): Promise<void>;
}

/** A ticket could not be read or stored. */
export class TicketError extends Error {
  override readonly name = 'TicketError';
  readonly code = 'contended';
}

const TRIES = 25;
const commitReply = z.tuple([z.enum(['done', 'known', 'moved', 'other-open']), z.string()]);

export function createTicketStore(parts: { redis: Redis; keys: RedisKeys; index: TicketIndex }): TicketStore {
  const { redis, keys, index } = parts;
  const commitScript = defineScript(redis, 'fwTicketCommit', 7, COMMIT_TICKET);
  const homeKey = (ticketId: string) => keys.ticketIndex(`home:${ticketId}`);
  const conversationOf = async (ticketId: string) => (await redis.get(homeKey(ticketId))) ?? undefined;

  /** The ticket's own keys of COMMIT_TICKET, after the head. */
  const keysOf = (conversationId: string, ticketId: string) => [
    keys.head(conversationId),
    keys.ticket(conversationId, ticketId),
    ...(['events', 'effects', 'runs', 'notes'] as const).map((part) => keys.ticketPart(conversationId, ticketId, part)),
  ];

  const commit = async (expected: number, change: TicketChange, effect?: TicketEffect) => {
    const { ticket } = change.record;
    const token = `${ticket.id}/${randomUUID()}`;
    // First, so that a sweep completes the change if this process dies: the index is in another slot, updated after.
    await index.markPending(token);
    const { open, responder, request, runs = [], notes = [] } = change;
    const values = {
      id: ticket.id,
      site: ticket.siteId,
      conversation: ticket.conversationId,
      expected: String(expected),
      version: String(ticket.version),
      record: JSON.stringify(change.record),
      events: (change.events ?? []).map((event) => JSON.stringify(event)),
      runs: Object.fromEntries(runs.map((run) => [run.run.id, JSON.stringify(run)])),
      notes: notes.map((note) => JSON.stringify(note)),
      ...(open === undefined ? {} : { open: open ? 'yes' : 'no' }),
      ...(responder === undefined ? {} : { responder }),
      ...(responder === 'agent' && ticket.assignee ? { agent: JSON.stringify(ticket.assignee) } : {}),
      ...(ticket.resolution === undefined ? {} : { resolution: ticket.resolution }),
      ...(request === undefined ? {} : { request: JSON.stringify(request) }),
      ...(effect === undefined ? {} : { effect: effect.key, action: effect.action }),
    };
    const where = [...keysOf(ticket.conversationId, ticket.id), keys.feedOf(ticket.conversationId)];
    const reply = await commitScript(where, [JSON.stringify(values)]);
    const [kind, detail] = commitReply.parse(reply);
    if (kind !== 'done') await index.clearPending(token);
    else {
      await index.reindex(ticket, token);
      if (runs.length + notes.length > 0) await index.publish({ detail: ticket.id });
    }
    return { kind, detail };
  };

  const load = async (ticketId: string): Promise<LoadedTicket | undefined> => {
    const conversationId = await conversationOf(ticketId);
    if (conversationId === undefined) return undefined;
    const [json, responder] = await Promise.all([
      redis.hget(keys.ticket(conversationId, ticketId), 'record'),
      redis.hget(keys.head(conversationId), 'responder'),
    ]);
    if (json === null) return undefined;
    return {
      record: ticketRecordSchema.parse(JSON.parse(json)),
      responder: responderSchema.parse(responder ?? 'assistant'),
    };
  };

  const readList = async <Item>(ticketId: string, part: 'events' | 'notes', schema: z.ZodType<Item>) => {
    const conversationId = await conversationOf(ticketId);
    if (conversationId === undefined) return [];
    const rows = await redis.lrange(keys.ticketPart(conversationId, ticketId, part), 0, -1);
    return rows.map((row) => schema.parse(JSON.parse(row)));
  };

  return {
    conversationOf,
    load,

    async pointers(conversationId) {
      const [open, last] = await redis.hmget(keys.head(conversationId), 'ticket', 'lastTicket');
      return { ...(open ? { open } : {}), ...(last ? { last } : {}) };
    },

    async create(change) {
      const { id, conversationId } = change.record.ticket;
      await redis.set(homeKey(id), conversationId);
      const { kind, detail } = await commit(0, change);
      if (kind === 'other-open') return { otherOpen: detail };
      return kind === 'done' ? 'done' : 'moved';
    },

    async change(ticketId, decide, effect) {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const loaded = await load(ticketId);
        if (loaded === undefined) return { kind: 'not-found' };
        const { conversationId } = loaded.record.ticket;
        const used = effect && (await redis.hget(keys.ticketPart(conversationId, ticketId, 'effects'), effect.key));
        if (used) return { kind: 'known', action: used, record: loaded.record };
        const decision = await decide(loaded);
        if ('stop' in decision) return { kind: 'stopped', refusal: decision.stop };
        const { kind, detail } = await commit(loaded.record.ticket.version, decision.store, effect);
        if (kind === 'done') return { kind: 'stored', record: decision.store.record };
        // After `moved`, or `known` by a parallel repeat, the next read shows the reason.
        if (kind === 'other-open') return { kind: 'other-open', ticketId: detail };
      }
      throw new TicketError(`ticket ${ticketId}: a change conflicted ${TRIES} times in a row`);
    },

    events: (ticketId) => readList(ticketId, 'events', ticketEventSchema),
    notes: (ticketId) => readList(ticketId, 'notes', ticketNoteSchema),

    async runs(ticketId) {
      const conversationId = await conversationOf(ticketId);
      if (conversationId === undefined) return [];
      const rows = await redis.hvals(keys.ticketPart(conversationId, ticketId, 'runs'));
      return rows
        .map((row) => runRecordSchema.parse(JSON.parse(row)))
        .sort((one, other) => one.run.number - other.run.number);
    },

    async run(ticketId, runId) {
      const conversationId = await conversationOf(ticketId);
      if (conversationId === undefined) return undefined;
      const json = await redis.hget(keys.ticketPart(conversationId, ticketId, 'runs'), runId);
      return json === null ? undefined : runRecordSchema.parse(JSON.parse(json));
    },

    nextNumber: (siteId) => redis.incr(keys.ticketIndex(`number:${siteId}`)),

    async forget(ticketId) {
      const conversationId = await conversationOf(ticketId);
      if (conversationId === undefined) return;
      const [head = '', ...own] = keysOf(conversationId, ticketId);
      await redis.del(...own);
      const [open, last] = await redis.hmget(head, 'ticket', 'lastTicket');
      const stale = [...(open === ticketId ? ['ticket'] : []), ...(last === ticketId ? ['lastTicket'] : [])];
      if (stale.length > 0) await redis.hdel(head, ...stale);
      await index.forget(ticketId);
      await redis.del(homeKey(ticketId));
    },
  };
}
