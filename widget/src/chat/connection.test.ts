import { createServer, type Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { afterEach, expect, it, vi } from 'vitest';
import { type Connection, type ConnectionListener, createConnection } from './connection.ts';

const open: { connection?: Connection; io?: Server } = {};
afterEach(async () => {
  open.connection?.close();
  await open.io?.close();
});

async function start(port = 0): Promise<{ io: Server; port: number }> {
  const http: HttpServer = createServer();
  const io = new Server(http);
  open.io = io;
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { io, port: address.port };
}

function connectTo(port: number) {
  const states: Parameters<ConnectionListener['state']>[0][] = [];
  const connection = createConnection(`http://127.0.0.1:${port}`, () => ({ site: 'shop' }), {
    state: (state) => void states.push(state),
    events: {} as ConnectionListener['events'],
  });
  open.connection = connection;
  connection.connect();
  return { connection, states };
}

const patience = { timeout: 8000 };

it('reconnects when the server registers its namespace late', async () => {
  const { io, port } = await start();
  const { connection, states } = connectTo(port);
  await vi.waitFor(() => expect(states).toContain('waiting'), patience);
  expect(connection.connected()).toBe(false);
  io.of('/widget');
  await vi.waitFor(() => expect(connection.connected()).toBe(true), patience);
}, 10_000);

it('reconnects after refusals with an unknown code, and after a closed port', async () => {
  const { io, port } = await start();
  let refusals = 0;
  io.of('/widget').use((_socket, next) => {
    refusals += 1;
    next(
      refusals < 3 ? Object.assign(new Error('Not now.'), { data: { code: 'code-of-a-later-version' } }) : undefined,
    );
  });
  const { connection } = connectTo(port);
  await vi.waitFor(() => expect(connection.connected()).toBe(true), patience);
  expect(refusals).toBe(3);

  await io.close();
  await vi.waitFor(() => expect(connection.connected()).toBe(false), patience);
  const later = await start(port);
  later.io.of('/widget');
  await vi.waitFor(() => expect(connection.connected()).toBe(true), patience);
}, 20_000);

it.each([
  { code: 'unknown-site', final: true },
  { code: 'code-of-a-later-version', final: true },
  { code: 'origin-refused', final: true },
])(
  'stops after the final refusal %o',
  async (data) => {
    const { io, port } = await start();
    let attempts = 0;
    io.of('/widget').use((_socket, next) => {
      attempts += 1;
      next(Object.assign(new Error('Never.'), { data }));
    });
    const { states } = connectTo(port);
    const code = data.code === 'origin-refused' ? 'origin-refused' : 'unknown-site';
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ code }), patience);
    await new Promise((resolve) => setTimeout(resolve, 1700)); // longer than the first back-off
    expect(attempts).toBe(1);
  },
  10_000,
);

it('solves a challenge unseen, and connects with its proof', async () => {
  const { io, port } = await start();
  const proofs: unknown[] = [];
  io.of('/widget').use((socket, next) => {
    const { proof } = socket.handshake.auth;
    proofs.push(proof);
    if (proof !== undefined) return next();
    const challenge = { token: 'a-token', tries: 50, numbers: 8 };
    next(Object.assign(new Error('Busy.'), { data: { code: 'rate-limited', retryAfterMs: 60_000, challenge } }));
  });
  const { connection, states } = connectTo(port);
  await vi.waitFor(() => expect(connection.connected()).toBe(true), patience);
  expect(proofs).toEqual([undefined, { token: 'a-token', numbers: expect.arrayContaining([expect.any(Number)]) }]);
  expect(states).toEqual(['connecting']);
}, 10_000);
