import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openEventSocket } from './event-socket.ts';

/** What the browser would give: frames go out into a list and come in by hand. */
class PlainSocket {
  static readonly OPEN = 1;
  static last: PlainSocket;
  readonly readyState = 1;
  readonly sent: string[] = [];
  readonly address: string;
  onmessage: (event: { data: unknown }) => void = () => {};
  onclose: () => void = () => {};
  constructor(address: string) {
    this.address = address;
    PlainSocket.last = this;
  }
  send(frame: string) {
    this.sent.push(frame);
  }
  close() {}
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', PlainSocket);
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened() {
  const heard: unknown[] = [];
  const socket = openEventSocket(
    'https://support.example',
    '/widget',
    { site: 'acme' },
    {
      connected: () => heard.push('connected'),
      event: (name, payload) => heard.push([name, payload]),
      refused: (data) => heard.push(['refused', data]),
      broken: () => heard.push('broken'),
    },
  );
  const wire = PlainSocket.last;
  const hear = (data: unknown) => wire.onmessage({ data });
  hear('0{"sid":"s","pingInterval":20000,"pingTimeout":10000}');
  return { heard, socket, wire, hear };
}

test('it greets, is let in, hears events and answers pings', () => {
  const { heard, wire, hear } = opened();
  expect(wire.address).toBe('wss://support.example/socket.io/?EIO=4&transport=websocket');
  hear('40/widget,{"sid":"s"}');
  hear('42/widget,["typing",{"from":"agent","on":true}]');
  hear('2');
  expect(wire.sent).toEqual(['40/widget,{"site":"acme"}', '3']);
  expect(heard).toEqual(['connected', ['typing', { from: 'agent', on: true }]]);
});

test('a question gets its own answer, and none when the time is over', async () => {
  const { socket, wire, hear } = opened();
  const first = socket.ask('read', { seq: 1 }, 1000);
  const second = socket.ask('read', { seq: 2 }, 1000);
  expect(wire.sent.slice(1)).toEqual(['42/widget,1["read",{"seq":1}]', '42/widget,2["read",{"seq":2}]']);
  hear('43/widget,2[{"ok":true}]');
  vi.advanceTimersByTime(1000);
  expect(await Promise.all([first, second])).toEqual([undefined, { ok: true }]);
});

test('a refusal says why and ends it', () => {
  const { heard, hear, wire } = opened();
  hear('44/widget,{"message":"no","data":{"code":"unknown-site"}}');
  wire.onclose();
  expect(heard).toEqual([['refused', { code: 'unknown-site' }]]);
});

test.each<[string, (parts: ReturnType<typeof opened>) => void]>([
  ['the socket closes', ({ wire }) => wire.onclose()],
  ['the server ends it, with a comma', ({ hear }) => hear('41/widget,')],
  ['the server ends it, without one', ({ hear }) => hear('41/widget')],
  ['bytes arrive', ({ hear }) => hear(new ArrayBuffer(1))],
  ['the server falls silent', () => vi.advanceTimersByTime(30_000)],
])('when %s the link is broken, once, and questions get no answer', async (_, happen) => {
  const parts = opened();
  const asking = parts.socket.ask('read', { seq: 1 }, 60_000);
  happen(parts);
  parts.wire.onclose();
  parts.hear('42/widget,["late",{}]');
  expect(parts.heard).toEqual(['broken']);
  expect(await asking).toBeUndefined();
});

test('who closes it hears nothing more', () => {
  const { socket, wire, heard } = opened();
  socket.close();
  wire.onclose();
  vi.advanceTimersByTime(60_000);
  expect(heard).toEqual([]);
});
