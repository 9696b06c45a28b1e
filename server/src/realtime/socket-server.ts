/** The Socket.IO server: transports, limits and the adapter through which processes share low-rate events. */
import type { Server as HttpServer } from 'node:http';
import { SOCKET_PACKET_MAX_BYTES } from '@firstword/shared/limits';
import { createShardedAdapter } from '@socket.io/redis-adapter';
import { Server, type Socket } from 'socket.io';
import type { Redis } from '../lib/redis.ts';
import { terminate } from './backlog.ts';
import type { ConnectionWatch } from './connection-limits.ts';

export interface SocketServerSettings {
  /** For networks that block WebSocket. `forwardPolls` makes sticky sessions at the proxy unnecessary. */
  readonly allowPolling: boolean;
  /** What the channels' names start with: keeps installations on one Redis apart. */
  readonly channelPrefix: string;
}

/** `ws` waits 30 s for the peer's close frame. A peer that never sends one would hold its connection and memory that long. */
const CLOSE_FRAME_MS = 1000;

/**
 * Its namespaces work at once, but no client can connect before `attachSocketServer`.
 * @param publisher,subscriber dedicated connections, because a subscriber can run no other command
 */
export function createSocketServer(
  { publisher, subscriber }: { publisher: Redis; subscriber: Redis },
  { allowPolling, channelPrefix }: SocketServerSettings,
): Server {
  return new Server({
    transports: allowPolling ? ['websocket', 'polling'] : ['websocket'],
    // Any page may ask; the namespaces decide who may connect. Cookies are never sent across origins.
    cors: { origin: '*' },
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: SOCKET_PACKET_MAX_BYTES,
    connectTimeout: 5000,
    pingInterval: 20_000,
    pingTimeout: 10_000,
    adapter: createShardedAdapter(publisher, subscriber, { channelPrefix }),
  });
}

/** Lets clients connect through this HTTP server, which must have its request handlers already. */
export function attachSocketServer(io: Server, http: HttpServer, watch?: ConnectionWatch): void {
  io.attach(http, { ...(watch && { allowRequest: watch.allowRequest }) });
  watch?.begin(io);
  io.engine.on('connection', (conn: Socket['conn']) => {
    conn.once('close', () => void setTimeout(terminate, CLOSE_FRAME_MS, conn).unref());
  });
}
