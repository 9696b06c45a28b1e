import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { portOf } from '../lib/port-of.ts';
import { createDeltaFrame } from './delta-frame.ts';

let server: Server;
let reader: ReturnType<typeof io>;
let socket: Socket;
beforeEach(async () => {
  const http = createServer();
  server = new Server(http, { transports: ['websocket'] });
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const joined = once(server.of('/widget'), 'connection');
  reader = io(`http://127.0.0.1:${portOf(http)}/widget`, { transports: ['websocket'] });
  [socket] = (await joined) as [Socket];
});
afterEach(async () => {
  reader.close();
  await server.close();
});

describe('a delta in its own frame', () => {
  const LENGTHS = [1, 20, 200, 60_000, 70_000]; // each length encoding of a frame, and one that is too long
  test.each([
    ['plain', 'word '],
    ['multi-byte', '漢字 “quoted” \n'],
  ])('arrives like any other event, %s text, short and long, in order', async (_, text) => {
    const deltas = LENGTHS.map((length, index) => ({
      type: 'text-delta' as const,
      turnId: 'turn-1',
      n: index + 1,
      text: text.repeat(Math.ceil(length / text.length)),
    }));
    const received: unknown[] = [];
    const last = new Promise<void>((resolve) => {
      reader.on('turn-event', (event: unknown) => {
        if (received.push(event) === deltas.length + 1) resolve();
      });
    });
    for (const delta of deltas) createDeltaFrame('/widget', delta)(socket);
    socket.emit('turn-event', { type: 'turn-end' });
    await last;
    expect(received).toEqual([...deltas, { type: 'turn-end' }]);
  });

  test('counts as queued until the socket has sent it', () => {
    const { conn } = socket;
    conn.transport.writable = false;
    createDeltaFrame('/widget', { type: 'text-delta', turnId: 'turn-1', n: 1, text: 'waits' })(socket);
    const queued: { data?: unknown }[] = Reflect.get(conn, 'writeBuffer');
    expect(queued.map(({ data }) => String(data))).toEqual([expect.stringContaining('waits')]);
  });
});
