/** Supervises a child process: restarts it after a crash, and ends it together with this process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

export interface ChildLog {
  info(text: string): void;
  warn(text: string): void;
}

interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface SupervisedChild<Ready> {
  /** The result of `readReady` for the first run. Rejects if that run ends, or `readyMs` pass, before it is ready. */
  readonly ready: Promise<Ready>;
  /** Resolves when the child and its descendants have exited. */
  stop(): Promise<void>;
}

export interface SupervisedChildOptions<Ready> {
  /** Its name in the log. */
  readonly name: string;
  /**
   * What to run. It must exit when its stdin closes: the system closes that pipe when this process dies, even if it is
   * killed. `last` is the result of `readReady` for the previous run.
   */
  launch(last: Ready | undefined): Promise<Launch>;
  /** Parses a line of the child's stdout. Undefined if it doesn't announce that the child is ready. */
  readReady(line: string): Ready | undefined;
  readonly log: ChildLog;
  readonly readyMs: number;
}

/** A child that ran for this long is restarted with the shortest delay. */
const STEADY_MS = 10_000;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;
/** Time to exit after its stdin was closed, before it is killed. */
const STOP_MS = 10_000;
/** Lines of output in the log of an unexpected exit. */
const REPORTED_LINES = 8;

export function createSupervisedChild<Ready>(options: SupervisedChildOptions<Ready>): SupervisedChild<Ready> {
  const { name, launch, readReady, log, readyMs } = options;
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let last: Ready | undefined;
  let becameReady: (value: Ready) => void = () => {};
  const firstReady = new Promise<Ready>((resolve) => {
    becameReady = resolve;
  });

  async function runOnce(): Promise<string> {
    let launched: Launch;
    try {
      launched = await launch(last);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    if (stopping.signal.aborted) return 'stopped before its start';
    const { command, args, env } = launched;
    // Its own process group: Ctrl-C in a terminal must not end it while this process still needs it to shut down.
    const running = spawn(command, args, { env, detached: true, stdio: 'pipe' });
    child = running;
    running.stdin.on('error', () => {}); // it has exited, which is reported below
    const tooLate = setTimeout(() => killGroup(running), readyMs);
    const output: string[] = [];
    const keep = (line: string) => {
      output.push(line);
      if (output.length > REPORTED_LINES) output.shift();
    };
    createInterface({ input: running.stderr }).on('line', keep);
    createInterface({ input: running.stdout }).on('line', (line) => {
      keep(line);
      const value = readReady(line);
      if (value === undefined) return;
      clearTimeout(tooLate);
      last = value;
      becameReady(value);
    });
    try {
      // `close`, not `exit`: it waits for descendants that hold the output, so that two runs never overlap.
      const [code, signal] = await once(running, 'close');
      return [signal === null ? `exit code ${code}` : `signal ${signal}`, ...output].join('\n  ');
    } catch (error) {
      return String(error); // the program could not be started
    } finally {
      clearTimeout(tooLate);
    }
  }

  async function keepRunning(): Promise<void> {
    let delayMs = FIRST_DELAY_MS;
    for (;;) {
      const startedAt = performance.now();
      const end = await runOnce();
      if (stopping.signal.aborted) return;
      if (last === undefined) throw new Error(`${name} did not start: ${end}`);
      if (performance.now() - startedAt > STEADY_MS) delayMs = FIRST_DELAY_MS;
      log.warn(`${name} exited (${end}); restarting it in ${delayMs} ms`);
      await pause(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    }
  }

  const ended = keepRunning();
  const ready = Promise.race([
    firstReady,
    ended.then(() => {
      throw new Error(`${name} was stopped before it was ready`);
    }),
  ]);
  ready.catch(() => {}); // reported to callers that await it; an unhandled rejection would end this process
  return {
    ready,
    async stop() {
      stopping.abort();
      child?.stdin?.end();
      const overdue = setTimeout(() => child && killGroup(child), STOP_MS);
      await ended.catch(() => {});
      clearTimeout(overdue);
    },
  };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has just exited
  }
}
