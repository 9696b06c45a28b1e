import { createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createLog } from './log.ts';
import { connectRedis } from './redis.ts';
import { primaryOf } from './redis-connection.ts';

const sockets = new Set<Socket>();
const reads: string[] = [];
/** Accepts every command and answers with an empty string. */
const server = createServer((socket) => {
  sockets.add(socket);
  socket.on('data', (bytes) => {
    const read = bytes.toString();
    reads.push(read);
    for (const _ of read.matchAll(/^\*\d+\r$/gm)) socket.write('$0\r\n\r\n');
  });
});

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

// Guards what `writeTogether` relies on inside ioredis: every command passes `sendCommand`, and `stream` is the socket.
test('commands of one tick reach Redis in one write', async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const redis = await connectRedis(`redis://127.0.0.1:${address.port}`, 'commands', createLog('silent'));
  reads.length = 0;
  const replies = Promise.all([redis.get('a'), redis.get('b'), redis.multi().set('c', 1).set('d', 2).exec()]);
  const stream = primaryOf(redis, 'a')?.stream;
  expect(stream?.writableCorked).toBe(1);
  await replies;
  expect(stream?.writableCorked).toBe(0);
  redis.disconnect();
  const [first = ''] = reads;
  expect(first.match(/get/gi)).toHaveLength(2);
  expect(first.match(/set/gi)).toHaveLength(2);
});
