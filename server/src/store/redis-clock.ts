/** The clock that scripts use: Redis' own, so that a server with a wrong clock does no harm. */

export const NOW_MS = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local function inMs(ms) return string.format('%.0f', nowMs + ms) end
`;
