/** The Lua function with which a script appends its event to the feed of the conversation's partition. */
import { FEED_EVENT_VERSION } from '@firstword/shared/feed-event';

/**
 * `emit(feed, from, id, type, ticket or nil, field, value …)` with `from = originOf(head)`. Call it after the first write of
 * the script: a full Redis refuses XADD as the first write, but finishes a script that has begun. Read by `feed/feed-entry.ts`.
 */
export const EMIT = `
local function originOf(head)
  return redis.call('HMGET', head, 'site', 'visitor', 'locale', 'ticket')
end
local function emit(feed, from, conversationId, type, ticket, ...)
  redis.call('XADD', feed, '*', 'v', '${FEED_EVENT_VERSION}', 'type', type, 'conversationId', conversationId,
    'siteId', from[1] or '', 'visitorId', from[2] or '', 'locale', from[3] or '', 'ticketId', ticket or from[4] or '', ...)
end
`;
