import { createServer, type Socket } from 'node:net';
import { startRedisServer } from '@firstword/testing/redis-server';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createLog } from './log.ts';
import { connectRedis, type Redis } from './redis.ts';
import { primaryOf } from './redis-connection.ts';

const sockets = new Set<Socket>();
const reads: string[] = [];
let isSilent = false;
/** Accepts every command and answers with an empty string, unless it is silent. */
const server = createServer((socket) => {
  sockets.add(socket);
  socket.on('data', (bytes) => {
    const read = bytes.toString();
    reads.push(read);
    if (isSilent) return;
    for (const _ of read.matchAll(/^\*\d+\r$/gm)) socket.write('$0\r\n\r\n');
  });
});

let redis: Redis;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  redis = await connectRedis(`redis://127.0.0.1:${address.port}`, 'commands', createLog('silent'));
});
afterEach(() => {
  isSilent = false;
});
afterAll(() => {
  redis.disconnect();
  for (const socket of sockets) socket.destroy();
  server.close();
});

// Guards what `writeTogether` relies on inside ioredis: every command passes `sendCommand`, and `stream` is the socket.
test('commands of one tick reach Redis in one write', async () => {
  reads.length = 0;
  const replies = Promise.all([redis.get('a'), redis.get('b'), redis.multi().set('c', 1).set('d', 2).exec()]);
  const stream = primaryOf(redis, 'a')?.stream;
  expect(stream?.writableCorked).toBe(1);
  await replies;
  expect(stream?.writableCorked).toBe(0);
  const [first = ''] = reads;
  expect(first.match(/get/gi)).toHaveLength(2);
  expect(first.match(/set/gi)).toHaveLength(2);
});

test('a reply that came while the event loop was held up is no timeout', async () => {
  const real = await startRedisServer();
  onTestFinished(real.stop);
  const connection = await real.connect();
  const reply = connection.echo('here');
  await new Promise(process.nextTick); // it is on its way
  for (const until = performance.now() + 1200; performance.now() < until; );
  expect(await reply).toBe('here');
});

test('a command without a reply fails', async () => {
  isSilent = true;
  await expect(redis.get('a')).rejects.toThrow('Command timed out');
});
