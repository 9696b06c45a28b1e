/**
 * Derives keys in a thread of its own, one after another. The threads that Node keeps for such work also read files, so a
 * flood of sign-ins would hold up every page.
 */
import type { Worker } from 'node:worker_threads';
import { startThread } from '../lib/thread.ts';
import { AgentsError } from './agents-error.ts';
import type { DeriveKey, KeyRequest, Sender } from './derive-key.ts';

export interface PasswordPool {
  readonly derive: DeriveKey;
  close(): Promise<void>;
}

interface Job {
  readonly request: KeyRequest;
  readonly done: (key: Uint8Array) => void;
  readonly fail: (error: Error) => void;
}

/** At about 0.3 s each, the last one waits 5 s. */
const WAITING_MAX: Readonly<Record<Sender, number>> = { known: 16, unknown: 16 };
/** The thread ends when it has had nothing to do for this long, to free its memory. */
const IDLE_MS = 30_000;

export function createPasswordPool(waitingMax: Readonly<Record<Sender, number>> = WAITING_MAX): PasswordPool {
  const waiting: Record<Sender, Job[]> = { known: [], unknown: [] };
  let running: Job | undefined;
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;

  const stop = async () => {
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  };
  const settle = (how: (job: Job) => void) => {
    const job = running;
    running = undefined;
    if (job !== undefined) how(job);
    begin();
  };
  const start = () => {
    const worker = startThread(new URL('./password-thread.ts', import.meta.url));
    worker.on('message', (key: Uint8Array) => settle(({ done }) => done(key)));
    worker.on('error', (error) => {
      thread = undefined;
      settle(({ fail }) => fail(error instanceof Error ? error : new Error(String(error))));
    });
    return worker;
  };
  function begin(): void {
    if (running !== undefined) return;
    clearTimeout(idle);
    running = waiting.known.shift() ?? waiting.unknown.shift();
    if (running === undefined) {
      idle = setTimeout(() => void stop(), IDLE_MS).unref();
      return;
    }
    thread ??= start();
    thread.postMessage(running.request);
  }

  return {
    derive(request, sender) {
      const queue = waiting[sender];
      if (queue.length >= waitingMax[sender])
        return Promise.reject(new AgentsError('busy', `${queue.length} passwords wait to be checked`));
      return new Promise((done, fail) => {
        queue.push({ request, done, fail });
        begin();
      });
    },
    async close() {
      clearTimeout(idle);
      const left = [running, ...waiting.known.splice(0), ...waiting.unknown.splice(0)];
      running = undefined;
      await stop();
      for (const job of left) job?.fail(new AgentsError('busy', 'the process is ending'));
    },
  };
}
