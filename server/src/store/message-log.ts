/** A conversation's messages in one order, and the visitor's ratings of them. */
import { createHash } from 'node:crypto';
import type { Rating } from '@firstword/shared/feed-event';
import { type Message, messageSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { COLD } from './cold-scripts.ts';
import type { AppendOutcome, SayOutcome, VisitorMessage } from './conversation-outcomes.ts';
import { APPEND_OTHER_MESSAGE, APPEND_VISITOR_MESSAGE } from './conversation-scripts.ts';
import { EMIT } from './feed-scripts.ts';
import type { RedisKeys } from './keys.ts';
import { readRating, storedRating } from './stored-rating.ts';

export interface MessageLog {
  append(message: VisitorMessage): Promise<AppendOutcome>;
  /** Whether a message with this client id is stored. */
  wasSent(conversationId: string, id: string): Promise<boolean>;
  /** The message stored under this client id. */
  findSent(conversationId: string, id: string): Promise<Message | undefined>;
  /**
   * Stores a message of an agent or of the product itself, or a visitor's message that asks nothing, such as a file.
   * The same id and text have one effect.
   * @param owner needed where it may be the conversation's first message
   */
  say(
    conversationId: string,
    message: Omit<Message, 'seq'>,
    owner?: { readonly siteId: string; readonly visitorId: string },
  ): Promise<SayOutcome>;
  /** Messages with `afterSeq < seq`, in order. */
  readAfter(conversationId: string, afterSeq: number, limit: number): Promise<Message[]>;
  /** The last `limit` messages with `seq < beforeSeq`, in order. */
  readBefore(conversationId: string, beforeSeq: number, limit: number): Promise<Message[]>;
  /** Stores or replaces a rating. False when the conversation, or the message in Redis, does not exist. */
  rate(conversationId: string, rating: Rating): Promise<boolean>;
  ratings(conversationId: string): Promise<Rating[]>;
}

/**
 * KEYS head, ratings, feed, log · ARGV field, what is stored, conversationId, rating, rated message or empty: repeating it changes
 * nothing. Quotes inside of a text are escaped, so only an id can match.
 */
const RATE = `${EMIT}
local function has(id)
  local last = '+'
  repeat
    local entries = redis.call('XREVRANGE', KEYS[4], last, '-', 'COUNT', 100)
    for _, entry in ipairs(entries) do
      if string.find(entry[2][2], '"id":"' .. id .. '"', 1, true) then return true end
      last = '(' .. entry[1]
    end
  until #entries < 100
  return false
end
local head = redis.call('HMGET', KEYS[1], 'seq', 'cold')
if not head[1] then return 0 end
if head[2] then return redis.error_reply('${COLD}') end
if redis.call('HGET', KEYS[2], ARGV[1]) == ARGV[2] then return 1 end
if ARGV[5] ~= '' and not has(ARGV[5]) then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
emit(KEYS[3], originOf(KEYS[1]), ARGV[3], 'rated', nil, 'rating', ARGV[4])
return 1
`;

const idSchema = z.string().regex(/^\d+-\d+$/);
export const streamEntrySchema = z.tuple([idSchema, z.array(z.string())]);
type StreamEntry = z.infer<typeof streamEntrySchema>;
const appendReply = z.union([
  z.tuple([z.enum(['conflict', 'closed', 'gone'])]),
  z.tuple([z.literal('known'), z.number(), z.string()]),
  z.tuple([z.literal('stored'), z.number(), z.string(), z.string(), z.array(streamEntrySchema)]),
]);
const sayReply = z.union([z.tuple([z.literal('conflict')]), z.tuple([z.enum(['stored', 'known']), z.number()])]);

export function toMessage([id, [, json = '']]: StreamEntry): Message {
  return messageSchema.parse({ ...JSON.parse(json), seq: Number.parseInt(id, 10) });
}

export const hashText = (text: string) => createHash('sha256').update(text).digest('base64url');

export function createMessageLog(redis: Redis, keys: RedisKeys, leaseMs: number): MessageLog {
  const append = defineScript(redis, 'fwAppend', 5, APPEND_VISITOR_MESSAGE);
  const appendOther = defineScript(redis, 'fwSaid', 4, APPEND_OTHER_MESSAGE);
  const rate = defineScript(redis, 'fwRate', 4, RATE);
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
      const message = JSON.stringify({ id: clientId, from: 'visitor', text, at });
      const reply = appendReply.parse(
        await append(
          [keys.head(id), keys.log(id), keys.sends(id), keys.feedOf(id), keys.runningTurnsOf(id)],
          [
            ...[clientId, hashText(text), message, turnId, siteId, visitorId],
            ...[leaseMs, keys.turnPrefix(id), historyLimit, knownSeq, asker, sent.asker?.locale ?? '', id],
            sent.opening === undefined ? '' : JSON.stringify(sent.opening),
          ],
        ),
      );
      if (reply.length === 1) return { kind: reply[0] };
      const begun = reply[2] === '' ? {} : { turnId: reply[2] };
      // Our own turn is known already: the connection broke, and the resent command had been executed before.
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

    async say(id, message, { siteId, visitorId } = { siteId: '', visitorId: '' }) {
      const reply = sayReply.parse(
        await appendOther(
          [keys.head(id), keys.log(id), keys.sends(id), keys.feedOf(id)],
          [message.id, hashText(message.text), JSON.stringify(message), siteId, visitorId, id],
        ),
      );
      if (reply.length === 1) return { kind: 'conflict' };
      const [kind, seq] = reply;
      if (kind === 'stored') return { kind, message: { ...message, seq } };
      return { kind, message: (await readOne(id, seq)) ?? { ...message, seq } };
    },

    async readAfter(id, afterSeq, limit) {
      const entries = await redis.xrange(keys.log(id), `${afterSeq + 1}-0`, '+', 'COUNT', limit);
      return entries.map(toMessage);
    },

    readBefore,

    async rate(id, rating) {
      const where = [keys.head(id), keys.ratings(id), keys.feedOf(id), keys.log(id)];
      const rated = rating.of === 'message' ? rating.messageId : '';
      return (await rate(where, [...storedRating(rating), id, JSON.stringify(rating), rated])) === 1;
    },

    async ratings(id) {
      return Object.entries(await redis.hgetall(keys.ratings(id))).map(([field, json]) => readRating(field, json));
    },
  };
}
