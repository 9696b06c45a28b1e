/**
 * Sends a request and, when its first text is late, a hedge. The first one with text wins; the other is closed upstream at
 * once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatEvent } from './chat-call.ts';

/** The abort reason of the losing request. */
const HEDGE_LOST = 'hedge-lost';

type Events = AsyncGenerator<ChatEvent, void, undefined>;
type Opening = { readonly step: IteratorResult<ChatEvent, void> } | { readonly error: unknown };

interface StartedAttempt {
  readonly events: Events;
  /** Never rejects. */
  readonly opening: Promise<Opening>;
  close(): void;
}

export interface HedgedAttempts {
  /** Sends the first request in the same tick. Its signal also aborts a request that has lost. */
  readonly open: (signal: AbortSignal) => Events;
  /** Called when the first request is late. Returns how to send the hedge; undefined when none is allowed. */
  readonly openHedge: () => ((signal: AbortSignal) => Events) | undefined;
  /** First request → hedge; `Infinity` for none. */
  readonly afterMs: number;
}

/** An answer that has begun: its first event, and the source of the others. */
interface BegunAnswer {
  readonly step: IteratorResult<ChatEvent, void>;
  readonly events: Events;
}

/**
 * Resolves with the winning request at its first text. When both fail it rejects with the first request's error; when the
 * first fails before the hedge was sent, it rejects at once.
 */
export async function runHedgedAttempts(
  { open, openHedge, afterMs }: HedgedAttempts,
  signal: AbortSignal,
): Promise<BegunAnswer> {
  if (afterMs === Number.POSITIVE_INFINITY) {
    const events = open(signal);
    return { step: await events.next(), events };
  }
  const { opening, events } = await firstWithText(startAttempt(open, signal), openHedge, afterMs, signal);
  const opened = await opening;
  if ('error' in opened) throw opened.error;
  return { step: opened.step, events };
}

function startAttempt(open: HedgedAttempts['open'], signal: AbortSignal): StartedAttempt {
  const closing = new AbortController();
  const events = open(AbortSignal.any([signal, closing.signal]));
  const opening = events.next().then(
    (step): Opening => ({ step }),
    (error: unknown): Opening => ({ error }),
  );
  return {
    events,
    opening,
    close() {
      closing.abort(HEDGE_LOST);
      void events.return().catch(() => {}); // it may be suspended at a yield
    },
  };
}

async function firstWithText(
  first: StartedAttempt,
  openHedge: HedgedAttempts['openHedge'],
  afterMs: number,
  signal: AbortSignal,
): Promise<StartedAttempt> {
  if (afterMs > 0 && !(await isLate(first, afterMs))) return first;
  const open = openHedge();
  if (open === undefined) return first;
  const hedge = startAttempt(open, signal);
  const [quicker, opening] = await Promise.race(
    [first, hedge].map(async (attempt) => [attempt, await attempt.opening] as const),
  );
  const other = quicker === first ? hedge : first;
  if (!hasText(opening)) {
    const later = await other.opening;
    if (hasText(later)) return other;
    return 'error' in opening ? ('error' in later ? first : other) : quicker;
  }
  other.close();
  return quicker;
}

/** Only text wins: an error or an empty answer may be the quicker one. */
function hasText(opening: Opening): boolean {
  return 'step' in opening && !opening.step.done && opening.step.value.type !== 'end';
}

async function isLate({ opening }: StartedAttempt, afterMs: number): Promise<boolean> {
  const waiting = new AbortController();
  const late = sleep(afterMs, true, { signal: waiting.signal }).catch(() => false);
  const isLateNow = await Promise.race([opening.then(() => false), late]);
  waiting.abort();
  return isLateNow;
}
