/** The console server that a test file uses, over a Redis of its own. */
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type ConsoleServer, type ConsoleServerParts, startConsoleServer } from './console-server.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';

export let consoleServer: ConsoleServer;

/** One for all tests of the file. Call it once, before hooks that use the server. */
export function consoleServerForAllTests(parts: ConsoleServerParts = {}): void {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
    consoleServer = await startConsoleServer(redis, parts);
  });
  afterAll(async () => {
    await consoleServer.close();
    await redis.stop();
  });
}

/** A new one for each test of the file. Call it once, before hooks that use the server. */
export function consoleServerForEachTest(parts: ConsoleServerParts = {}): void {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    consoleServer = await startConsoleServer(redis, parts);
  });
  afterEach(() => consoleServer.close());
}
