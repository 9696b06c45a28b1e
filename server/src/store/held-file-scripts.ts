/** Scripts for files that an agent has uploaded and not sent yet. */

/** Whether the agent may put a file into the reply: it is held for them, or this very reply carried it before. */
const MAY_CARRY = `
local function mayCarry(json, agentId, replyId)
  if not json then return false end
  local file = cjson.decode(json)
  return file.heldBy == agentId or (file.heldBy == nil and file.replyId == replyId)
end
local files = {}
for index = 3, #ARGV do
  local json = redis.call('HGET', KEYS[1], ARGV[index])
  if not mayCarry(json, ARGV[1], ARGV[2]) then return 0 end
  files[#files + 1] = json
end
`;

/** KEYS files · ARGV agentId, replyId, fileId… */
export const HAS_ALL_HELD = `${MAY_CARRY}
return 1
`;

/** KEYS files · ARGV agentId, replyId, fileId… */
export const RELEASE_HELD = `${MAY_CARRY}
for index, json in ipairs(files) do
  local file = cjson.decode(json)
  file.heldBy = nil
  file.replyId = ARGV[2]
  redis.call('HSET', KEYS[1], ARGV[index + 2], cjson.encode(file))
end
return files
`;
