/** Erases what Redis has of one conversation, whatever happens in it at the moment, and keeps it from coming back. */
import { z } from 'zod';
import { dayOf } from '../lib/days.ts';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { DELETE_TURNS } from './cold-scripts.ts';
import { KEEP_ERASED_MS } from './erased.ts';
import { EMIT } from './feed-scripts.ts';
import type { RedisKeys } from './keys.ts';

export interface ErasedConversation {
  readonly messages: number;
  readonly ratings: number;
  /** Events of the feed that some consumer had not handled. */
  readonly waitingEvents: number;
}

export interface ConversationErasure {
  /** May be repeated. A running turn ends without being stored, and consumers of the feed learn of it. */
  erase(conversation: { readonly id: string; readonly siteId: string }): Promise<ErasedConversation>;
  /** What a visitor's budgets have counted, and their conversation's visit. */
  eraseUse(conversation: {
    readonly id: string;
    readonly siteId: string;
    readonly visitorId: string | undefined;
  }): Promise<void>;
}

/**
 * KEYS feed, feed's set-aside events, head, log, sends, ratings, cost, cost counted, calls, identity, files, code, code's count · ARGV turnPrefix,
 * conversationId, siteId, keepMs. Returns the key that maps the visitor's identity to it or '', messages, ratings, set-aside events.
 */
const ERASE = `${EMIT}${DELETE_TURNS}
local from = originOf(KEYS[3])
from[1] = from[1] or ARGV[3]
local identity = redis.call('GET', KEYS[10]) or ''
local messages, ratings, events = redis.call('XLEN', KEYS[4]), redis.call('HLEN', KEYS[6]), 0
local turn = redis.call('HGET', KEYS[3], 'turn')
if turn then redis.call('DEL', ARGV[1] .. turn, ARGV[1] .. turn .. ':deltas') end
deleteTurns(KEYS[4], KEYS[5], ARGV[1])
redis.call('DEL', unpack(KEYS, 3))
for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
  if string.find(redis.call('HGET', KEYS[2], field), ARGV[2], 1, true) then events = events + redis.call('HDEL', KEYS[2], field) end
end
redis.call('HSET', KEYS[3], 'erased', '1')
redis.call('PEXPIRE', KEYS[3], ARGV[4])
emit(KEYS[1], from, ARGV[2], 'conversation-erased', '')
return {identity, messages, ratings, events}
`;

const erasedReply = z.tuple([z.string(), z.number(), z.number(), z.number()]);
const PAGE = 500;
/** Accounts of a day live for two. */
const DAYS = [0, 1, 2];
const DAY_MS = 24 * 60 * 60 * 1000;

export function createConversationErasure(redis: Redis, keys: RedisKeys): ConversationErasure {
  const eraseAll = defineScript(redis, 'fwErase', 13, ERASE);

  /** Removes its events from the feed, but the one that says that it is erased. Pages, because a feed may be long. */
  async function eraseEvents(id: string): Promise<number> {
    const feed = keys.feedOf(id);
    let removed = 0;
    for (let from = '-'; ; ) {
      const entries = await redis.xrange(feed, from, '+', 'COUNT', PAGE);
      const own = entries.filter(([, fields]) => {
        const field = (name: string) => fields[fields.findIndex((each, at) => at % 2 === 0 && each === name) + 1];
        return field('conversationId') === id && field('type') !== 'conversation-erased';
      });
      if (own.length > 0) removed += await redis.xdel(feed, ...own.map(([entry]) => entry));
      const last = entries.at(-1)?.[0];
      if (entries.length < PAGE || last === undefined) return removed;
      from = `(${last}`;
    }
  }

  return {
    async erase({ id, siteId }) {
      const cost = keys.conversationCost(id);
      const own = [
        ...[keys.feedOf(id), keys.feedSetAsideOf(id), keys.head(id), keys.log(id), keys.sends(id), keys.ratings(id)],
        ...[cost, keys.counted(cost), keys.conversationCalls(id), keys.identityOf(id), keys.files(id)],
        ...[keys.addressCode(id), keys.addressCodeCount(id)],
      ];
      const [identity, messages, ratings, setAside] = erasedReply.parse(
        await eraseAll(own, [keys.turnPrefix(id), id, siteId, KEEP_ERASED_MS]),
      );
      if (identity !== '') {
        await redis.del(identity);
        await redis.del(keys.identityProfile(identity));
      }
      // In other slots than the conversation.
      await redis.zrem(keys.mailDueTimes(), id);
      await redis.hdel(keys.mailReplies(), id);
      return { messages, ratings, waitingEvents: setAside + (await eraseEvents(id)) };
    },

    async eraseUse({ id, siteId, visitorId }) {
      await redis.zrem(keys.openVisits(), id);
      await redis.del(keys.visit(id));
      if (visitorId === undefined) return;
      for (const ago of DAYS) {
        const account = keys.visitorCost(siteId, visitorId, dayOf(Date.now() - ago * DAY_MS));
        await redis.del(account);
        await redis.del(keys.counted(account));
      }
    },
  };
}
