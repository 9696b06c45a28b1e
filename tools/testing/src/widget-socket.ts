/** Opens a widget's socket without a browser, for test clients and benchmarks. */
import type { WidgetClientEvents, WidgetServerEvents } from '@firstword/shared/wire';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';

export type WidgetSocket = Socket<WidgetServerEvents, WidgetClientEvents>;

/** @param origin the page's origin; undefined sends no header */
export function openWidgetSocket(
  port: number,
  { origin, ...options }: Partial<ManagerOptions & SocketOptions> & { origin: string | undefined },
): WidgetSocket {
  return io(`http://127.0.0.1:${port}/widget`, {
    transports: ['websocket'],
    forceNew: true,
    ...(origin === undefined ? {} : { extraHeaders: { origin } }),
    ...options,
  });
}
