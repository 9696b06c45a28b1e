/**
 * Connects to model endpoints with read throttling: a busy process reads each connection less often, so that several
 * tokens cost one read and one send. Unread bytes wait in the system's socket buffer.
 */
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';

/** Decides whether, and for how long, a stream pauses between two reads. */
export interface ReadThrottling {
  /** Whether reads are delayed now. Called for every read. */
  busy(): boolean;
  /** Calls `resume` at the end of the pause. */
  pause(resume: () => void): void;
}

/** Reads at once. */
export const UNTHROTTLED: ReadThrottling = { busy: () => false, pause: (resume) => resume() };

/** Delaying reads saves nothing when they are further apart than this. */
const STREAMING_MS = 100;

export function createThrottledConnector(
  connectMs: number,
  throttling: ReadThrottling,
  now: () => number = () => performance.now(),
): buildConnector.connector {
  const options = {
    timeout: connectMs,
    // Explicit, because NODE_TLS_REJECT_UNAUTHORIZED can switch the check off for the whole process.
    rejectUnauthorized: true,
    // The socket's buffer: reads the next piece only after this one was consumed, so that it can be delayed.
    highWaterMark: 1,
  };
  const connect = buildConnector(options);
  return (target, callback) =>
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      throttleReads(socket, throttling, now);
      callback(null, socket);
    });
}

/**
 * Overrides `_read`, which a stream calls for each piece. Delays only a connection that has just delivered two pieces, so
 * that headers and first token are read at once. Node may change `_read`: throttled-connector.test.ts guards it.
 */
function throttleReads(socket: Socket, { busy, pause }: ReadThrottling, now: () => number): void {
  const read = socket._read.bind(socket);
  let lastReadAt: number | undefined;
  socket._read = (size) => {
    const isStreaming = lastReadAt !== undefined && now() - lastReadAt < STREAMING_MS;
    lastReadAt = lastReadAt === undefined ? Number.NEGATIVE_INFINITY : now();
    if (isStreaming && busy()) pause(() => socket.destroyed || read(size));
    else read(size);
  };
}
