/** A feed consumer in its own process, for tests that kill it. Prints `ready`; logs what it handles to a Redis list. */
import { z } from 'zod';
import { startFeed } from '../src/feed/feed.ts';
import { createFeedConsumer } from '../src/feed/feed-consumer.ts';
import { createLog } from '../src/lib/log.ts';
import { connectRedis } from '../src/lib/redis.ts';
import { createRedisKeys } from '../src/store/keys.ts';

const given = z
  .object({ redisUrl: z.string(), prefix: z.string(), list: z.string(), leaseMs: z.number(), dieOf: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));
const log = createLog('silent');
const redis = await connectRedis(given.redisUrl, 'commands', log);
await startFeed({
  redis,
  openReader: () => connectRedis(given.redisUrl, 'waiting', log),
  keys: createRedisKeys(given.prefix),
  consumers: [
    createFeedConsumer({
      group: 'test',
      types: ['message'],
      async handle(events) {
        const texts = events.map(({ message }) => message.text);
        if (texts.includes(given.dieOf)) process.kill(process.pid, 'SIGKILL');
        await redis.rpush(given.list, ...texts);
      },
      isOutage: () => false,
    }),
  ],
  onSetAside: () => {},
  log,
  leaseMs: given.leaseMs,
});
process.stdout.write('ready\n');
