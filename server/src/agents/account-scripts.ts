/** The atomic steps of accounts and one-time links (Lua): one account per e-mail address, one use per link. */

/** KEYS accounts, emails · ARGV id, email, accountJson · returns 0 when the e-mail address has an account. */
export const ADD_ACCOUNT = `
if redis.call('HSETNX', KEYS[2], ARGV[2], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
`;

/** KEYS accounts, emails · ARGV id, email. */
export const REMOVE_ACCOUNT = `
if redis.call('HGET', KEYS[2], ARGV[2]) == ARGV[1] then redis.call('HDEL', KEYS[2], ARGV[2]) end
return redis.call('HDEL', KEYS[1], ARGV[1])
`;

/**
 * KEYS accounts, emails, link · ARGV kind, id, email, accountJson
 * Redeems a link. A `first-run` link becomes invalid with the first account, however that was created; a `reset` link
 * replaces the account that it was issued for and never creates one.
 */
export const REDEEM_LINK = `
if redis.call('EXISTS', KEYS[3]) == 0 then return 'refused' end
if ARGV[1] == 'first-run' and redis.call('HLEN', KEYS[1]) > 0 then
  redis.call('DEL', KEYS[3])
  return 'refused'
end
local known = redis.call('HGET', KEYS[2], ARGV[3])
if ARGV[1] == 'reset' then
  if known ~= ARGV[2] then return 'refused' end
elseif known then
  return 'taken'
end
redis.call('DEL', KEYS[3])
redis.call('HSET', KEYS[2], ARGV[3], ARGV[2])
redis.call('HSET', KEYS[1], ARGV[2], ARGV[4])
return 'done'
`;
