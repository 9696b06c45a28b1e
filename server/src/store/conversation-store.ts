/** A conversation as Redis remembers it: messages in one order, each turn's text for replay. */
import { createHash } from 'node:crypto';
import { REGIONS } from '@firstword/shared/catalog';
import {
  type Message,
  messageSchema,
  type Responder,
  responderSchema,
  type TurnEndState,
  type TurnSnapshot,
} from '@firstword/shared/wire';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { defineScript } from '../lib/redis-script.ts';
import {
  APPEND_SAID,
  APPEND_VISITOR_MESSAGE,
  BEGIN_TURN,
  END_TURN,
  LIST_ORPHANS,
  READ_SNAPSHOT,
  WATCH_TURN,
} from './conversation-scripts.ts';
import { createDeltaLog, type DeltaLog, readEntry } from './delta-log.ts';
import type { RedisKeys } from './keys.ts';

const askerSchema = z.object({
  siteId: z.string(),
  visitorId: z.string(),
  region: z.enum(REGIONS),
  locale: z.string().optional(),
  identified: z.boolean(),
});
/** For whom a turn answers. */
export type Asker = z.infer<typeof askerSchema>;

export interface VisitorMessage {
  readonly conversationId: string;
  readonly siteId: string;
  readonly visitorId: string;
  /** Made by the client; the same id with the same text has one effect. */
  readonly id: string;
  readonly text: string;
  readonly at: number;
  /** So many earlier messages come back with the outcome; 0 when absent. */
  readonly historyLimit?: number;
  /** The latest message that the client was told of; 0 when absent. */
  readonly knownSeq?: number;
  /** Kept with the turn, so that another process can ask again in the visitor's name. */
  readonly asker?: Omit<Asker, 'siteId' | 'visitorId'>;
  /** Id of the turn to begin, if the assistant is the one to answer. */
  readonly turnId: string;
}

export type AppendOutcome =
  /** `turnId` is absent when a person answers; `superseded` names the turn that was running before. */
  | {
      readonly kind: 'stored';
      readonly seq: number;
      readonly turnId?: string;
      readonly superseded?: string;
      /** What was said before, oldest first, at most `historyLimit` messages. */
      readonly history: Message[];
    }
  /** This very send was stored before. */
  | { readonly kind: 'known'; readonly seq: number; readonly turnId?: string }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'closed' }
  /** The stored conversation ends before what the client was told of. */
  | { readonly kind: 'gone' };

export type SaidOutcome =
  | { readonly kind: 'stored'; readonly message: Message }
  /** This very message was stored before. */
  | { readonly kind: 'known'; readonly message: Message }
  /** Another text was stored under this id. */
  | { readonly kind: 'conflict' };

export type EndOutcome =
  | { readonly kind: 'done'; readonly state: TurnEndState; readonly seq?: number }
  /** It had ended before. */
  | { readonly kind: 'ended'; readonly state: TurnEndState; readonly seq?: number }
  /** Its lease has not run out yet. */
  | { readonly kind: 'alive' }
  /** It never began. */
  | { readonly kind: 'unknown' };

export interface Snapshot {
  readonly lastSeq: number;
  readonly responder: Responder;
  readonly ticketId?: string;
  readonly messages: Message[];
  readonly turn?: TurnSnapshot;
}

export interface TurnRecord {
  readonly state: TurnSnapshot['state'];
  readonly messageSeq: number;
  readonly seq?: number;
  /** Why which model answered; once it has ended. */
  readonly why?: string;
}

export interface ConversationStore {
  append(message: VisitorMessage): Promise<AppendOutcome>;
  /** Whether a message with this client id is stored. */
  wasSent(conversationId: string, id: string): Promise<boolean>;
  /** The message that was stored under this client id. */
  findSent(conversationId: string, id: string): Promise<Message | undefined>;
  /**
   * Stores what an agent or the product itself says, or a visitor in other ways than words. The same id and text have one effect.
   * @param siteId where it may be the conversation's first message
   */
  say(conversationId: string, message: Omit<Message, 'seq'>, siteId?: string): Promise<SaidOutcome>;
  /** Keeps facts beside a turn: verdict, model, reasons. */
  annotateTurn(conversationId: string, turnId: string, facts: Readonly<Record<string, string>>): Promise<void>;
  beginTurn(conversationId: string, turnId: string, messageSeq: number): Promise<'begun' | 'busy' | 'muted'>;
  /** Keeps a running turn off the list of those that a sweep looks at, for the length of a lease. */
  watchTurn(conversationId: string, turnId: string): Promise<void>;
  readonly appendDeltas: DeltaLog['append'];
  /**
   * Ends a turn exactly once, storing its message (seq is given here) unless a person has taken over.
   * @param onlyIfOrphaned end it only when its lease has run out
   */
  endTurn(
    conversationId: string,
    turnId: string,
    end: { state: TurnEndState; message?: Omit<Message, 'seq'>; why?: string; onlyIfOrphaned?: boolean },
  ): Promise<EndOutcome>;
  snapshot(conversationId: string, limit: number): Promise<Snapshot>;
  readTurn(conversationId: string, turnId: string): Promise<TurnRecord | undefined>;
  /** Undefined for a turn that was begun for a stored message: it is itself a repetition. */
  readAsker(conversationId: string, turnId: string): Promise<Asker | undefined>;
  readonly readDeltas: DeltaLog['read'];
  /** Messages with `afterSeq < seq`, in order. */
  readAfter(conversationId: string, afterSeq: number, limit: number): Promise<Message[]>;
  /** The last `limit` messages with `seq < beforeSeq`, in order. */
  readBefore(conversationId: string, beforeSeq: number, limit: number): Promise<Message[]>;
  /** Turns whose lease ran out: whoever ran them is gone. */
  orphanedTurns(limit: number): Promise<{ conversationId: string; turnId: string }[]>;
  rate(
    conversationId: string,
    messageId: string,
    rating: { value: string; reason?: string | undefined },
  ): Promise<void>;
}

