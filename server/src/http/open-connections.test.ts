import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { portOf } from '../lib/port-of.ts';
import { createOpenConnections, type OpenConnections } from './open-connections.ts';

let server: Server;
let connections: OpenConnections;
let asked: Promise<[unknown, ServerResponse]>;
beforeEach(async () => {
  server = createServer();
  connections = createOpenConnections(server);
  asked = once(server, 'request') as Promise<[unknown, ServerResponse]>;
  server.on('upgrade', (_, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
const clients: Socket[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
  server.close();
});

async function join(): Promise<Socket> {
  const client = connect(portOf(server), '127.0.0.1');
  clients.push(client);
  await Promise.all([once(client, 'connect'), once(server, 'connection')]);
  return client;
}
const close = () => new Promise((resolve) => server.close(resolve));

describe('a closing server', () => {
  test('does not wait for a connection without a request', async () => {
    const silent = await join();
    const gone = once(silent, 'close');
    silent.resume();
    await connections.closeWithin(20, close);
    await gone;
  });

  test('does not wait for a WebSocket whose page is suspended', async () => {
    const page = await join();
    page.write('GET / HTTP/1.1\r\nhost: shop.example\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    await once(page, 'data');
    const gone = once(page, 'close');
    await connections.closeWithin(20, close);
    await gone;
  });

  test('lets a request in progress finish', async () => {
    const client = await join();
    client.write('GET / HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\n\r\n');
    const [, response] = await asked;
    const closed = connections.closeWithin(60_000, close);
    response.end('whole');
    const [answer] = await once(client, 'data');
    expect(String(answer)).toContain('whole');
    await closed;
  });
});
