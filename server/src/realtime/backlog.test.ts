import { expect, test, vi } from 'vitest';
import { isBehind, terminate } from './backlog.ts';

const LIMITS = { packets: 256, bytes: 1024 };

/** A connection with queued packets of the given length. */
function connection(packets: number, characters: number, bufferedAmount = 1) {
  const writeBuffer = Array.from({ length: packets }, () => ({ type: 'message', data: 'x'.repeat(characters) }));
  const terminate = vi.fn();
  return { writeBuffer, transport: { socket: { bufferedAmount, terminate }, close: vi.fn() } as never, terminate };
}

test('a client that reads is never slow, even with long messages', () => {
  expect(isBehind(connection(0, 0, 100_000), LIMITS)).toBe(false);
});

test('too many queued packets or bytes make a client slow', () => {
  expect(isBehind(connection(20, 51), LIMITS)).toBe(false);
  expect(isBehind(connection(256, 1), LIMITS)).toBe(false);
  expect(isBehind(connection(257, 1), LIMITS)).toBe(true);
  expect(isBehind(connection(20, 52), LIMITS)).toBe(true);
});

test('a batch of small packets is no backlog while the socket accepts data', () => {
  expect(isBehind(connection(500, 1, 0), LIMITS)).toBe(false);
});

test('bytes that the websocket has not sent count as queued', () => {
  expect(isBehind(connection(20, 1), LIMITS)).toBe(false);
  expect(isBehind(connection(20, 1, 2000), LIMITS)).toBe(true);
});

test('terminating does not wait for queued data', () => {
  const conn = connection(300, 1);
  terminate(conn);
  expect(conn.terminate).toHaveBeenCalledOnce();
});
