/** One model call that several turns listen to: it goes on as long as one of them does. */
import type { ChatEvent } from '../gateway/chat-call.ts';

export type FlightStart = (signal: AbortSignal) => AsyncIterable<ChatEvent>;

export interface SingleFlight {
  /**
   * All events from the first, those already heard at once. Throws what the call throws, or the signal's reason. The call
   * is aborted, with that reason, when the last listener leaves.
   */
  join(signal: AbortSignal): AsyncGenerator<ChatEvent, void, undefined>;
}

/** @param onEnded hears once that nobody may join any more: the call is over, or all have left */
export function createSingleFlight(start: FlightStart, onEnded: () => void): SingleFlight {
  const heard: ChatEvent[] = [];
  const aborting = new AbortController();
  let listeners = 0;
  let over = false;
  let failure: { readonly error: unknown } | undefined;
  let waiting: (() => void)[] = [];

  const tell = () => {
    const told = waiting;
    waiting = [];
    for (const wake of told) wake();
  };
  const news = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  const end = () => {
    if (!over) onEnded();
    over = true;
    tell();
  };

  const listen = async () => {
    try {
      for await (const event of start(aborting.signal)) {
        heard.push(event);
        tell();
      }
    } catch (error) {
      failure = { error };
    }
    end();
  };
  void listen();

  return {
    join(signal) {
      listeners += 1;
      const hear = async function* () {
        try {
          for (let next = 0; ; ) {
            signal.throwIfAborted();
            const event = heard[next];
            if (event !== undefined) {
              next += 1;
              yield event;
            } else if (over) {
              if (failure) throw failure.error;
              return;
            } else await news();
          }
        } finally {
          leave();
        }
      };
      let left = false;
      const leave = () => {
        signal.removeEventListener('abort', leave);
        if (left) return;
        left = true;
        listeners -= 1;
        if (listeners === 0 && !over) {
          aborting.abort(signal.aborted ? signal.reason : 'left');
          end();
        } else tell();
      };
      signal.addEventListener('abort', leave, { once: true });
      return hear();
    },
  };
}
