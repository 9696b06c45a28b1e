/** A conversation in Redis: its messages, its turns, and the text of the running one. */
import { responderSchema, turnStateSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { ConversationHead, Snapshot } from './conversation-outcomes.ts';
import { READ_SNAPSHOT } from './conversation-scripts.ts';
import { createDeltaLog, type DeltaLog, readEntry } from './delta-log.ts';
import type { RedisKeys } from './keys.ts';
import { createMessageLog, type MessageLog, streamEntrySchema, toMessage } from './message-log.ts';
import { createTurnRecords, type TurnRecordSettings, type TurnRecords } from './turn-records.ts';

export interface ConversationStore extends MessageLog, TurnRecords {
  readonly appendDeltas: DeltaLog['append'];
  readonly readDeltas: DeltaLog['read'];
  snapshot(conversationId: string, limit: number): Promise<Snapshot>;
  /** Also of a cold conversation, which stays cold. */
  readHead(conversationId: string): Promise<ConversationHead>;
}

const snapshotReply = z.tuple([
  z.coerce.number(),
  responderSchema,
  z.string(),
  z.string(),
  z.array(streamEntrySchema),
  z.string(),
  z.coerce.number(),
  z.array(streamEntrySchema),
]);

export function createConversationStore(
  redis: Redis,
  keys: RedisKeys,
  settings: TurnRecordSettings,
): ConversationStore {
  const turns = createTurnRecords(redis, keys, settings);
  const deltas = createDeltaLog(redis, keys, settings.leaseMs);
  const snapshot = defineScript(redis, 'fwSnapshot', 2, READ_SNAPSHOT);
  return {
    ...createMessageLog(redis, keys, settings.leaseMs),
    ...turns,
    async readHead(id) {
      const [seq, responder, turnId, ticketId] = await redis.hmget(keys.head(id), 'seq', 'responder', 'turn', 'ticket');
      const record = turnId ? await turns.readTurn(id, turnId) : undefined;
      return {
        lastSeq: Number(seq ?? 0),
        responder: responderSchema.parse(responder ?? 'assistant'),
        ...(ticketId ? { ticketId } : {}),
        ...(turnId && record?.state === 'running' ? { turn: { turnId, messageSeq: record.messageSeq } } : {}),
      };
    },

    appendDeltas: deltas.append,
    readDeltas: deltas.read,

    async snapshot(id, limit) {
      const reply = await snapshot([keys.head(id), keys.log(id)], [limit, keys.turnPrefix(id)]);
      const [lastSeq, responder, turnId, ticketId, entries, state, messageSeq, logged] = snapshotReply.parse(reply);
      const running = turnStateSchema.safeParse(state);
      return {
        lastSeq,
        responder,
        messages: entries.map(toMessage).reverse(),
        ...(ticketId === '' ? {} : { ticketId }),
        ...(running.success
          ? { turn: { turnId, messageSeq, state: running.data, deltas: logged.flatMap(readEntry) } }
          : {}),
      };
    },
  };
}
