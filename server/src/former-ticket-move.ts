/** Moves the tickets of an earlier release while visitors are served, and repeats that until the database has them. */
import { retryUntilDone } from './lib/retry-until-done.ts';
import { type FormerTicketImportParts, importFormerTickets } from './tickets/former-ticket-import.ts';

export interface FormerTicketMove {
  /** Until then, nothing may be recorded about tickets: it would concern tickets that the database does not know. */
  isDone(): boolean;
  stop(): Promise<void>;
}

/** Resolves at once where there is nothing to move, and otherwise once the work has begun. */
export async function startFormerTicketMove(parts: FormerTicketImportParts): Promise<FormerTicketMove> {
  let done = (await parts.former.count()) === 0;
  const closing = new AbortController();
  const work = async () => {
    await importFormerTickets(parts);
    done = true;
  };
  const working = done
    ? undefined
    : retryUntilDone(work, {
        signal: closing.signal,
        onFailure: (error) => parts.log.warn({ reason: String(error) }, 'moving tickets from Redis failed; retrying'),
      });
  return {
    isDone: () => done,
    async stop() {
      closing.abort();
      await working;
    },
  };
}
