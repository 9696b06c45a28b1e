/**
 * A conversation is cold when Redis keeps only its head, and the archive has the rest. The head's `cold` is the time of its
 * last message. Scripts that need the rest refuse with `COLD`; the conversation is then restored, and they are called again.
 */
import { NOW_MS } from './redis-clock.ts';

export const COLD = 'COLD The conversation has to be restored from the archive first';

export function isCold(error: unknown): boolean {
  return error instanceof Error && error.message === COLD;
}

/** `deleteTurns(log, sends, turnPrefix)`: turns that ended are named by the messages that they answered or stored. */
export const DELETE_TURNS = `
local function deleteTurns(log, sends, prefix)
  local function deleteTurn(id)
    if id and id ~= '' then redis.call('DEL', prefix .. id, prefix .. id .. ':deltas') end
  end
  for _, sent in ipairs(redis.call('HVALS', sends)) do deleteTurn(string.match(sent, '|([^|]*)$')) end
  for _, entry in ipairs(redis.call('XRANGE', log, '-', '+')) do deleteTurn(cjson.decode(entry[2][2]).turnId) end
end
`;

/** More events than this wait for the archive: it is behind, and the conversation stays. */
const WAITING_MAX = 1000;

/**
 * KEYS head, log, sends, ratings, feed, feed's cursors, feed's set-aside events · ARGV conversationId, lastSeq, hotMs, group of
 * the archive, turnPrefix. Returns 1 when the conversation is cold now. Deletes first, because a full Redis accepts that.
 */
export const EVICT = `${NOW_MS}${DELETE_TURNS}
local head = redis.call('HMGET', KEYS[1], 'seq', 'turn', 'ticket', 'cold', 'restoredAt')
if head[1] ~= ARGV[2] or head[2] or head[3] or head[4] then return 0 end
local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
if not last then return 0 end
local at = cjson.decode(last[2][2]).at
if math.max(at, tonumber(head[5] or '0')) > nowMs - ARGV[3] then return 0 end
local cursor = redis.call('HGET', KEYS[6], ARGV[4])
if not cursor then return 0 end
local waiting = redis.call('XRANGE', KEYS[5], '(' .. cursor, '+', 'COUNT', ${WAITING_MAX})
if #waiting == ${WAITING_MAX} then return 0 end
for _, event in ipairs(waiting) do
  for i = 1, #event[2], 2 do
    if event[2][i] == 'conversationId' and event[2][i + 1] == ARGV[1] then return 0 end
  end
end
for _, field in ipairs(redis.call('HKEYS', KEYS[7])) do
  local isOfArchive = string.sub(field, 1, #ARGV[4] + 1) == ARGV[4] .. ':'
  if isOfArchive and string.find(redis.call('HGET', KEYS[7], field), ARGV[1], 1, true) then return 0 end
end
deleteTurns(KEYS[2], KEYS[3], ARGV[5])
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
redis.call('HDEL', KEYS[1], 'restoredAt')
redis.call('HSET', KEYS[1], 'cold', string.format('%.0f', at))
return 1
`;

/**
 * KEYS head, log, sends, ratings · ARGV lastSeq, then three lists, each as its length and its pairs: seq and message, client id
 * and what its send did, rated id and rating. Returns 0 when the conversation isn't cold: another process has restored it.
 */
export const RESTORE = `${NOW_MS}
local head = redis.call('HMGET', KEYS[1], 'cold', 'seq')
if not head[1] or head[2] ~= ARGV[1] then return 0 end
local at = 2
local function each(put)
  local pairs = tonumber(ARGV[at])
  for i = 1, pairs do put(ARGV[at + 2 * i - 1], ARGV[at + 2 * i]) end
  at = at + 1 + 2 * pairs
end
each(function(seq, message) redis.call('XADD', KEYS[2], seq .. '-0', 'm', message) end)
each(function(id, sent) redis.call('HSETNX', KEYS[3], id, sent) end)
each(function(id, rating) redis.call('HSETNX', KEYS[4], id, rating) end)
redis.call('HSET', KEYS[1], 'restoredAt', inMs(0))
redis.call('HDEL', KEYS[1], 'cold')
return 1
`;
