/**
 * A response's body, piece by piece. The stream's own iterator is a generator around promises, and would cost a token
 * about as much as its reading does.
 */
import type { Readable } from 'node:stream';
import { GatewayError } from './gateway-error.ts';

export interface BodyPieces {
  /**
   * All that has come, as soon as there is something, and at once where it is there; undefined at the end. Rejects with
   * what broke the connection. To be asked again once it has settled.
   */
  next(): Promise<Uint8Array | undefined> | Uint8Array;
  /** Lets go of the body, and leaves it as it is. */
  leave(): void;
}

export function createBodyPieces(body: Readable): BodyPieces {
  let settle: ((piece: Uint8Array | undefined) => void) | undefined;
  let fail: (error: Error) => void = () => {};

  const take = (): Uint8Array | undefined => {
    const bytes: unknown = body.destroyed ? null : body.read();
    return bytes instanceof Uint8Array ? bytes : undefined;
  };
  const look = () => {
    if (settle === undefined) return;
    const bytes = take();
    const isOver = bytes === undefined && body.readableEnded;
    if (bytes === undefined && !isOver && !body.destroyed) return;
    const [done, broken] = [settle, fail];
    settle = undefined;
    if (bytes !== undefined || isOver) done(bytes);
    else broken(body.errored ?? new GatewayError('cut-off', 'the response was given up'));
  };
  const news = ['readable', 'end', 'error', 'close'];
  for (const name of news) body.on(name, look);
  return {
    next() {
      const bytes = take();
      if (bytes !== undefined) return bytes;
      return new Promise((resolve, reject) => {
        settle = resolve;
        fail = reject;
        if (body.readableEnded || body.destroyed) look();
      });
    },
    leave() {
      for (const name of news) body.off(name, look);
    },
  };
}
