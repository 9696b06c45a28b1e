/** A conversation's turns: begun once, leased to the process that runs them, ended once. */
import { type Message, type TurnEndState, turnStateSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { type Asker, askerSchema, type EndOutcome, type TurnRecord } from './conversation-outcomes.ts';
import { BEGIN_TURN, END_TURN, LIST_ORPHANS, WATCH_TURN } from './conversation-scripts.ts';
import type { RedisKeys } from './keys.ts';
import { PARTITIONS } from './partition.ts';

export interface TurnRecords {
  beginTurn(conversationId: string, turnId: string, messageSeq: number): Promise<'begun' | 'busy' | 'muted'>;
  /** Renews the lease by which sweeps judge a running turn. */
  watchTurn(conversationId: string, turnId: string): Promise<void>;
  /**
   * Ends a turn exactly once and stores its message under the next `seq`, unless an agent has taken over.
   * @param onlyIfOrphaned end it only if its lease has expired
   */
  endTurn(
    conversationId: string,
    turnId: string,
    end: { state: TurnEndState; message?: Omit<Message, 'seq'>; why?: string; onlyIfOrphaned?: boolean },
  ): Promise<EndOutcome>;
  /** Notes that a running turn answers earlier messages, too. */
  noteFirstSeq(conversationId: string, turnId: string, firstSeq: number): Promise<void>;
  readTurn(conversationId: string, turnId: string): Promise<TurnRecord | undefined>;
  /** Undefined for a turn that was begun for a stored message, because that is a repetition itself. */
  readAsker(conversationId: string, turnId: string): Promise<Asker | undefined>;
  /** Turns whose lease has expired, because the process that ran them is gone. */
  orphanedTurns(limit: number): Promise<{ conversationId: string; turnId: string }[]>;
}

export interface TurnRecordSettings {
  /** How long a process may be silent before its turn counts as orphaned. */
  readonly leaseMs: number;
  /** How long a turn's deltas stay readable after its end. */
  readonly keepDeltasSeconds: number;
}

const ALL = Array.from({ length: PARTITIONS }, (_, partition) => partition);
const beginReply = z.enum(['begun', 'busy', 'muted']);
const endReply = z.union([
  z.tuple([z.enum(['alive', 'unknown'])]),
  z.tuple([z.enum(['done', 'ended']), turnStateSchema.exclude(['running']), z.number()]),
]);

export function createTurnRecords(
  redis: Redis,
  keys: RedisKeys,
  { leaseMs, keepDeltasSeconds }: TurnRecordSettings,
): TurnRecords {
  const begin = defineScript(redis, 'fwBegin', 3, BEGIN_TURN);
  const end = defineScript(redis, 'fwEnd', 6, END_TURN);
  const watch = defineScript(redis, 'fwWatch', 1, WATCH_TURN);
  const listOrphans = defineScript(redis, 'fwOrphans', 1, LIST_ORPHANS);
  const overdue = async (key: string, limit: number) => {
    const members = z.array(z.string()).parse(await listOrphans([key], [limit]));
    return members.flatMap((member) => {
      const [conversationId, turnId] = member.split('/');
      return conversationId && turnId ? [{ conversationId, turnId }] : [];
    });
  };
  /** Of a process of an earlier version, which may still run beside this one. */
  const takeOverFormer = async (limit: number) => {
    for (const { conversationId, turnId } of await overdue(keys.formerRunningTurns(), limit)) {
      const member = `${conversationId}/${turnId}`;
      await redis.zadd(keys.runningTurnsOf(conversationId), 0, member);
      await redis.zrem(keys.formerRunningTurns(), member);
    }
  };

  return {
    async watchTurn(id, turnId) {
      await watch([keys.runningTurnsOf(id)], [`${id}/${turnId}`, leaseMs]);
    },

    async beginTurn(id, turnId, messageSeq) {
      const where = [keys.head(id), keys.turn(id, turnId), keys.runningTurnsOf(id)];
      return beginReply.parse(await begin(where, [turnId, messageSeq, leaseMs, id]));
    },

    async endTurn(id, turnId, { state, message, why = '', onlyIfOrphaned }) {
      const own = [keys.head(id), keys.log(id), keys.turn(id, turnId), keys.deltas(id, turnId)];
      const reply = endReply.parse(
        await end(
          [...own, keys.feedOf(id), keys.runningTurnsOf(id)],
          [turnId, state, message ? JSON.stringify(message) : '', keepDeltasSeconds, onlyIfOrphaned ? 1 : 0, why, id],
        ),
      );
      if (reply.length === 1) return { kind: reply[0] };
      const [kind, endState, seq] = reply;
      return { kind, state: endState, ...(seq > 0 ? { seq } : {}) };
    },

    async noteFirstSeq(id, turnId, firstSeq) {
      await redis.hset(keys.turn(id, turnId), 'firstSeq', firstSeq);
    },

    async readTurn(id, turnId) {
      const [state, messageSeq, seq, why, firstSeq] = await redis.hmget(
        keys.turn(id, turnId),
        'state',
        'messageSeq',
        'seq',
        'why',
        'firstSeq',
      );
      if (state === null) return undefined;
      return {
        state: turnStateSchema.parse(state),
        messageSeq: Number(messageSeq),
        ...(seq && seq !== '0' ? { seq: Number(seq) } : {}),
        ...(why ? { why } : {}),
        ...(firstSeq ? { firstSeq: Number(firstSeq) } : {}),
      };
    },

    async readAsker(id, turnId) {
      const json = await redis.hget(keys.turn(id, turnId), 'asker');
      return json ? askerSchema.parse(JSON.parse(json)) : undefined;
    },

    async orphanedTurns(limit) {
      const lists = ALL.map((partition) => overdue(keys.runningTurns(partition), limit));
      const [former, ...read] = await Promise.allSettled([takeOverFormer(limit), ...lists]);
      const found = read.flatMap((list) => (list.status === 'fulfilled' ? list.value : []));
      const failed = [former, ...read].find((list) => list.status === 'rejected');
      // One server of a cluster may be away: what the others name is ended all the same.
      if (found.length === 0 && failed !== undefined) throw failed.reason;
      return found.slice(0, limit);
    },
  };
}
