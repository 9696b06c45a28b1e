/** Shares one model call between several turns. It continues while at least one of them listens. */
import type { ChatEvent } from '../gateway/chat-call.ts';

export type FlightStart = (signal: AbortSignal) => AsyncIterable<ChatEvent>;

export interface SingleFlight {
  /**
   * Yields all events from the first one. Throws what the call throws, or the signal's reason. When the last listener
   * leaves, the call is aborted with that reason.
   */
  join(signal: AbortSignal): AsyncGenerator<ChatEvent, void, undefined>;
}

/** @param onEnded called once, when the call has ended or all listeners have left; it can't be joined afterwards */
export function createSingleFlight(start: FlightStart, onEnded: (failed: boolean) => void): SingleFlight {
  const events: ChatEvent[] = [];
  const aborting = new AbortController();
  let listeners = 0;
  let over = false;
  let failure: { readonly error: unknown } | undefined;
  let waiting: (() => void)[] = [];

  const wakeAll = () => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  const nextEvent = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  const end = () => {
    if (!over) onEnded(failure !== undefined);
    over = true;
    wakeAll();
  };

  const listen = async () => {
    try {
      for await (const event of start(aborting.signal)) {
        events.push(event);
        wakeAll();
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
      let next = 0;
      /** What arrived before this listener came or looked again is one text, sent and drawn at once. */
      const waitingText = () => {
        let text = '';
        for (let event = events[next]; event?.type === 'text'; event = events[next]) {
          text += event.text;
          next += 1;
        }
        return text;
      };
      const iterate = async function* (): AsyncGenerator<ChatEvent, void, undefined> {
        try {
          for (;;) {
            signal.throwIfAborted();
            const event = events[next];
            if (event !== undefined) {
              next += 1;
              yield event.type === 'text' ? { type: 'text', text: event.text + waitingText() } : event;
            } else if (over) {
              if (failure) throw failure.error;
              return;
            } else await nextEvent();
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
        } else wakeAll();
      };
      signal.addEventListener('abort', leave, { once: true });
      return iterate();
    },
  };
}
