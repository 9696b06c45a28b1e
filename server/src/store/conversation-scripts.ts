/**
 * The atomic steps of a conversation. Each is idempotent, because a lost reply makes the client send it again. Leases
 * use Redis' clock, so that a server with a wrong clock neither loses its turns nor ends those of others. What consumers
 * need to know is appended to the feed by the same script.
 */
import { COLD } from './cold-scripts.ts';
import { refuseErased } from './erased.ts';
import { EMIT } from './feed-scripts.ts';
import { NOW_MS } from './redis-clock.ts';

/**
 * KEYS head, log, sends, feed, running turns · ARGV clientId, textHash, messageJson, turnId, siteId, visitorId, leaseMs, turnPrefix, historyLimit,
 * knownSeq, askerJson, locale, conversationId, openingJson or ''
 * Dedupes by client id, assigns the next seq, and begins the turn that will answer unless an agent has taken over.
 * Returns the history, which saves the turn a second round trip. A conversation that ends before `knownSeq` has lost
 * messages the client knows: Redis was emptied, or lost unwritten data, or the visitor's data was erased. A known id is written again, so that a replica
 * that confirms this write also has the message, which another connection may have stored. The opening, which the visitor has
 * read before they wrote, becomes the first message of a conversation that has none.
 */
export const APPEND_VISITOR_MESSAGE = `${NOW_MS}${EMIT}
local known = redis.call('HGET', KEYS[3], ARGV[1])
if known then
  local seq, hash, turn = string.match(known, '^(%d+)|([^|]*)|(.*)$')
  if hash == ARGV[2] then
    redis.call('HSET', KEYS[3], ARGV[1], known)
    return {'known', tonumber(seq), turn}
  end
  return {'conflict'}
end
local head = redis.call('HMGET', KEYS[1], 'responder', 'turn', 'seq', 'cold', 'erased')
if head[4] then return redis.error_reply('${COLD}') end
if head[5] or tonumber(head[3] or '0') < tonumber(ARGV[10]) then return {'gone'} end
local responder = head[1] or 'assistant'
if responder == 'closed' then return {'closed'} end
redis.call('HSETNX', KEYS[1], 'responder', 'assistant')
redis.call('HSETNX', KEYS[1], 'site', ARGV[5])
redis.call('HSETNX', KEYS[1], 'visitor', ARGV[6])
if ARGV[12] ~= '' then redis.call('HSET', KEYS[1], 'locale', ARGV[12]) end
if ARGV[14] ~= '' and not head[3] then
  local first = redis.call('HINCRBY', KEYS[1], 'seq', 1)
  redis.call('XADD', KEYS[2], first .. '-0', 'm', ARGV[14])
  emit(KEYS[4], originOf(KEYS[1]), ARGV[13], 'message', nil, 'seq', first, 'message', ARGV[14])
end
local before = {}
if ARGV[9] ~= '0' then before = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', ARGV[9]) end
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('XADD', KEYS[2], seq .. '-0', 'm', ARGV[3])
local turn = ''
if responder == 'assistant' or responder == 'waiting-agent' then
  turn = ARGV[4]
  redis.call('HSET', KEYS[1], 'turn', turn)
  redis.call('HSET', ARGV[8] .. turn, 'state', 'running', 'messageSeq', seq, 'lease', inMs(ARGV[7]), 'asker', ARGV[11])
  redis.call('ZADD', KEYS[5], inMs(ARGV[7]), ARGV[13] .. '/' .. turn)
end
redis.call('HSET', KEYS[3], ARGV[1], seq .. '|' .. ARGV[2] .. '|' .. turn)
emit(KEYS[4], originOf(KEYS[1]), ARGV[13], 'message', nil, 'seq', seq, 'message', ARGV[3], 'asker', ARGV[11])
return {'stored', seq, turn, head[2] or '', before}
`;

/**
 * KEYS head, log, sends, feed · ARGV id, textHash, messageJson, siteId or '', visitorId or '', conversationId
 * Appends any message that starts no turn, once per id.
 */
export const APPEND_OTHER_MESSAGE = `${EMIT}
local known = redis.call('HGET', KEYS[3], ARGV[1])
if known then
  local seq, hash = string.match(known, '^(%d+)|([^|]*)|')
  if hash == ARGV[2] then
    redis.call('HSET', KEYS[3], ARGV[1], known)
    return {'known', tonumber(seq)}
  end
  return {'conflict'}
end
${refuseErased('KEYS[1]')}
if redis.call('HGET', KEYS[1], 'cold') then return redis.error_reply('${COLD}') end
if ARGV[4] ~= '' then redis.call('HSETNX', KEYS[1], 'site', ARGV[4]) end
if ARGV[5] ~= '' then redis.call('HSETNX', KEYS[1], 'visitor', ARGV[5]) end
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('XADD', KEYS[2], seq .. '-0', 'm', ARGV[3])
redis.call('HSET', KEYS[3], ARGV[1], seq .. '|' .. ARGV[2] .. '|')
emit(KEYS[4], originOf(KEYS[1]), ARGV[6], 'message', nil, 'seq', seq, 'message', ARGV[3])
return {'stored', seq}
`;

