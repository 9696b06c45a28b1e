/** Reaches the server by HTTP long-polling where a proxy blocks or hangs WebSocket connections. */

/** A first connection that takes longer is tried by long-polling, which then works within 3 s. Four round trips: 500 ms each. */
const WEBSOCKET_MS = 2000;
const CONNECT_MS = 10_000;
/** Where WebSocket has worked before, the server is more likely to be away than the network to have changed. */
const FAILURES_AFTER_SUCCESS = 3;

/** The parts of a Socket.IO client's `Manager` and `Socket` that it uses. */
export interface FallbackSocket<Transport> {
  readonly io: {
    readonly opts: { transports?: string[] | Transport[] | undefined };
    timeout(ms: number): unknown;
    on(event: 'error' | 'close', listener: () => void): unknown;
  };
  on(event: 'connect', listener: () => void): unknown;
}

/**
 * Call it before the socket connects.
 * @param loadPolling the transports to try after WebSocket has failed
 */
export function fallBackToPolling<Transport>(
  socket: FallbackSocket<Transport>,
  loadPolling: () => Promise<Transport[] | string[]>,
): void {
  const manager = socket.io;
  const websocket = manager.opts.transports ?? ['websocket'];
  let polling: Transport[] | string[] | undefined;
  let failures = 0;
  let hasConnected = false;
  let connected = false;
  manager.timeout(WEBSOCKET_MS);

  const failed = async () => {
    const wasLost = connected;
    connected = false;
    if (wasLost) return;
    failures += 1;
    if (failures <= (hasConnected ? FAILURES_AFTER_SUCCESS : 0)) return;
    polling ??= await loadPolling().catch(() => undefined);
    if (polling === undefined) return;
    // Alternates: a proxy may also refuse long-polling.
    manager.opts.transports = manager.opts.transports === polling ? websocket : polling;
    manager.timeout(CONNECT_MS);
  };
  manager.on('error', () => void failed());
  manager.on('close', () => void failed());
  socket.on('connect', () => {
    failures = 0;
    hasConnected = true;
    connected = true;
    manager.timeout(CONNECT_MS);
  });
}
