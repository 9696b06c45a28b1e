import { expect, test, vi } from 'vitest';
import { cutOff, isBehind } from './backlog.ts';

const LIMITS = { packets: 256, bytes: 1024 };

/** A connection with so many packets of so many characters waiting in it. */
function connection(packets: number, characters: number, bufferedAmount = 0) {
  const writeBuffer = Array.from({ length: packets }, () => ({ type: 'message', data: 'x'.repeat(characters) }));
  const terminate = vi.fn();
  return { writeBuffer, transport: { socket: { bufferedAmount, terminate }, close: vi.fn() } as never, terminate };
}

test('a client that reads is never behind, however long its messages', () => {
  expect(isBehind(connection(2, 100_000), LIMITS)).toBe(false);
});

test('too many packets or too many bytes put a client behind', () => {
  expect(isBehind(connection(256, 1), LIMITS)).toBe(false);
  expect(isBehind(connection(257, 1), LIMITS)).toBe(true);
  expect(isBehind(connection(20, 52), LIMITS)).toBe(true);
});

test('bytes that the websocket has not got rid of count as waiting', () => {
  expect(isBehind(connection(20, 1), LIMITS)).toBe(false);
  expect(isBehind(connection(20, 1, 2000), LIMITS)).toBe(true);
});

test('cutting off does not wait for what is queued', () => {
  const conn = connection(300, 1);
  cutOff(conn);
  expect(conn.terminate).toHaveBeenCalledOnce();
});
