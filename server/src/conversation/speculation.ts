/** An answer that is requested before it is decided whether it will be shown. */
import type { ChatEvent } from '../gateway/chat-call.ts';
import { type DelegatingIterator, prepend } from '../lib/lazy-iterator.ts';

export interface Speculation {
  /** The answer's events, from the first. To be called once, and not after `drop`. */
  take(): DelegatingIterator<ChatEvent>;
  /** Aborts the request; the ledger records `speculation-dropped`. No effect once it has ended. */
  drop(): void;
}

const DROPPED = 'speculation-dropped';

/** Sends the request in this tick; its tokens stay in the socket until they are taken. */
export function speculate(start: (signal: AbortSignal) => AsyncIterable<ChatEvent>, signal: AbortSignal): Speculation {
  const dropping = new AbortController();
  const events = start(AbortSignal.any([signal, dropping.signal]))[Symbol.asyncIterator]();
  const first = events.next();
  first.catch(() => {}); // handled by `take`, which may come much later or never
  return {
    take: () => prepend(first, events),
    drop() {
      dropping.abort(DROPPED);
      void events.return?.().catch(() => {});
    },
  };
}
