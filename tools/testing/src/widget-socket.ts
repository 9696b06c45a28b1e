/** The socket of a widget without a browser, as every test client and benchmark opens it. */
import type { WidgetClientEvents, WidgetServerEvents } from '@firstword/shared/wire';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';

export type WidgetSocket = Socket<WidgetServerEvents, WidgetClientEvents>;

/** @param origin of the page; undefined sends none */
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
