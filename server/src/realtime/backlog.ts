/** Measures a socket's send queue, so that a client that does not read cannot fill the memory. */
import type { Socket } from 'socket.io';

export interface BacklogLimits {
  readonly packets: number;
  readonly bytes: number;
}

/** Beyond this a client gets no more deltas; it fetches them by `replay` once it reads again. */
export const BACKLOG_LIMITS: BacklogLimits = { packets: 256, bytes: 1024 * 1024 };

/**
 * Adds the packets queued in the process and the bytes that the websocket has not sent. Packets count only while the
 * socket is blocked: a batch is also queued until the next event-loop tick, and its reader is not slow.
 */
export function isBehind(conn: Pick<Socket['conn'], 'transport'>, limits: BacklogLimits): boolean {
  const packets: unknown = Reflect.get(conn, 'writeBuffer'); // internal to Engine.IO and untyped; backlog.test.ts guards it
  if (!Array.isArray(packets) || packets.length === 0) return false;
  let bytes = websocketBytes(conn.transport);
  if (bytes > 0 && packets.length > limits.packets) return true;
  for (const { data } of packets) bytes += typeof data === 'string' ? data.length : 0;
  return bytes > limits.bytes;
}

/** Ends the connection at once: a close frame would only queue behind unsent data. Socket.IO still sees the disconnect. */
export function terminate({ transport }: Pick<Socket['conn'], 'transport'>): void {
  const websocket = websocketOf(transport);
  const end: unknown = websocket && Reflect.get(websocket, 'terminate');
  if (typeof end === 'function') end.call(websocket);
  else transport.close();
}

function websocketBytes(transport: object): number {
  const buffered: unknown = Reflect.get(websocketOf(transport) ?? {}, 'bufferedAmount');
  return typeof buffered === 'number' ? buffered : 0;
}

/** The websocket under an Engine.IO transport, which its types hide. */
function websocketOf(transport: object): object | undefined {
  const socket: unknown = Reflect.get(transport, 'socket');
  return typeof socket === 'object' && socket !== null ? socket : undefined;
}
