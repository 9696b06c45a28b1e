/** Worker threads: started from source or from a build, and asked one thing at a time, with an end to every wait. */
import { once } from 'node:events';
import { type Transferable, Worker, type WorkerOptions } from 'node:worker_threads';

/** A thread does not inherit the TypeScript loader of a process that runs from source, so it registers its own. */
const LOAD_SOURCE = `
import('tsx/esm/api').then(({ register }) => {
  register();
  return import(process.argv[2]);
});
`;

/**
 * Does not keep the process running.
 * @param source URL of the thread's `.ts` file; a build has a `.js` file of the same name beside the caller's
 */
export function startThread(source: URL, options: Pick<WorkerOptions, 'resourceLimits'> = {}): Worker {
  const worker = import.meta.url.endsWith('.ts')
    ? new Worker(LOAD_SOURCE, { ...options, eval: true, argv: [source.href] })
    : new Worker(new URL(source.href.replace(/\.ts$/, '.js')), options);
  worker.unref();
  return worker;
}

export type ThreadReply<Reply> =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** The thread has ended, as it does without memory. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'late' };

/**
 * Sends a message and waits for the next one. A thread that is late is still busy: terminate it.
 * @throws the thread's error
 */
export async function askThread<Reply>(
  thread: Worker,
  message: unknown,
  limitMs: number,
  transfer: readonly Transferable[] = [],
): Promise<ThreadReply<Reply>> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const timer = setTimeout(() => waiting.abort(), limitMs);
  try {
    const replies: Promise<Reply[]> = once(thread, 'message', { signal });
    // `once` rejects on an `error` of the thread, but not when it exits, which running out of memory may lead to.
    const exit = once(thread, 'exit', { signal });
    exit.catch(() => {});
    thread.postMessage(message, transfer);
    const [reply] = await Promise.race([replies, exit.then((): Reply[] => [])]);
    return reply === undefined ? { kind: 'ended' } : { kind: 'reply', reply };
  } catch (error) {
    if (signal.aborted) return { kind: 'late' };
    throw error;
  } finally {
    clearTimeout(timer);
    waiting.abort();
  }
}
