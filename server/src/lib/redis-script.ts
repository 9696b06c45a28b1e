/** A Lua script as a function: sent once, then called by its hash. */
import type { Redis } from 'ioredis';

export type RedisScript = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

/** `name` must be unique on the connection; the script sees KEYS and ARGV as given. */
export function defineScript(redis: Redis, name: string, numberOfKeys: number, lua: string): RedisScript {
  redis.defineCommand(name, { numberOfKeys, lua });
  const call: (...args: (string | number)[]) => Promise<unknown> = Reflect.get(redis, name);
  return (keys, args) => call.apply(redis, [...keys, ...args]);
}