/**
 * KEYS head, turn, running turns · ARGV turnId, messageSeq, leaseMs, conversationId: begins a turn for a message that is already
 * stored.
 */
export const BEGIN_TURN = `${NOW_MS}
local responder = redis.call('HGET', KEYS[1], 'responder')
if responder == 'agent' or responder == 'closed' then return 'muted' end
if redis.call('HGET', KEYS[1], 'turn') then return 'busy' end
redis.call('HSET', KEYS[1], 'turn', ARGV[1])
redis.call('HSET', KEYS[2], 'state', 'running', 'messageSeq', ARGV[2], 'lease', inMs(ARGV[3]))
redis.call('ZADD', KEYS[3], inMs(ARGV[3]), ARGV[4] .. '/' .. ARGV[1])
return 'begun'
`;

/**
 * KEYS head, log, turn, deltas, feed, running turns · ARGV turnId, state, messageJson or '', keepSeconds, 1 to end it only as an
 * orphan, why, conversationId
 * Ends a turn once. The responder is read here: once an agent has taken over, the assistant's text is not stored.
 * An orphan is a turn whose lease has expired.
 */
export const END_TURN = `${NOW_MS}${EMIT}
local turn = redis.call('HMGET', KEYS[3], 'state', 'seq', 'lease', 'messageSeq', 'firstSeq')
local function forget() redis.call('ZREM', KEYS[6], ARGV[7] .. '/' .. ARGV[1]) end
if turn[1] ~= 'running' then
  forget()
  return turn[1] and {'ended', turn[1], tonumber(turn[2] or '0')} or {'unknown'}
end
if ARGV[5] == '1' and tonumber(turn[3] or '0') > nowMs then return {'alive'} end
local seq = 0
local state = ARGV[2]
local responder = redis.call('HGET', KEYS[1], 'responder')
if responder == 'agent' or responder == 'closed' then
  state = 'stopped'
elseif ARGV[3] ~= '' then
  seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
  redis.call('XADD', KEYS[2], seq .. '-0', 'm', ARGV[3])
end
redis.call('HSET', KEYS[3], 'state', state, 'seq', seq, 'why', ARGV[6])
forget()
redis.call('EXPIRE', KEYS[3], ARGV[4])
redis.call('EXPIRE', KEYS[4], ARGV[4])
if redis.call('HGET', KEYS[1], 'turn') == ARGV[1] then redis.call('HDEL', KEYS[1], 'turn') end
local from = originOf(KEYS[1])
if seq > 0 then emit(KEYS[5], from, ARGV[7], 'message', nil, 'seq', seq, 'message', ARGV[3]) end
emit(KEYS[5], from, ARGV[7], 'turn-ended', nil, 'turnId', ARGV[1], 'messageSeq', turn[4], 'firstSeq', turn[5] or '',
  'state', state, 'seq', seq > 0 and seq or '', 'why', ARGV[6])
return {'done', state, seq}
`;

/** KEYS head, log · ARGV limit, turnPrefix: reads head, last messages and running turn consistently. */
export const READ_SNAPSHOT = `
local head = redis.call('HMGET', KEYS[1], 'seq', 'responder', 'turn', 'ticket', 'cold')
if head[5] then return redis.error_reply('${COLD}') end
local messages = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', ARGV[1])
local turn, deltas = false, {}
if head[3] then
  turn = redis.call('HMGET', ARGV[2] .. head[3], 'state', 'messageSeq')
  deltas = redis.call('XRANGE', ARGV[2] .. head[3] .. ':deltas', '-', '+')
end
return {head[1] or '0', head[2] or 'assistant', head[3] or '', head[4] or '', messages, turn and turn[1] or '', turn and turn[2] or '0', deltas}
`;

/** KEYS running turns · ARGV member, leaseMs: keeps a turn off the sweeps for the length of a lease. */
export const WATCH_TURN = `${NOW_MS}
return redis.call('ZADD', KEYS[1], inMs(ARGV[2]), ARGV[1])
`;

/** KEYS running turns · ARGV limit: the members whose lease has expired. */
export const LIST_ORPHANS = `${NOW_MS}
return redis.call('ZRANGEBYSCORE', KEYS[1], 0, inMs(0), 'LIMIT', 0, ARGV[1])
`;
