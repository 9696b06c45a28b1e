/** A Lua script as a function: sent once, then called by its hash. */
import type { Redis } from 'ioredis';

export type RedisScript = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

/**
 * `name` must be unique on the connection; the script sees KEYS and ARGV as given.
 * @param numberOfKeys `any` where it differs from call to call
 */
export function defineScript(redis: Redis, name: string, numberOfKeys: number | 'any', lua: string): RedisScript {
  redis.defineCommand(name, numberOfKeys === 'any' ? { lua } : { numberOfKeys, lua });
  const call: (...args: (string | number)[]) => Promise<unknown> = Reflect.get(redis, name);
  if (numberOfKeys === 'any') return (keys, args) => call.apply(redis, [keys.length, ...keys, ...args]);
  return (keys, args) => call.apply(redis, [...keys, ...args]);
}
