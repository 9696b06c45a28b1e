/** The Socket.IO server: transports, limits and the adapter through which processes share low-rate events. */
import type { Server as HttpServer } from 'node:http';
import { SOCKET_PACKET_MAX_BYTES } from '@firstword/shared/limits';
import { createShardedAdapter } from '@socket.io/redis-adapter';
import type { Redis } from 'ioredis';
import { Server, type Socket } from 'socket.io';
import { cutOff } from './backlog.ts';

export interface SocketServerSettings {
  /** Long-polling needs sticky sessions at the proxy, so it is an opt-in. */
  readonly allowPolling: boolean;
  /** What the channels' names start with: two installations on one Redis must not hear one another. */
  readonly channelPrefix: string;
}

/** A websocket waits 30 s for the other side's goodbye. Who never gives one holds a connection, and memory, for so long. */
const GOODBYE_MS = 1000;

/** @param publisher,subscriber connections of their own; a subscriber answers no other command */
export function createSocketServer(
  http: HttpServer,
  { publisher, subscriber }: { publisher: Redis; subscriber: Redis },
  { allowPolling, channelPrefix }: SocketServerSettings,
): Server {
  const io = new Server(http, {
    transports: allowPolling ? ['websocket', 'polling'] : ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: SOCKET_PACKET_MAX_BYTES,
    connectTimeout: 5000,
    pingInterval: 20_000,
    pingTimeout: 10_000,
    adapter: createShardedAdapter(publisher, subscriber, { channelPrefix }),
  });
  io.engine.on('connection', (conn: Socket['conn']) => {
    conn.once('close', () => void setTimeout(cutOff, GOODBYE_MS, conn).unref());
  });
  return io;
}
