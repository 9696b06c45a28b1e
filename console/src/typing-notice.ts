/** Sends the agent's typing indicator, and ends it when the agent pauses. */
import type { Live } from './live.ts';

export interface TypingNotice {
  typed(ticketId: string): void;
  stop(): void;
}

export function createTypingNotice(live: Pick<Live, 'typing'>, pauseMs: number): TypingNotice {
  let ticketId: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop() {
    clearTimeout(timer);
    if (ticketId !== undefined) live.typing(ticketId, false);
    ticketId = undefined;
  }
  return {
    typed(id) {
      if (ticketId === undefined) live.typing(id, true);
      ticketId = id;
      clearTimeout(timer);
      timer = setTimeout(stop, pauseMs);
    },
    stop,
  };
}
