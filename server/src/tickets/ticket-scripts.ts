/**
 * The atomic steps of tickets (Lua). A change is computed from a record that was read; COMMIT_TICKET stores it only if
 * the version is still the same (optimistic locking), and has no effect when it is repeated.
 */
import { EMIT } from '../store/feed-scripts.ts';

/**
 * KEYS head, ticket, events, effects, runs, notes, feed · ARGV change, as JSON whose values are strings
 * Returns `done`; `known` and the action if the idempotency key was used; `moved` if the version differs; or `other-open`
 * the id of the conversation's other open ticket. Only the conversation's open ticket changes its responder, so that
 * the timer of an old ticket never affects a newer one.
 */
export const COMMIT_TICKET = `${EMIT}
local change = cjson.decode(ARGV[1])
if change.effect then
  local known = redis.call('HGET', KEYS[4], change.effect)
  if known then return {'known', known} end
end
if (redis.call('HGET', KEYS[2], 'version') or '0') ~= change.expected then return {'moved', ''} end
local current = redis.call('HGET', KEYS[1], 'ticket')
if change.open == 'yes' and current and current ~= change.id then return {'other-open', current} end
local own = current == change.id or change.open == 'yes'
if change.open == 'yes' then
  redis.call('HSETNX', KEYS[1], 'site', change.site)
  redis.call('HSET', KEYS[1], 'ticket', change.id)
elseif change.open == 'no' and own then
  redis.call('HDEL', KEYS[1], 'ticket')
end
if change.open == 'yes' then redis.call('HSET', KEYS[1], 'lastTicket', change.id) end
local before = redis.call('HGET', KEYS[1], 'responder') or 'assistant'
local switched = change.responder and own and change.responder ~= before
if switched then redis.call('HSET', KEYS[1], 'responder', change.responder) end
redis.call('HSET', KEYS[2], 'version', change.version, 'record', change.record)
for _, event in ipairs(change.events) do redis.call('RPUSH', KEYS[3], event) end
for id, run in pairs(change.runs) do redis.call('HSET', KEYS[5], id, run) end
for _, note in ipairs(change.notes) do redis.call('RPUSH', KEYS[6], note) end
if change.effect then redis.call('HSET', KEYS[4], change.effect, change.action) end
local function tell(type, ...) emit(KEYS[7], originOf(KEYS[1]), change.conversation, type, change.id, ...) end
if change.request then tell('hand-off-requested', 'request', change.request) end
if switched then tell('responder-changed', 'responder', change.responder, 'agent', change.agent or '') end
if switched and change.responder == 'closed' then tell('conversation-closed', 'resolution', change.resolution or '') end
return {'done', ''}
`;

/**
 * KEYS placed, due, review, open, done, mine of the assignee · ARGV id, version, due at or '', score while open or '',
 * score in review or '', score when done or '', assignee's id while open or '', prefix of the mine keys
 * Updates the views and the timer of a ticket. An older version that arrives late changes nothing.
 */
export const INDEX_TICKET = `
local id = ARGV[1]
local function put(key, score)
  if score == '' then redis.call('ZREM', key, id) else redis.call('ZADD', key, score, id) end
end
local version, mine = string.match(redis.call('HGET', KEYS[1], id) or '0|', '^(%d+)|(.*)$')
if tonumber(version) > tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], id, ARGV[2] .. '|' .. ARGV[7])
if mine ~= '' and mine ~= ARGV[7] then redis.call('ZREM', ARGV[8] .. mine, id) end
put(KEYS[2], ARGV[3])
put(KEYS[3], ARGV[5])
put(KEYS[4], ARGV[4])
put(KEYS[5], ARGV[6])
if ARGV[7] ~= '' then put(KEYS[6], ARGV[4]) end
return 1
`;
