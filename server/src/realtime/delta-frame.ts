/**
 * A piece of an answer as the WebSocket frame that carries it, made once for all who read it. It is the packet that a process
 * sends thousands of times a second: on the usual way Socket.IO searches it for binary parts, and head and text reach the
 * system apart.
 */
import type { TurnEvent } from '@firstword/shared/wire';
import type { Socket } from 'socket.io';

type Delta = Extract<TurnEvent, { type: 'text-delta' }>;

/** An unmasked text frame that is whole (RFC 6455, 5.2). */
const WHOLE_TEXT = 0x81;
/** These lengths stand in the second byte themselves; this one says that two bytes follow. */
const SHORT_MAX = 125;
const TWO_BYTES = 126;
const LENGTH_MAX = 0xffff;
/** Engine.IO's type of a packet that bears a message. */
const MESSAGE = '4';

/**
 * Sends it to one socket, as `socket.emit('turn-event', delta)` would, but that nobody hears of who listens to what
 * goes out.
 */
export type SendDelta = (socket: Pick<Socket, 'conn' | 'emit'>) => void;

/** @param namespace of all the sockets that it will be sent to, such as `/widget` */
export function createDeltaFrame(namespace: string, delta: Delta): SendDelta {
  // Socket.IO's packet: the type of an event, the namespace, the event's name and what it bears.
  const packet = `2${namespace},${JSON.stringify(['turn-event', delta])}`;
  const bytes = Buffer.byteLength(packet) + MESSAGE.length;
  if (bytes > LENGTH_MAX) return (socket) => void socket.emit('turn-event', delta);
  const head = bytes <= SHORT_MAX ? 2 : 4;
  const frame = Buffer.allocUnsafe(head + bytes);
  frame[0] = WHOLE_TEXT;
  if (head === 2) frame[1] = bytes;
  else {
    frame[1] = TWO_BYTES;
    frame.writeUInt16BE(bytes, 2);
  }
  frame.write(MESSAGE + packet, head);
  // Engine.IO knows the option and does not type it. It also keeps what is not sent yet by its text, for the backlog.
  const options = { compress: false, wsPreEncodedFrame: [frame] };
  return ({ conn }) => void conn.write(packet, options);
}
