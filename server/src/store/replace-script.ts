/** The Lua script that replaces a text unless it has changed since it was read. */

/** KEYS text · ARGV as it was read, as it shall be. Returns 0 when it has changed. */
export const REPLACE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
`;
