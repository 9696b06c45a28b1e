import { startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { expect, onTestFinished, test } from 'vitest';
import { createFeedReader } from '../src/feed/feed-reader.ts';
import { connectRedis } from '../src/lib/redis.ts';
import { createRedisKeys } from '../src/store/keys.ts';

test('a read that waits for a lost connection ends when the reader is closed', async () => {
  const redis = await startRedisServer();
  const proxy = await startTcpProxy({ path: redis.socketPath });
  const connection = await connectRedis(`redis://127.0.0.1:${proxy.port}`, 'waiting', silentLog);
  onTestFinished(async () => {
    connection.disconnect();
    await proxy.stop();
    await redis.stop();
  });
  const reader = createFeedReader(connection, createRedisKeys('test'));
  proxy.pointAt({ path: `${redis.socketPath}.away` });
  const reconnecting = new Promise((resolve) => connection.once('reconnecting', resolve));
  proxy.cut();
  await reconnecting;
  const reading = reader.read([{ partition: 0, cursor: '0-0' }], 1000);
  reader.close();
  await expect(reading).rejects.toThrow('closed');
});
