import { expect, test } from 'vitest';
import { type FallbackSocket, fallBackToPolling } from './transport-fallback.ts';

const POLLING = ['polling', 'websocket'];

function start(load: () => Promise<string[]> = async () => POLLING) {
  const listeners = new Map<string, () => void>();
  const on = (event: string, listener: () => void) => void listeners.set(event, listener);
  const opts: { transports: string[] } = { transports: ['websocket'] };
  let timeout = 0;
  let loads = 0;
  const socket: FallbackSocket<never> = {
    io: { opts, timeout: (ms) => (timeout = ms), on },
    on,
  };
  fallBackToPolling(socket, () => {
    loads += 1;
    return load();
  });
  return {
    async happens(event: 'error' | 'close' | 'connect') {
      listeners.get(event)?.();
      await Promise.resolve();
      await Promise.resolve();
    },
    transports: () => opts.transports,
    timeout: () => timeout,
    loads: () => loads,
  };
}

test('long-polling is tried after the first WebSocket connection has failed, and not fetched before', async () => {
  const socket = start();
  expect([socket.transports(), socket.loads(), socket.timeout()]).toEqual([['websocket'], 0, 2000]);
  await socket.happens('error');
  expect([socket.transports(), socket.loads(), socket.timeout()]).toEqual([POLLING, 1, 10_000]);
});

test('attempts alternate until one connects, and the one that connected stays', async () => {
  const socket = start();
  await socket.happens('error');
  await socket.happens('close');
  expect(socket.transports()).toEqual(['websocket']);
  await socket.happens('error');
  expect(socket.transports()).toEqual(POLLING);
  await socket.happens('connect');
  await socket.happens('close');
  expect([socket.transports(), socket.loads()]).toEqual([POLLING, 1]);
});

test('after WebSocket has worked, a server that is away does not change the transport at once', async () => {
  const socket = start();
  await socket.happens('connect');
  await socket.happens('close');
  for (let failures = 0; failures < 3; failures++) await socket.happens('error');
  expect(socket.transports()).toEqual(['websocket']);
  await socket.happens('error');
  expect(socket.transports()).toEqual(POLLING);
});

test('where the polling code cannot be fetched either, WebSocket is tried again', async () => {
  const socket = start(() => Promise.reject(new Error('offline')));
  await socket.happens('error');
  expect(socket.transports()).toEqual(['websocket']);
});