export interface ConversationStoreSettings {
  /** How long a producer may be silent before its turn counts as orphaned. */
  readonly leaseMs: number;
  /** How long a turn's deltas stay readable after its end. */
  readonly keepDeltasSeconds: number;
}

type StreamEntry = [id: string, fields: string[]];
const turnStateSchema = z.enum(['running', 'done', 'stopped', 'interrupted', 'failed']);
const endStateSchema = turnStateSchema.exclude(['running']);
const entrySchema = z.custom<StreamEntry>((entry) => Array.isArray(entry) && Array.isArray(entry[1]));
const appendReply = z.union([
  z.tuple([z.enum(['conflict', 'closed', 'gone'])]),
  z.tuple([z.literal('known'), z.number(), z.string()]),
  z.tuple([z.literal('stored'), z.number(), z.string(), z.string(), z.array(entrySchema)]),
]);
const saidReply = z.union([z.tuple([z.literal('conflict')]), z.tuple([z.enum(['stored', 'known']), z.number()])]);
const endReply = z.union([
  z.tuple([z.enum(['alive', 'unknown'])]),
  z.tuple([z.enum(['done', 'ended']), endStateSchema, z.number()]),
]);
const snapshotReply = z.tuple([
  z.coerce.number(),
  responderSchema,
  z.string(),
  z.string(),
  z.array(entrySchema),
  z.string(),
  z.coerce.number(),
  z.array(entrySchema),
]);

const seqOf = (id: string) => Number.parseInt(id, 10);

function toMessage([id, [, json = '']]: StreamEntry): Message {
  return messageSchema.parse({ ...JSON.parse(json), seq: seqOf(id) });
}

