/** The atomic steps of a conversation's hand-offs and tickets in Redis (Lua). */
import { refuseErased } from './erased.ts';
import { EMIT } from './feed-scripts.ts';

/**
 * KEYS head, feed · ARGV conversationId, siteId, ticket, effect, responder or '', summary or '', request, and as it was read:
 * open ticket or '', hand-offs, revision; the agent who answers or ''. Returns 0 when the head has changed since.
 */
export const REQUEST_HAND_OFF = `${EMIT}
${refuseErased('KEYS[1]')}
local head = redis.call('HMGET', KEYS[1], 'ticket', 'handOffs', 'ticketRevision', 'responder')
if (head[1] or '') ~= ARGV[8] or (head[2] or '0') ~= ARGV[9] or (head[3] or '0') ~= ARGV[10] then return 0 end
redis.call('HSETNX', KEYS[1], 'site', ARGV[2])
local number = ''
if ARGV[4] ~= 'joined' then
  number = redis.call('HINCRBY', KEYS[1], 'handOffs', 1)
  redis.call('HSET', KEYS[1], 'ticket', ARGV[3], 'lastTicket', ARGV[3], 'ticketSummary', ARGV[6])
end
local switched = ARGV[5] ~= '' and ARGV[5] ~= (head[4] or 'assistant')
if switched then redis.call('HSET', KEYS[1], 'responder', ARGV[5]) end
local from = originOf(KEYS[1])
emit(KEYS[2], from, ARGV[1], 'hand-off-requested', ARGV[3], 'request', ARGV[7], 'effect', ARGV[4], 'handOff', number)
if switched then emit(KEYS[2], from, ARGV[1], 'responder-changed', ARGV[3], 'responder', ARGV[5], 'agent', ARGV[11]) end
return 1
`;

/**
 * KEYS head, feed · ARGV conversationId, ticket, revision, hand-offs, responder, open ticket or '', last ticket or '', summary or '',
 * agent or '', resolution or ''
 */
export const APPLY_TICKETS = `${EMIT}
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'erased') == 1 then return 0 end
local head = redis.call('HMGET', KEYS[1], 'ticketRevision', 'handOffs', 'responder')
if tonumber(head[1] or '0') >= tonumber(ARGV[3]) or tonumber(head[2] or '0') > tonumber(ARGV[4]) then return 0 end
redis.call('HSET', KEYS[1], 'ticketRevision', ARGV[3], 'responder', ARGV[5])
local function put(field, value)
  if value == '' then redis.call('HDEL', KEYS[1], field) else redis.call('HSET', KEYS[1], field, value) end
end
put('ticket', ARGV[6])
put('lastTicket', ARGV[7])
put('ticketSummary', ARGV[8])
if ARGV[5] ~= (head[3] or 'assistant') then
  local from = originOf(KEYS[1])
  emit(KEYS[2], from, ARGV[1], 'responder-changed', ARGV[2], 'responder', ARGV[5], 'agent', ARGV[5] == 'agent' and ARGV[9] or '')
  if ARGV[5] == 'closed' then emit(KEYS[2], from, ARGV[1], 'conversation-closed', ARGV[2], 'resolution', ARGV[10]) end
end
return 1
`;
