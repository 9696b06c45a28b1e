/**
 * Moves the messages of one conversation to the end of another. The two may be on different nodes of a cluster, so one script
 * closes the first and another adds to the second: all of its messages, or none, and once however often it is called.
 */
import { type Message, messageSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { COLD } from './cold-scripts.ts';
import { EMIT } from './feed-scripts.ts';
import type { RedisKeys } from './keys.ts';
import { hashText, streamEntrySchema, toMessage } from './message-log.ts';

export type SealOutcome =
  /** It has no messages. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'running'; readonly turnId: string }
  /** It was merged into another one before. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'sealed'; readonly messages: readonly Message[]; readonly openTicket: string | undefined };

export interface MergedConversation {
  readonly id: string;
  readonly siteId: string;
  readonly visitorId: string;
}

export interface ConversationMerging {
  /** Closes a conversation for good, on behalf of the visitor who continues in `into`; no message is added after that. */
  seal(conversationId: string, into: MergedConversation): Promise<SealOutcome>;
  /** Adds the messages; returns them as they are stored, or none when they were added before. */
  add(into: MergedConversation, messages: readonly Message[]): Promise<Message[]>;
}

/** The last messages, as many as clients page through at once. The rest stays where it is, for agents. */
const MERGED_MAX = 100;

/** KEYS head, log, feed · ARGV conversationId, id to continue in, visitorId, limit */
const SEAL = `${EMIT}
local head = redis.call('HMGET', KEYS[1], 'seq', 'cold', 'turn', 'mergedInto', 'ticket')
if not head[1] then return {'empty'} end
if head[2] then return redis.error_reply('${COLD}') end
if head[4] and head[4] ~= ARGV[2] then return {'taken'} end
if not head[4] then
  if head[3] then return {'running', head[3]} end
  redis.call('HSET', KEYS[1], 'mergedInto', ARGV[2], 'visitor', ARGV[3], 'responder', 'closed')
  emit(KEYS[3], originOf(KEYS[1]), ARGV[1], 'responder-changed', nil, 'responder', 'closed')
end
return {'sealed', head[5] or '', redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', ARGV[4])}
`;

/** KEYS head, log, sends, feed · ARGV conversationId, siteId, visitorId, then id, text's hash and JSON of each message */
const ADD = `${EMIT}
if redis.call('HGET', KEYS[1], 'cold') then return redis.error_reply('${COLD}') end
for i = 4, #ARGV, 3 do
  if redis.call('HEXISTS', KEYS[3], ARGV[i]) == 1 then return {} end
end
redis.call('HSETNX', KEYS[1], 'site', ARGV[2])
redis.call('HSETNX', KEYS[1], 'visitor', ARGV[3])
local from, seqs = originOf(KEYS[1]), {}
for i = 4, #ARGV, 3 do
  local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
  redis.call('XADD', KEYS[2], seq .. '-0', 'm', ARGV[i + 2])
  redis.call('HSET', KEYS[3], ARGV[i], seq .. '|' .. ARGV[i + 1] .. '|')
  emit(KEYS[4], from, ARGV[1], 'message', nil, 'seq', seq, 'message', ARGV[i + 2])
  seqs[#seqs + 1] = seq
end
return seqs
`;

const sealReply = z.union([
  z.tuple([z.enum(['empty', 'taken'])]),
  z.tuple([z.literal('running'), z.string()]),
  z.tuple([z.literal('sealed'), z.string(), z.array(streamEntrySchema)]),
]);
/** Turns stay with their conversation. */
const movedSchema = messageSchema.omit({ seq: true, turnId: true });

export function createConversationMerging(redis: Redis, keys: RedisKeys): ConversationMerging {
  const seal = defineScript(redis, 'fwMergeSeal', 3, SEAL);
  const add = defineScript(redis, 'fwMergeAdd', 4, ADD);
  return {
    async seal(id, into) {
      const own = [keys.head(id), keys.log(id), keys.feedOf(id)];
      const reply = sealReply.parse(await seal(own, [id, into.id, into.visitorId, MERGED_MAX]));
      if (reply[0] === 'running') return { kind: 'running', turnId: reply[1] };
      if (reply[0] !== 'sealed') return { kind: reply[0] };
      return { kind: 'sealed', openTicket: reply[1] || undefined, messages: reply[2].map(toMessage).reverse() };
    },

    async add({ id, siteId, visitorId }, messages) {
      if (messages.length === 0) return [];
      const moved = messages.map((message) => movedSchema.parse(message));
      const own = [keys.head(id), keys.log(id), keys.sends(id), keys.feedOf(id)];
      const args = moved.flatMap((message) => [message.id, hashText(message.text), JSON.stringify(message)]);
      const seqs = z.array(z.int()).parse(await add(own, [id, siteId, visitorId, ...args]));
      return seqs.flatMap((seq, at) => (moved[at] ? [{ ...moved[at], seq }] : []));
    },
  };
}
