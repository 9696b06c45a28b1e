/** A web instance over a given Redis and endpoint. Several in one test process are as apart as on several machines. */
import { startTestServer, type TestServer, type TestSettings } from '../harness/test-server.ts';

export function startInstance(
  redisUrl: string,
  endpoint: { readonly baseUrl: string },
  changes: TestSettings = {},
): Promise<TestServer> {
  const unowned = {
    url: redisUrl,
    connect: () => Promise.reject(new Error('connect to the server itself')),
    stop: async () => {},
  };
  return startTestServer({
    redis: unowned,
    endpoint: { id: 'tokens', baseUrl: endpoint.baseUrl },
    limits: { messagesPerMinute: 100_000, runningTurns: 1000 },
    ...changes,
  });
}
