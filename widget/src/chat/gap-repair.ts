/** Asks for a replay while events are missing: one request at a time, with a pause between attempts. */
import type { ReplayAnswer } from '@firstword/shared/wire';
import { missing } from './apply-event.ts';
import type { ChatState } from './chat-state.ts';
import type { Connection } from './connection.ts';

export interface GapRepair {
  /** Call after every change; does nothing while no event is known to be missing. */
  check(): void;
  close(): void;
}

const PAUSE_MS = 400;

export function createGapRepair(
  connection: Pick<Connection, 'ask' | 'connected'>,
  chat: { read(): ChatState; replayed(answer: ReplayAnswer): void; resync(): void },
): GapRepair {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;

  async function repair() {
    const request = missing(chat.read());
    if (asking || timer !== undefined || !request || !connection.connected()) return;
    asking = true;
    const answer = await connection.ask('replay', request);
    asking = false;
    if (answer?.ok && answer.resync) return chat.resync();
    if (answer?.ok) chat.replayed(answer);
    if (!missing(chat.read())) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      void repair();
    }, PAUSE_MS);
  }

  return { check: () => void repair(), close: () => clearTimeout(timer) };
}
