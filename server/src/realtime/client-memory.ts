/** What one client was told last: its next question can then be asked without reading anything. */
import type { Message, Responder, ResponderChange, SessionStart } from '@firstword/shared/wire';
import type { ClientView } from '../conversation/turn-start.ts';

export interface ClientMemory extends ClientView {
  /** Hears of what goes out to the client, by its event's name; other events are ignored. */
  told(name: string, payload: unknown): void;
}

/** @param keep messages kept, of the latest */
export function createClientMemory(keep: number): ClientMemory {
  let lastSeq = 0;
  let recent: readonly Message[] = [];
  let responder: Responder = 'assistant';

  const hear = (messages: readonly Message[]) => {
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
    learn: hear,
    told(name, payload) {
      if (name === 'message') hear([payload as Message]);
      else if (name === 'responder') responder = (payload as ResponderChange).responder;
      else if (name === 'session-start') {
        const start = payload as SessionStart;
        hear(start.messages);
        lastSeq = Math.max(lastSeq, start.lastSeq);
        responder = start.responder.responder;
      }
    },
  };
}
