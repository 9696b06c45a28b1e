/** A child process that lives exactly as long as this one needs it: started again when it dies, ended when we end. */
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

export interface KeptChild<Ready> {
  /** What the first run was ready with. Rejects when that run ended, or took longer than `readyMs`, before it was. */
  readonly ready: Promise<Ready>;
  /** Settles when the child and all that it started are gone. */
  stop(): Promise<void>;
}

export interface KeptChildOptions<Ready> {
  /** Its name in the log. */
  readonly name: string;
  /**
   * What to run. It must end when its stdin closes: the pipe's other end is ours, and the system closes that however
   * we die. `last` is what the run before was ready with.
   */
  launch(last: Ready | undefined): Promise<Launch>;
  /** Undefined: this line of the child's stdout does not say that it is ready. */
  readReady(line: string): Ready | undefined;
  readonly log: ChildLog;
  readonly readyMs: number;
}

/** A child that ran for this long starts again without delay. */
const STEADY_MS = 10_000;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;
/** After its stdin was closed; then it is killed. */
const STOP_MS = 10_000;
/** Lines of output that a report of an unexpected end carries. */
const REPORTED_LINES = 8;

export function createKeptChild<Ready>(options: KeptChildOptions<Ready>): KeptChild<Ready> {
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
    // A group of its own: Ctrl-C in a terminal must not reach it while we still drain through it.
    const running = spawn(command, args, { env, detached: true, stdio: 'pipe' });
    child = running;
    running.stdin.on('error', () => {}); // it died first; its end is reported below
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
      // `close`, not `exit`: it waits for all who hold the output, so that two runs never overlap.
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
      log.warn(`${name} ended (${end}); starting it again in ${delayMs} ms`);
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
  ready.catch(() => {}); // reported to callers that await it; without one it must not end the process
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
    // it ended in this moment
  }
}
