/**
 * The atomic steps of tickets. What a change makes of a ticket is computed from what was read; COMMIT stores it only if
 * nothing has changed since, so every change sees the state it was computed from, and a repeated one has no effect.
 */

/**
 * KEYS head, ticket, events, effects, runs, notes · ARGV change, as JSON whose values are strings
 * Answers `done`; `known` and the action for an idempotency key that was used; `moved` when the version is another; or
 * `taken` and the id of the ticket that the conversation already has. Who may speak is changed only by the ticket that
 * the conversation counts as its own, so that an old ticket's timer never mutes a newer one.
 */
export const COMMIT_TICKET = `
local change = cjson.decode(ARGV[1])
if change.effect then
  local known = redis.call('HGET', KEYS[4], change.effect)
  if known then return {'known', known} end
end
if (redis.call('HGET', KEYS[2], 'version') or '0') ~= change.expected then return {'moved', ''} end
local current = redis.call('HGET', KEYS[1], 'ticket')
if change.open == 'yes' and current and current ~= change.id then return {'taken', current} end
local own = current == change.id or change.open == 'yes'
if change.open == 'yes' then
  redis.call('HSETNX', KEYS[1], 'site', change.site)
  redis.call('HSET', KEYS[1], 'ticket', change.id)
elseif change.open == 'no' and own then
  redis.call('HDEL', KEYS[1], 'ticket')
end
if change.open == 'yes' then redis.call('HSET', KEYS[1], 'lastTicket', change.id) end
if change.responder and own then redis.call('HSET', KEYS[1], 'responder', change.responder) end
redis.call('HSET', KEYS[2], 'version', change.version, 'record', change.record)
for _, event in ipairs(change.events) do redis.call('RPUSH', KEYS[3], event) end
for id, run in pairs(change.runs) do redis.call('HSET', KEYS[5], id, run) end
for _, note in ipairs(change.notes) do redis.call('RPUSH', KEYS[6], note) end
if change.effect then redis.call('HSET', KEYS[4], change.effect, change.action) end
return {'done', ''}
`;

/**
 * KEYS placed, due, review, open, done, mine of the assignee · ARGV id, version, due at or '', score while open or '',
 * score in review or '', score when done or '', assignee's id while open or '', prefix of the mine keys
 * Puts a ticket where its state belongs. An older state that arrives late changes nothing.
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
