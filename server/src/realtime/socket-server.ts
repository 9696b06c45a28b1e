/** The Socket.IO server: transports, limits and the adapter through which processes share low-rate events. */
import type { Server as HttpServer } from 'node:http';
import { SOCKET_PACKET_MAX_BYTES } from '@firstword/shared/limits';
import { createShardedAdapter } from '@socket.io/redis-adapter';
import type { Redis } from 'ioredis';
import { Server } from 'socket.io';

export interface SocketServerSettings {
  /** Long-polling needs sticky sessions at the proxy, so it is an opt-in. */
  readonly allowPolling: boolean;
}

/** @param publisher,subscriber connections of their own; a subscriber answers no other command */
export function createSocketServer(
  http: HttpServer,
  { publisher, subscriber }: { publisher: Redis; subscriber: Redis },
  { allowPolling }: SocketServerSettings,
): Server {
  return new Server(http, {
    transports: allowPolling ? ['websocket', 'polling'] : ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: SOCKET_PACKET_MAX_BYTES,
    connectTimeout: 5000,
    pingInterval: 20_000,
    pingTimeout: 10_000,
    adapter: createShardedAdapter(publisher, subscriber),
  });
}
