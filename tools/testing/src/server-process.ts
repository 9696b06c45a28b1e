/** A server in a process of its own that prints its address: started, watched, signalled and killed by a test. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ServerProcess {
  /** As it was printed. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Everything printed and logged so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Resolves with the exit code, null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** SIGKILL, unless it has ended. */
  kill(): Promise<void>;
}

export interface ServerCommand {
  /** A program and its arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs when the process has ended. */
  readonly onExit?: () => void;
}

/** @throws Error with its output when the process ends before it has printed an address */
export async function startServerProcess({ command, cwd, env, onExit }: ServerCommand): Promise<ServerProcess> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stderr.on('data', (part) => {
    output += part;
  });
  const endWithTheTest = () => void child.kill('SIGKILL');
  process.on('exit', endWithTheTest);
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      process.off('exit', endWithTheTest);
      onExit?.();
      resolve(code);
    });
  });
  const url = await new Promise<URL>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      const found = /https?:\/\/localhost:\d+/.exec(line)?.[0];
      if (found !== undefined) resolve(new URL(found));
    });
    child.once('error', reject);
    void exited.then((code) => reject(new Error(`${command.join(' ')} ended with ${code}:\n${output}`)));
  });
  return {
    url: url.origin,
    port: Number(url.port),
    pid: child.pid ?? 0,
    output: () => output,
    signal: (name) => void child.kill(name),
    exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
