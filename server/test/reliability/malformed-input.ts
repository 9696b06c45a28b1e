/** Generates input that no widget sends, but that any client could. */
import { SITE_ORIGIN } from '@firstword/testing/test-server';
import fc from 'fast-check';

export const CLIENT_EVENTS = [
  'message-send',
  'turn-stop',
  'turn-retry',
  'replay',
  'history-read',
  'person-request',
  'contact-set',
  'contact-confirm',
  'rating-set',
  'conversation-rate',
  'first-token-seen',
  'typing',
  'read',
] as const;

/** Anything a browser could put on the wire. */
const payload = () =>
  fc.oneof(
    fc.jsonValue(),
    fc.record({ id: fc.oneof(fc.uuid(), fc.jsonValue()), text: fc.oneof(fc.string(), fc.jsonValue()) }),
    fc.record({ turnId: fc.oneof(fc.uuid(), fc.jsonValue()), afterSeq: fc.oneof(fc.nat(), fc.jsonValue()) }),
    fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'id', 'text', 'toString'), fc.jsonValue()),
    fc.uint8Array({ maxLength: 32 }),
  );

/** An existing event with arbitrary arguments. */
export const malformedEvent = () => fc.tuple(fc.constantFrom(...CLIENT_EVENTS), payload());

/** Opens a websocket without a Socket.IO client. */
export const UPGRADE_REQUEST =
  `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: ${SITE_ORIGIN}\r\n` +
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';

/** A masked frame with any opcode and flags; its payload is text, a Socket.IO packet, or neither. */
const frame = () =>
  fc
    .tuple(
      fc.oneof(fc.constantFrom(0x81, 0x82, 0x88, 0x89, 0x8a, 0x01, 0x00), fc.integer({ min: 0, max: 255 })),
      fc.oneof(
        fc.string({ maxLength: 100 }),
        fc.jsonValue().map((value) => `42/widget,${JSON.stringify(value)}`),
        fc.jsonValue().map((value) => `40/widget,${JSON.stringify(value)}`),
        fc.constantFrom('0', '1', '2', '3', '5', '6', '41', '44/widget,{}', '451-["x",{"_placeholder":true,"num":0}]'),
        fc.integer({ min: 0, max: 60_000 }).map((length) => '4'.repeat(length)),
      ),
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
    )
    .map(([first, text, mask]) => {
      const bytes = Buffer.from(text);
      const head =
        bytes.length < 126
          ? Buffer.from([first, 0x80 | bytes.length])
          : Buffer.from([first, 0x80 | 126, bytes.length >> 8, bytes.length & 0xff]);
      return Buffer.concat([head, mask, bytes.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
    });

/** Any frame, or any bytes in place of one. */
export const malformedFrame = () =>
  fc.oneof(
    frame(),
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
