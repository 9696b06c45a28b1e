/** Defines a Lua script as a function; it is sent once and then called by its hash. */
import type { Redis } from './redis-connection.ts';

export type RedisScript = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

/**
 * @param name unique on the connection
 * @param numberOfKeys `any` when it varies from call to call
 */
export function defineScript(redis: Redis, name: string, numberOfKeys: number | 'any', lua: string): RedisScript {
  redis.defineCommand(name, numberOfKeys === 'any' ? { lua } : { numberOfKeys, lua });
  const call: (...args: (string | number)[]) => Promise<unknown> = Reflect.get(redis, name);
  if (numberOfKeys === 'any') return (keys, args) => call.apply(redis, [keys.length, ...keys, ...args]);
  return (keys, args) => call.apply(redis, [...keys, ...args]);
}