export function createConversationStore(
  redis: Redis,
  keys: RedisKeys,
  { leaseMs, keepDeltasSeconds }: ConversationStoreSettings,
): ConversationStore {
  const append = defineScript(redis, 'fwAppend', 3, APPEND_VISITOR_MESSAGE);
  const appendSaid = defineScript(redis, 'fwSaid', 3, APPEND_SAID);
  const begin = defineScript(redis, 'fwBegin', 2, BEGIN_TURN);
  const deltaLog = createDeltaLog(redis, keys, leaseMs);
  const end = defineScript(redis, 'fwEnd', 4, END_TURN);
  const snapshot = defineScript(redis, 'fwSnapshot', 2, READ_SNAPSHOT);
  const watchTurn = defineScript(redis, 'fwWatch', 1, WATCH_TURN);
  const listOrphans = defineScript(redis, 'fwOrphans', 1, LIST_ORPHANS);
  const watch = (conversationId: string, turnId: string) =>
    watchTurn([keys.runningTurns()], [`${conversationId}/${turnId}`, leaseMs]);
  const readOne = async (id: string, seq: number) => {
    const [entry] = await redis.xrange(keys.log(id), `${seq}-0`, `${seq}-0`);
    return entry && toMessage(entry);
  };
  const readBefore = async (id: string, beforeSeq: number, limit: number) => {
    const entries = limit > 0 ? await redis.xrevrange(keys.log(id), `(${beforeSeq}-0`, '-', 'COUNT', limit) : [];
    return entries.map(toMessage).reverse();
  };

  return {
    async append(sent) {
      const { conversationId: id, siteId, visitorId, id: clientId, text, at, turnId } = sent;
      const { historyLimit = 0, knownSeq = 0 } = sent;
      const asker = sent.asker === undefined ? '' : JSON.stringify({ ...sent.asker, siteId, visitorId });
      // The watch list is another hash slot, hence a command of its own; it goes first, so no turn runs unwatched.
      void watch(id, turnId).catch(() => {});
      const textHash = createHash('sha256').update(text).digest('base64url');
      const message = JSON.stringify({ id: clientId, from: 'visitor', text, at });
      const reply = appendReply.parse(
        await append(
          [keys.head(id), keys.log(id), keys.sends(id)],
          [
            ...[clientId, textHash, message, turnId, siteId, visitorId],
            ...[leaseMs, keys.turnPrefix(id), historyLimit, knownSeq, asker],
          ],
        ),
      );
      if (reply.length === 1) return { kind: reply[0] };
      const begun = reply[2] === '' ? {} : { turnId: reply[2] };
      // Our own turn, already known: the connection broke, and what it sent again had been done before.
      if (reply.length === 3 && reply[2] === turnId)
        return { kind: 'stored', seq: reply[1], turnId, history: await readBefore(id, reply[1], historyLimit) };
      if (reply.length === 3) return { kind: reply[0], seq: reply[1], ...begun };
      const [kind, seq, , superseded, before] = reply;
      const history = before.map(toMessage).reverse();
      return { kind, seq, history, ...begun, ...(superseded === '' ? {} : { superseded }) };
    },

    async wasSent(id, clientId) {
      return (await redis.hexists(keys.sends(id), clientId)) === 1;
    },

    async findSent(id, clientId) {
      const seq = Number.parseInt((await redis.hget(keys.sends(id), clientId)) ?? '', 10);
      return seq > 0 ? readOne(id, seq) : undefined;
    },

    async say(id, message, siteId = '') {
      const hash = createHash('sha256').update(message.text).digest('base64url');
      const where = [keys.head(id), keys.log(id), keys.sends(id)];
      const reply = saidReply.parse(await appendSaid(where, [message.id, hash, JSON.stringify(message), siteId]));
      if (reply.length === 1) return { kind: 'conflict' };
      const [kind, seq] = reply;
      if (kind === 'stored') return { kind, message: { ...message, seq } };
      return { kind, message: (await readOne(id, seq)) ?? { ...message, seq } };
    },

    async annotateTurn(id, turnId, facts) {
      await redis.hset(keys.turn(id, turnId), facts);
    },

    async beginTurn(id, turnId, messageSeq) {
      await watch(id, turnId);
      const reply = await begin([keys.head(id), keys.turn(id, turnId)], [turnId, messageSeq, leaseMs]);
      return z.enum(['begun', 'busy', 'muted']).parse(reply);
    },

    watchTurn: (id, turnId) => watch(id, turnId).then(() => {}),

    appendDeltas: deltaLog.append,

    async endTurn(id, turnId, { state, message, why = '', onlyIfOrphaned }) {
      const reply = endReply.parse(
        await end(
          [keys.head(id), keys.log(id), keys.turn(id, turnId), keys.deltas(id, turnId)],
          [turnId, state, message ? JSON.stringify(message) : '', keepDeltasSeconds, onlyIfOrphaned ? 1 : 0, why],
        ),
      );
      if (reply[0] !== 'alive') await redis.zrem(keys.runningTurns(), `${id}/${turnId}`);
      if (reply.length === 1) return { kind: reply[0] };
      const [kind, endState, seq] = reply;
      return { kind, state: endState, ...(seq > 0 ? { seq } : {}) };
    },

    async snapshot(id, limit) {
      const reply = await snapshot([keys.head(id), keys.log(id)], [limit, keys.turnPrefix(id)]);
      const [lastSeq, responder, turnId, ticketId, entries, state, messageSeq, deltas] = snapshotReply.parse(reply);
      const running = turnStateSchema.safeParse(state);
      return {
        lastSeq,
        responder: responder,
        messages: entries.map(toMessage).reverse(),
        ...(ticketId === '' ? {} : { ticketId }),
        ...(running.success
          ? { turn: { turnId, messageSeq, state: running.data, deltas: deltas.flatMap(readEntry) } }
          : {}),
      };
    },

    async readTurn(id, turnId) {
      const [state, messageSeq, seq, why] = await redis.hmget(
        keys.turn(id, turnId),
        'state',
        'messageSeq',
        'seq',
        'why',
      );
      if (state === null) return undefined;
      return {
        state: turnStateSchema.parse(state),
        messageSeq: Number(messageSeq),
        ...(seq && seq !== '0' ? { seq: Number(seq) } : {}),
        ...(why ? { why } : {}),
      };
    },

    async readAsker(id, turnId) {
      const json = await redis.hget(keys.turn(id, turnId), 'asker');
      return json ? askerSchema.parse(JSON.parse(json)) : undefined;
    },

    readDeltas: deltaLog.read,

    async readAfter(id, afterSeq, limit) {
      const entries = await redis.xrange(keys.log(id), `${afterSeq + 1}-0`, '+', 'COUNT', limit);
      return entries.map(toMessage);
    },

    readBefore,

    async orphanedTurns(limit) {
      const members = z.array(z.string()).parse(await listOrphans([keys.runningTurns()], [limit]));
      return members.flatMap((member) => {
        const [conversationId, turnId] = member.split('/');
        return conversationId && turnId ? [{ conversationId, turnId }] : [];
      });
    },

    async rate(id, messageId, rating) {
      await redis.hset(keys.ratings(id), messageId, JSON.stringify(rating));
    },
  };
}
