/**
 * Connections to models, of which a busy process reads each less often: what arrives meanwhile waits in the system and
 * comes as one piece, so that several tokens cost one read and one send.
 */
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';

/** Says whether, and for how long, a stream rests between two pieces. */
export interface ReadThrottling {
  /** Whether they rest at all. Asked for every piece. */
  busy(): boolean;
  /** Calls back when the rest is over. */
  pause(goOn: () => void): void;
}

/** Every piece is read as it comes. */
export const UNTHROTTLED: ReadThrottling = { busy: () => false, pause: (goOn) => goOn() };

/** Pieces further apart than this are not worth putting off, in milliseconds. */
const FLOWING_MS = 100;

export function createThrottledConnector(
  connectMs: number,
  pacing: ReadThrottling,
  now: () => number = () => performance.now(),
): buildConnector.connector {
  const how = {
    timeout: connectMs,
    // Said aloud, because an environment variable can switch the check off for the whole process.
    rejectUnauthorized: true,
    // The socket's own: the next piece is read when this one was taken and not before, else nothing could be put off.
    highWaterMark: 1,
  };
  const connect = buildConnector(how);
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      pace(socket, pacing, now);
      callback(null, socket);
    });
}

/**
 * A stream asks for its next piece by `_read`, the first time for none. Only a connection that has just given two pieces
 * rests: the headers of a response, and the first token after them, are read the moment they come.
 */
function pace(socket: Socket, { busy, pause: rest }: ReadThrottling, now: () => number): void {
  const read = socket._read.bind(socket);
  let gaveAt: number | undefined;
  socket._read = (size) => {
    const isFlowing = gaveAt !== undefined && now() - gaveAt < FLOWING_MS;
    gaveAt = gaveAt === undefined ? Number.NEGATIVE_INFINITY : now();
    if (isFlowing && busy()) rest(() => socket.destroyed || read(size));
    else read(size);
  };
}
