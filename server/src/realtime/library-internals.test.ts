import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { portOf } from '../lib/port-of.ts';
import { BACKLOG_LIMITS, isBehind, terminate } from './backlog.ts';
import { createDeltaFrame } from './delta-frame.ts';

// `delta-frame.ts` and `backlog.ts` use parts of Engine.IO and `ws` that neither documents. Their versions are pinned in
// package.json; these tests fail when a new version changes such a part.
let server: Server;
let client: ReturnType<typeof io>;
let socket: Socket;
beforeEach(async () => {
  const http = createServer();
  server = new Server(http, { transports: ['websocket'] });
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const joined = once(server.of('/widget'), 'connection');
  client = io(`http://127.0.0.1:${portOf(http)}/widget`, {
    transports: ['websocket'],
    reconnection: false,
  });
  [socket] = (await joined) as [Socket];
});
afterEach(async () => {
  terminate(socket.conn); // also ends a blocked one, on which a close frame would wait
  client.close();
  await server.close();
});

const websocket = (): object => Reflect.get(socket.conn.transport, 'socket');
const delta = { type: 'text-delta', turnId: 'turn-1', n: 1, text: 'word ' } as const;

test('Engine.IO sends a frame given as wsPreEncodedFrame unchanged, in one call of the ws sender', () => {
  const sendFrame = vi.spyOn(Reflect.get(websocket(), '_sender'), 'sendFrame');
  createDeltaFrame('/widget', delta)(socket);
  expect(sendFrame).toHaveBeenCalledOnce();
  const [buffers] = sendFrame.mock.calls[0] as [Buffer[]];
  expect(buffers).toHaveLength(1);
  expect(buffers[0]?.subarray(2).toString()).toBe(`42/widget,${JSON.stringify(['turn-event', delta])}`);
});

test('Engine.IO queues packets in writeBuffer, and ws counts unsent bytes in bufferedAmount', () => {
  expect(Reflect.get(socket.conn, 'writeBuffer')).toEqual([]);
  expect(Reflect.get(websocket(), 'bufferedAmount')).toBe(0);
  const raw: { cork(): void } = Reflect.get(websocket(), '_socket');
  raw.cork(); // nothing is sent, as with a client that does not read
  const half = 'x'.repeat(BACKLOG_LIMITS.bytes / 2);
  createDeltaFrame('/widget', delta)(socket);
  expect(Reflect.get(websocket(), 'bufferedAmount')).toBeGreaterThan(0);
  for (let i = 0; i < 3; i++) socket.emit('message', half);
  expect(isBehind(socket.conn, BACKLOG_LIMITS)).toBe(true);
});

test('terminating the websocket ends the connection, and Socket.IO reports the disconnect', async () => {
  const disconnected = once(socket, 'disconnect');
  const end = vi.spyOn(websocket() as { terminate(): void }, 'terminate');
  terminate(socket.conn);
  expect(end).toHaveBeenCalledOnce();
  await disconnected;
});
