/** An answer that is asked for before it is known whether it will be given. */
import type { ChatEvent } from '../gateway/chat-call.ts';
import { type DelegatingIterator, prepend } from '../lib/lazy-iterator.ts';

export interface Speculation {
  /** The answer's events, from the first. To be called once, and not after `drop`. */
  take(): DelegatingIterator<ChatEvent>;
  /** Ends the request upstream at once, booked as `speculation-dropped`; nothing happens when it has ended. */
  drop(): void;
}

const DROPPED = 'speculation-dropped';

/** Sends the request in this very tick; its tokens wait in the socket until they are taken. */
export function speculate(start: (signal: AbortSignal) => AsyncIterable<ChatEvent>, signal: AbortSignal): Speculation {
  const dropping = new AbortController();
  const events = start(AbortSignal.any([signal, dropping.signal]))[Symbol.asyncIterator]();
  const first = events.next();
  first.catch(() => {}); // `take` looks at it, perhaps much later, or nobody does
  return {
    take: () => prepend(first, events),
    drop() {
      dropping.abort(DROPPED);
      void events.return?.().catch(() => {});
    },
  };
}
