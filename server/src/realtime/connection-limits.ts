/** Limits connections below the namespaces: how many an address opens, what it sends over one, and how long one may be idle. */
import type { IncomingMessage } from 'node:http';
import type { Server, Socket } from 'socket.io';
import type { ClientAddressOf } from '../lib/client-address.ts';
import type { FairShare } from '../limits/fair-share.ts';
import { terminate } from './backlog.ts';

export interface ConnectionLimits {
  /** Connections that one address may have open on this process. */
  readonly openPerAddress: number;
  /** Packets that a connection may send in a minute: well beyond what its visitor may ask for. */
  readonly packetsPerMinute: number;
  readonly bytesPerMinute: number;
}

export interface ConnectionLimitParts {
  readonly fairShare: Pick<FairShare, 'admit' | 'add'>;
  readonly addressOf: ClientAddressOf;
  readonly limits: ConnectionLimits;
  /** Called for each connection that is refused or closed. */
  readonly onRefused: (why: 'too-many-open' | 'flood', address: string) => void;
}

type Connection = Socket['conn'];
export type AllowRequest = (
  request: IncomingMessage,
  answer: (why: string | undefined, isAllowed: boolean) => void,
) => void;

const MINUTE_MS = 60_000;
/** A connection that was closed for flooding counts as this many: an address can't go on by opening others. */
const FLOOD_POINTS = 50;
/** As long as Socket.IO waits for a new connection to join a namespace. */
const PARKED_MS = 5000;

export interface ConnectionWatch {
  /** For Socket.IO: refuses a connection before it is upgraded. */
  readonly allowRequest: AllowRequest;
  /** Watches the connections of this server, which must be attached. */
  begin(io: Server): void;
}

export function createConnectionWatch({
  fairShare,
  addressOf,
  limits,
  onRefused,
}: ConnectionLimitParts): ConnectionWatch {
  const open = new Map<string, number>();

  const countOpen = (connection: Connection) => {
    const { counted } = addressOf(connection.request);
    open.set(counted, (open.get(counted) ?? 0) + 1);
    connection.once('close', () => {
      const left = (open.get(counted) ?? 1) - 1;
      if (left === 0) open.delete(counted);
      else open.set(counted, left);
    });
  };

  /** Counts what arrives, also events that no handler knows, and acknowledgements. */
  const endFlood = (connection: Connection) => {
    let from = performance.now();
    let packets = 0;
    let bytes = 0;
    connection.on('packet', ({ data }: { data?: unknown }) => {
      const now = performance.now();
      if (now - from > MINUTE_MS) [from, packets, bytes] = [now, 0, 0];
      packets += 1;
      bytes += typeof data === 'string' ? data.length : 0;
      if (packets <= limits.packetsPerMinute && bytes <= limits.bytesPerMinute) return;
      // What has arrived already would still be handled.
      connection.transport.removeAllListeners('packet');
      terminate(connection);
      const address = addressOf(connection.request);
      onRefused('flood', address.counted);
      void fairShare.add('connections', { address }, FLOOD_POINTS);
    });
  };

  return {
    allowRequest(request, answer) {
      const address = addressOf(request);
      if ((open.get(address.counted) ?? 0) >= limits.openPerAddress) {
        onRefused('too-many-open', address.counted);
        return answer('Too many connections are open from this address.', false);
      }
      fairShare.admit('connections', { address }).then(
        () => answer(undefined, true),
        (error: unknown) => answer(error instanceof Error ? error.message : String(error), false),
      );
    },
    begin(io) {
      // No client needs it: a member would be neither limited nor asked to leave.
      io.of('/').use((_socket, next) => next(new Error('Invalid namespace')));
      io.engine.on('connection', (connection: Connection) => {
        countOpen(connection);
        endFlood(connection);
      });
      endParked(io);
    },
  };
}

/** Closes connections that have left all namespaces: Socket.IO waits only for the first. */
function endParked(io: Server): void {
  const joined = new Map<Connection, number>();
  const watch = (socket: Socket) => {
    const { conn } = socket;
    joined.set(conn, (joined.get(conn) ?? 0) + 1);
    socket.once('disconnect', () => {
      const left = (joined.get(conn) ?? 1) - 1;
      if (left > 0) return void joined.set(conn, left);
      joined.delete(conn);
      setTimeout(() => joined.has(conn) || conn.close(), PARKED_MS).unref();
    });
  };
  for (const name of ['/widget', '/console']) io.of(name).on('connection', watch);
}
