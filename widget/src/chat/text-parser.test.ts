import fc from 'fast-check';
import { Decoder, Encoder, PacketType } from 'socket.io-parser';
import { afterEach, expect, test } from 'vitest';
import { type Packet, textParser } from './text-parser.ts';

function decode(
  decoder: { on(event: 'decoded', take: (packet: Packet) => void): unknown; add(text: string): void },
  text: string,
) {
  let packet: Packet | undefined;
  decoder.on('decoded', (decoded) => {
    packet = decoded;
  });
  decoder.add(text);
  return packet;
}
const name = fc
  .string({ minLength: 1 })
  .filter((text) => !/^(connect|connect_error|disconnect|disconnecting)$|Listener$/.test(text));
const id = fc.option(fc.nat(1_000_000), { nil: undefined });
const nsp = fc.constantFrom('/', '/widget', '/console');
const json = fc.jsonValue({ maxDepth: 3 });
const packets = fc.oneof(
  fc.record({ type: fc.constant(PacketType.EVENT), nsp, id, data: fc.tuple(name, json).map((data): unknown => data) }),
  fc.record({
    type: fc.constant(PacketType.ACK),
    nsp,
    id: fc.nat(9999),
    data: fc.array(json).map((data): unknown => data),
  }),
  fc.record({
    type: fc.constant(PacketType.CONNECT),
    nsp,
    data: fc.option(fc.dictionary(fc.string(), json), { nil: undefined }),
  }),
  fc.record({ type: fc.constant(PacketType.DISCONNECT), nsp }),
  fc.record({ type: fc.constant(PacketType.CONNECT_ERROR), nsp, data: fc.record({ message: fc.string() }) }),
);

test("every packet is encoded and decoded as by Socket.IO's own parser", () => {
  fc.assert(
    fc.property(packets, (packet) => {
      const [ours] = new textParser.Encoder().encode(packet as Packet);
      const [theirs] = new Encoder().encode(structuredClone(packet) as never);
      expect(ours).toBe(theirs);
      expect(decode(new textParser.Decoder(), String(theirs))).toEqual(decode(new Decoder() as never, String(theirs)));
    }),
    { numRuns: 500 },
  );
});

test.each([
  '',
  '9',
  '5["binary"]',
  '51-["x",{"_placeholder":true,"num":0}]',
  '2',
  '2{}',
  '2[]',
  '2["disconnect"]',
  '2["x"',
  '3{}',
  '1["x"]',
  '4[]',
  '0[]',
])('%j is refused', (text) => {
  expect(() => new textParser.Decoder().add(text)).toThrow();
});

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'toJSON');
});
test("a page's toJSON changes nothing", () => {
  Object.defineProperty(Object.prototype, 'toJSON', { configurable: true, value: () => 'of the page' });
  const packet = { type: 2, nsp: '/widget', data: ['message-send', { text: 'Hello', list: [1, { a: null }] }] };
  expect(new textParser.Encoder().encode(packet)).toEqual([
    '2/widget,["message-send",{"text":"Hello","list":[1,{"a":null}]}]',
  ]);
});
