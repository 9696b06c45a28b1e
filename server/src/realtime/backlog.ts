/** Finds the sockets whose client does not read, so that what they have not taken is not kept for them without end. */
import type { Socket } from 'socket.io';

export interface BacklogLimits {
  readonly packets: number;
  readonly bytes: number;
}

/** Beyond this a client gets no more deltas; it asks for them by `replay` once it reads again. */
export const BACKLOG_LIMITS: BacklogLimits = { packets: 256, bytes: 1024 * 1024 };

/** So few packets are not worth being measured at every token. */
const NOT_MEASURED = 8;

/** Counts packets that wait in the process, and bytes that wait there or were given to the websocket and not taken. */
export function isBehind(conn: Pick<Socket['conn'], 'transport'>, limits: BacklogLimits): boolean {
  const packets: unknown = Reflect.get(conn, 'writeBuffer'); // Engine.IO's own, and untyped
  if (!Array.isArray(packets) || packets.length <= NOT_MEASURED) return false;
  if (packets.length > limits.packets) return true;
  let bytes = websocketBytes(conn.transport);
  for (const { data } of packets) bytes += typeof data === 'string' ? data.length : 0;
  return bytes > limits.bytes;
}

/** Ends the connection at once: a farewell would only queue behind what is not taken. Socket.IO hears of it. */
export function cutOff({ transport }: Pick<Socket['conn'], 'transport'>): void {
  const websocket = websocketOf(transport);
  const terminate: unknown = websocket && Reflect.get(websocket, 'terminate');
  if (typeof terminate === 'function') terminate.call(websocket);
  else transport.close();
}

function websocketBytes(transport: object): number {
  const waiting: unknown = Reflect.get(websocketOf(transport) ?? {}, 'bufferedAmount');
  return typeof waiting === 'number' ? waiting : 0;
}

/** Engine.IO does not type the websocket that it writes to. */
function websocketOf(transport: object): object | undefined {
  const socket: unknown = Reflect.get(transport, 'socket');
  return typeof socket === 'object' && socket !== null ? socket : undefined;
}
