import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  return { io, port: (http.address() as AddressInfo).port };
}

test('it joins, is heard, and hears short and long packets whole', async () => {
  const { io, port } = await startServer();
  const lengths = [1, 200, 70_000];
  io.on('connection', (socket) => {
    socket.on('ask', (text: string) => {
      for (const length of lengths) socket.emit('said', text.repeat(length));
    });
  });
  const heard: string[] = [];
  await new Promise<void>((resolve) => {
    const socket = openLightSocket({
      port,
      origin: 'http://bench.localhost',
      onPacket(packet, { send }) {
        if (packet.startsWith('0')) return send('40');
        if (packet.startsWith('40')) return send('42["ask","x"]');
        if (heard.push(packet) === lengths.length) resolve();
      },
      onClose: () => {},
    });
    open.unshift(async () => socket.close());
  });
  expect(heard).toEqual(lengths.map((length) => `42["said","${'x'.repeat(length)}"]`));
});

test('it answers pings, so the server keeps it', async () => {
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

test('it tells when the server closes it', async () => {
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
