/** Does the text work of analyses in a worker thread, so that what one visitor has written never stops the visitors' event loop. */
import type { Worker } from 'node:worker_threads';
import { askThread, startThread } from '../lib/thread.ts';
import { TEXT_TASKS, type TextInput, type TextOutput, type TextTask, type TextWork } from './text-work.ts';

export interface TextWorker {
  /** One task at a time, in order. @throws Error when a task fails, or takes too long */
  readonly work: TextWork;
  close(): Promise<void>;
}

export type TextJob = { [Task in TextTask]: { readonly task: Task; readonly input: TextInput<Task> } }[TextTask];
type TextReply<Output> = { readonly output: Output } | { readonly error: string };

/** A thousand of the longest messages take about a second. */
const TASK_MS = 20_000;
/** The thread ends when it has had nothing to do for this long, to free its memory. */
const IDLE_MS = 30_000;

export function createTextWorker(taskMs = TASK_MS): TextWorker {
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  /** Settles when the tasks before the next one have. */
  let before: Promise<unknown> = Promise.resolve();

  const stop = async () => {
    clearTimeout(idle);
    const stopping = thread;
    thread = undefined;
    await stopping?.terminate();
  };
  const runInThread = async <Task extends TextTask>(task: Task, input: TextInput<Task>): Promise<TextOutput<Task>> => {
    clearTimeout(idle);
    thread ??= startThread(new URL('./text-thread.ts', import.meta.url));
    try {
      const asked = await askThread<TextReply<TextOutput<Task>>>(thread, { task, input }, taskMs);
      if (asked.kind !== 'reply')
        throw new Error(`${task}: the thread ${asked.kind === 'late' ? 'took too long' : 'ended'}`);
      idle = setTimeout(() => void stop(), IDLE_MS).unref();
      if ('error' in asked.reply) throw new Error(asked.reply.error);
      return asked.reply.output;
    } catch (error) {
      await stop();
      throw error;
    }
  };
  const inOrder = <Task extends TextTask>(task: Task, input: TextInput<Task>): Promise<TextOutput<Task>> => {
    const done = before.then(() => runInThread(task, input));
    before = done.catch(() => {});
    return done;
  };

  return {
    work: {
      buildPrompt: (input) => inOrder('buildPrompt', input),
      readAnswer: (input) => inOrder('readAnswer', input),
      buildDocument: (input) => inOrder('buildDocument', input),
    },
    close: stop,
  };
}

/** In the thread. */
export function runTextJob(job: TextJob): TextReply<TextOutput<TextTask>> {
  try {
    return { output: outputOf(job) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function outputOf(job: TextJob): TextOutput<TextTask> {
  switch (job.task) {
    case 'buildPrompt':
      return TEXT_TASKS.buildPrompt(job.input);
    case 'readAnswer':
      return TEXT_TASKS.readAnswer(job.input);
    case 'buildDocument':
      return TEXT_TASKS.buildDocument(job.input);
  }
}
