/**
 * Encodes a delta as a complete WebSocket frame, once for all viewers. A process sends thousands of deltas a second;
 * `socket.emit` would search each for binary data and write header and payload separately.
 */
import type { TurnEvent } from '@firstword/shared/wire';
import type { Socket } from 'socket.io';

type Delta = Extract<TurnEvent, { type: 'text-delta' }>;

/** FIN and the text opcode, unmasked (RFC 6455, 5.2). */
const FIN_TEXT = 0x81;
/** Payload lengths up to 125 fit the second byte; 126 means that two length bytes follow. */
const SHORT_MAX = 125;
const TWO_BYTES = 126;
const LENGTH_MAX = 0xffff;
/** Engine.IO packet type `message`. */
const MESSAGE = '4';

/** Sends the delta to one socket like `socket.emit('turn-event', delta)`, but bypasses `onAnyOutgoing` listeners. */
export type SendDelta = (socket: Pick<Socket, 'conn' | 'emit'>) => void;

/** @param namespace the namespace of all receiving sockets, such as `/widget` */
export function createDeltaFrame(namespace: string, delta: Delta): SendDelta {
  // Socket.IO packet: type `event`, namespace, then name and payload.
  const packet = `2${namespace},${JSON.stringify(['turn-event', delta])}`;
  const bytes = Buffer.byteLength(packet) + MESSAGE.length;
  if (bytes > LENGTH_MAX) return (socket) => void socket.emit('turn-event', delta);
  const head = bytes <= SHORT_MAX ? 2 : 4;
  const frame = Buffer.allocUnsafe(head + bytes);
  frame[0] = FIN_TEXT;
  if (head === 2) frame[1] = bytes;
  else {
    frame[1] = TWO_BYTES;
    frame.writeUInt16BE(bytes, 2);
  }
  frame.write(MESSAGE + packet, head);
  // Engine.IO supports this option without typing it. It queues the packet's text, which `backlog.ts` measures.
  const options = { compress: false, wsPreEncodedFrame: [frame] };
  return ({ conn }) => void conn.write(packet, options);
}
