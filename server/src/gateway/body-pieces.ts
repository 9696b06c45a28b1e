/**
 * A response's body, piece by piece. The stream's own iterator is a generator around promises, and would cost a token
 * about as much as its reading does.
 */
import type { Readable } from 'node:stream';
import { GatewayError } from './gateway-error.ts';

export interface BodyPieces {
  /** All that has come, as soon as there is something; undefined at the end. Rejects with what broke the connection. */
  next(): Promise<Uint8Array | undefined>;
  /** Lets go of the body, and leaves it as it is. */
  leave(): void;
}

export function createBodyPieces(body: Readable): BodyPieces {
  let wake = () => {};
  const onNews = () => wake();
  const news = ['readable', 'end', 'error', 'close'];
  for (const name of news) body.on(name, onNews);
  return {
    async next() {
      for (;;) {
        const bytes: unknown = body.destroyed ? null : body.read();
        if (bytes instanceof Uint8Array) return bytes;
        if (body.readableEnded) return undefined;
        if (body.errored) throw body.errored;
        if (body.destroyed) throw new GatewayError('cut-off', 'the response was given up');
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    leave() {
      for (const name of news) body.off(name, onNews);
    },
  };
}
