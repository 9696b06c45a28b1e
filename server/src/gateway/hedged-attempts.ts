/**
 * One answer asked for once, or twice at the same time: the request whose first text comes first goes on, the other one
 * is closed upstream at once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatEvent } from './chat-call.ts';

/** Why a request was broken off that had lost to another one. */
const HEDGE_LOST = 'hedge-lost';

type Events = AsyncGenerator<ChatEvent, void, undefined>;
type Opening = { readonly step: IteratorResult<ChatEvent, void> } | { readonly error: unknown };

/** A request on its way. */
interface Lane {
  readonly events: Events;
  /** Never rejects. */
  readonly opening: Promise<Opening>;
  close(): void;
}

export interface HedgedAttempts {
  /** Sends the first request, in this very tick. The signal given to it also ends a request that has lost. */
  readonly open: (signal: AbortSignal) => Events;
  /** Sends the second one; undefined when that may not be, which is known only when its time has come. */
  readonly openSecond: () => ((signal: AbortSignal) => Events) | undefined;
  /** First request → second; `Infinity` never sends one. */
  readonly afterMs: number;
}

/** An answer under way: its first event, and the source of the others. */
interface Underway {
  readonly step: IteratorResult<ChatEvent, void>;
  readonly events: Events;
}

/**
 * Settles with the request that won once its first text is there. Rejects as the first request did when neither has a
 * text; a failure of the first before the second was sent rejects at once.
 */
export async function runHedgedAttempts(
  { open, openSecond, afterMs }: HedgedAttempts,
  signal: AbortSignal,
): Promise<Underway> {
  if (afterMs === Number.POSITIVE_INFINITY) {
    const events = open(signal);
    return { step: await events.next(), events };
  }
  const { opening, events } = await firstToSpeak(openLane(open, signal), openSecond, afterMs, signal);
  const opened = await opening;
  if ('error' in opened) throw opened.error;
  return { step: opened.step, events };
}

function openLane(open: HedgedAttempts['open'], signal: AbortSignal): Lane {
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
      void events.return().catch(() => {}); // it may stand at a text that nobody will take
    },
  };
}

async function firstToSpeak(
  first: Lane,
  openSecond: HedgedAttempts['openSecond'],
  afterMs: number,
  signal: AbortSignal,
): Promise<Lane> {
  if (afterMs > 0 && !(await isLate(first, afterMs))) return first;
  const open = openSecond();
  if (open === undefined) return first;
  const second = openLane(open, signal);
  const [quicker, opening] = await Promise.race(
    [first, second].map(async (lane) => [lane, await lane.opening] as const),
  );
  const other = quicker === first ? second : first;
  if ('error' in opening) return 'error' in (await other.opening) ? first : other;
  other.close();
  return quicker;
}

async function isLate({ opening }: Lane, afterMs: number): Promise<boolean> {
  const waiting = new AbortController();
  const late = sleep(afterMs, true, { signal: waiting.signal }).catch(() => false);
  const isSilent = await Promise.race([opening.then(() => false), late]);
  waiting.abort();
  return isSilent;
}
