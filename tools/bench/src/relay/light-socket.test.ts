import { once } from 'node:events';
import { createServer } from 'node:http';
import { portOf } from '@firstword/server/lib/port-of';
import { openLightSocket } from '@firstword/testing/light-socket';
import { Server } from 'socket.io';
import { afterEach, expect, test } from 'vitest';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function startServer(pingInterval = 25_000) {
  const http = createServer().listen(0, '127.0.0.1');
  const io = new Server(http, { transports: ['websocket'], pingInterval });
  open.push(() => io.close());
  await once(http, 'listening');
  return { io, port: portOf(http) };
}

test('connects, sends, and receives short and long packets', async () => {
  const { io, port } = await startServer();
  const lengths = [1, 200, 70_000];
  io.on('connection', (socket) => {
    socket.on('ask', (text: string) => {
      for (const length of lengths) socket.emit('message', text.repeat(length));
    });
  });
  const received: string[] = [];
  await new Promise<void>((resolve) => {
    const socket = openLightSocket({
      port,
      origin: 'http://bench.localhost',
      onPacket(packet, { send }) {
        if (packet.startsWith('0')) return send('40');
        if (packet.startsWith('40')) return send('42["ask","x"]');
        if (received.push(packet) === lengths.length) resolve();
      },
      onClose: () => {},
    });
    open.unshift(async () => socket.close());
  });
  expect(received).toEqual(lengths.map((length) => `42["message","${'x'.repeat(length)}"]`));
});

test('answers pings, so the server keeps the connection', async () => {
  const { io, port } = await startServer(20);
  let pongs = 0;
  await new Promise<void>((resolve) => {
    io.on('connection', (socket) => {
      socket.conn.on('heartbeat', () => {
        pongs += 1;
        if (pongs === 2) resolve();
      });
    });
    const socket = openLightSocket({
      port,
      origin: 'http://bench.localhost',
      onPacket: (packet, { send }) => {
        if (packet.startsWith('0')) send('40');
      },
      onClose: () => {},
    });
    open.unshift(async () => socket.close());
  });
  expect(pongs).toBe(2);
});

test('reports when the server closes the connection', async () => {
  const { io, port } = await startServer();
  io.on('connection', (socket) => void socket.disconnect(true));
  await new Promise<void>((resolve) => {
    openLightSocket({
      port,
      origin: 'http://bench.localhost',
      onPacket: (packet, { send }) => {
        if (packet.startsWith('0')) send('40');
      },
      onClose: resolve,
    });
  });
});
