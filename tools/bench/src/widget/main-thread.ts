/** Reads the work of a page's main thread between two marks from a browser trace. */
import { z } from 'zod';

const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.int(),
  tid: z.int(),
  ts: z.number(),
  dur: z.number().optional(),
  /** CPU time of the thread, so other processes don't count. */
  tdur: z.number().optional(),
  args: z.unknown(),
});
const traceSchema = z.object({ traceEvents: z.array(eventSchema.or(z.unknown().transform(() => undefined))) });

export interface MainThread {
  /** Time between the marks, in milliseconds. */
  readonly wallMs: number;
  /** CPU time of all tasks, in milliseconds. */
  readonly busyMs: number;
  readonly longestMs: number;
  /** Tasks of more than 50 ms. */
  readonly longTasks: number;
}

export const TRACE_CATEGORIES = ['toplevel', 'blink.user_timing'];

/** @throws Error when the trace lacks a mark */
export function readMainThread(trace: string, from: string, to: string): MainThread {
  const events = traceSchema.parse(JSON.parse(trace)).traceEvents.filter((event) => event !== undefined);
  const mark = (name: string) => {
    const found = events.find((event) => event.name === name);
    if (found === undefined) throw new Error(`The trace has no mark "${name}".`);
    return found;
  };
  const begin = mark(from);
  const end = mark(to);
  const tasks = events.filter(
    ({ name, ph, pid, tid, ts }) =>
      ph === 'X' &&
      name === 'ThreadControllerImpl::RunTask' &&
      pid === begin.pid &&
      tid === begin.tid &&
      ts >= begin.ts &&
      ts <= end.ts,
  );
  const times = tasks.map(({ dur = 0, tdur = dur }) => tdur / 1000);
  return {
    wallMs: (end.ts - begin.ts) / 1000,
    busyMs: times.reduce((sum, ms) => sum + ms, 0),
    longestMs: Math.max(0, ...times),
    longTasks: times.filter((ms) => ms > 50).length,
  };
}

/**
 * The share of the main thread's work that the trace contains, 0 to 1: a browser under load loses events. CPU throttling
 * spins on the thread even while it is idle; that doesn't count as work.
 * @param threadMs CPU time of the thread between the marks
 */
export function recordedShare({ wallMs, busyMs }: MainThread, threadMs: number, slowdown: number): number {
  const spunMs = Math.max(0, wallMs - busyMs) * (1 - 1 / slowdown);
  return Math.min(1, busyMs / Math.max(threadMs - spunMs, Number.EPSILON));
}
