/**
 * Reads a response body piece by piece. Node's own stream iterator is an async generator, and would cost each token about
 * as much as parsing it.
 */
import type { Readable } from 'node:stream';
import { GatewayError } from './gateway-error.ts';

export interface BodyPieces {
  /**
   * All bytes received so far, synchronously when there are any; undefined at the end. Rejects with the connection's
   * error. Must not be called again before it has settled.
   */
  next(): Promise<Uint8Array | undefined> | Uint8Array;
  /** Removes the listeners without closing the body. */
  detach(): void;
}

export function createBodyPieces(body: Readable): BodyPieces {
  let settle: ((piece: Uint8Array | undefined) => void) | undefined;
  let fail: (error: Error) => void = () => {};

  const readNow = (): Uint8Array | undefined => {
    const bytes: unknown = body.destroyed ? null : body.read();
    return bytes instanceof Uint8Array ? bytes : undefined;
  };
  const settleNext = () => {
    if (settle === undefined) return;
    const bytes = readNow();
    const isOver = bytes === undefined && body.readableEnded;
    if (bytes === undefined && !isOver && !body.destroyed) return;
    const [resolve, reject] = [settle, fail];
    settle = undefined;
    if (bytes !== undefined || isOver) resolve(bytes);
    else reject(body.errored ?? new GatewayError('cut-off', 'the response was destroyed'));
  };
  const events = ['readable', 'end', 'error', 'close'];
  for (const name of events) body.on(name, settleNext);
  return {
    next() {
      const bytes = readNow();
      if (bytes !== undefined) return bytes;
      return new Promise((resolve, reject) => {
        settle = resolve;
        fail = reject;
        if (body.readableEnded || body.destroyed) settleNext();
      });
    },
    detach() {
      for (const name of events) body.off(name, settleNext);
    },
  };
}
