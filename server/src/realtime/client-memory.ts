/** Remembers what one client last received, so that its next question can be asked without reading from Redis. */
import type { Message, Responder, ResponderChange, SessionStart, WidgetServerEvents } from '@firstword/shared/wire';
import type { ClientView } from '../conversation/turn-start.ts';

type KnownEvent =
  | [name: 'message', payload: Message]
  | [name: 'responder', payload: ResponderChange]
  | [name: 'session-start', payload: Pick<SessionStart, 'messages' | 'lastSeq' | 'responder'>];
type OutgoingEvent = KnownEvent | [name: Exclude<keyof WidgetServerEvents, KnownEvent[0]>, payload: unknown];

export interface ClientMemory extends ClientView {
  /** Called with each event that goes out to the client; events it does not need are ignored. */
  noteOutgoing(...event: OutgoingEvent): void;
}

/** @param keep how many of the latest messages to keep */
export function createClientMemory(keep: number): ClientMemory {
  let lastSeq = 0;
  let recent: readonly Message[] = [];
  let responder: Responder = 'assistant';

  const add = (messages: readonly Message[]) => {
    const bySeq = new Map([...recent, ...messages].map((message) => [message.seq, message]));
    recent = [...bySeq.values()].sort((a, b) => a.seq - b.seq).slice(-keep);
    lastSeq = Math.max(lastSeq, recent.at(-1)?.seq ?? 0);
  };

  return {
    get lastSeq() {
      return lastSeq;
    },
    get recent() {
      return recent;
    },
    get responder() {
      return responder;
    },
    learn: add,
    noteOutgoing(...[name, payload]) {
      if (name === 'message') add([payload]);
      else if (name === 'responder') responder = payload.responder;
      else if (name === 'session-start') {
        add(payload.messages);
        lastSeq = Math.max(lastSeq, payload.lastSeq);
        responder = payload.responder.responder;
      }
    },
  };
}
