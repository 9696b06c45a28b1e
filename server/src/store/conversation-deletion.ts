/** Deletes everything stored of one conversation. */

import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { DELETE_TURNS } from './cold-scripts.ts';
import { EMIT } from './feed-scripts.ts';
import { createIdentityRecords } from './identity-records.ts';
import type { RedisKeys } from './keys.ts';

export interface QuietConversation {
  readonly siteId: string | undefined;
  readonly lastSeq: number;
  /** When the last message was stored or the pre-chat form was sent, in milliseconds since 1970; undefined for neither. */
  readonly lastAt: number | undefined;
  /** Its open ticket, and the last one it had. */
  readonly openTicket: string | undefined;
  readonly lastTicket: string | undefined;
}

export interface ConversationDeletion {
  inspect(conversationId: string): Promise<QuietConversation | undefined>;
  /**
   * Removes everything but its tickets, which are deleted by the event that this adds to the feed.
   * @param lastSeq as inspected; if there are newer messages, a running turn or a ticket, nothing is removed and it returns false
   */
  remove(conversationId: string, lastSeq: number): Promise<boolean>;
  /** Those of the given conversations of which nothing is stored here. */
  unknown(conversationIds: readonly string[]): Promise<string[]>;
  /** Removes the cost of a ticket's model calls. */
  removeTicketCost(ticketId: string): Promise<void>;
}

/**
 * KEYS feed, feed's set-aside events, head, log, sends, ratings, cost, cost counted, calls, identity, files · ARGV lastSeq, turnPrefix,
 * conversationId. Returns nil when the conversation has changed, otherwise the key that maps the visitor's identity to it, or ''.
 */
const DELETE = `${EMIT}${DELETE_TURNS}
local head = redis.call('HMGET', KEYS[3], 'seq', 'turn', 'ticket')
if (head[1] or '0') ~= ARGV[1] or head[2] or head[3] then return false end
deleteTurns(KEYS[4], KEYS[5], ARGV[2])
local identity = redis.call('GET', KEYS[10]) or ''
local from = originOf(KEYS[3])
redis.call('DEL', unpack(KEYS, 3))
for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
  if string.find(redis.call('HGET', KEYS[2], field), ARGV[3], 1, true) then redis.call('HDEL', KEYS[2], field) end
end
emit(KEYS[1], from, ARGV[3], 'conversation-erased', '')
return identity
`;

const messageAt = z.object({ at: z.number() });

export function createConversationDeletion(redis: Redis, keys: RedisKeys): ConversationDeletion {
  const deleteAll = defineScript(redis, 'fwForget', 11, DELETE);
  const people = createIdentityRecords(redis, keys);
  return {
    async inspect(id) {
      const [[site, seq, openTicket, lastTicket, preChatAt, coldSince], [last]] = await Promise.all([
        redis.hmget(keys.head(id), 'site', 'seq', 'ticket', 'lastTicket', 'preChatAt', 'cold'),
        redis.xrevrange(keys.log(id), '+', '-', 'COUNT', 1),
      ]);
      if (seq === null && openTicket === null && lastTicket === null && preChatAt === null) return undefined;
      const json = last?.[1][1];
      return {
        siteId: site ?? undefined,
        lastSeq: Number(seq ?? 0),
        lastAt: json === undefined ? Number(coldSince ?? preChatAt) || undefined : messageAt.parse(JSON.parse(json)).at,
        openTicket: openTicket ?? undefined,
        lastTicket: lastTicket ?? undefined,
      };
    },

    async remove(id, lastSeq) {
      const cost = keys.conversationCost(id);
      const own = [
        keys.feedOf(id),
        keys.feedSetAsideOf(id),
        keys.head(id),
        keys.log(id),
        keys.sends(id),
        keys.ratings(id),
        cost,
        keys.counted(cost),
        keys.conversationCalls(id),
        keys.identityOf(id),
        keys.files(id),
      ];
      const identity = z
        .string()
        .nullable()
        .parse(await deleteAll(own, [lastSeq, keys.turnPrefix(id), id]));
      if (identity !== null && identity !== '') await people.conversationDeleted(identity);
      return identity !== null;
    },

    async unknown(ids) {
      const known = await Promise.all(ids.map((id) => redis.exists(keys.head(id))));
      return ids.filter((_, at) => known[at] === 0);
    },

    async removeTicketCost(ticketId) {
      const cost = keys.ticketCost(ticketId);
      await redis.del(cost);
      await redis.del(keys.counted(cost));
    },
  };
}
