/** A server in its own process, for tests that signal and kill it. It prints its address when it is ready. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ServerProcess {
  /** The printed address. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** All output so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Resolves with the exit code, null after a signal. */
  readonly exited: Promise<number | null>;
  /** Sends SIGKILL if it is still running. */
  kill(): Promise<void>;
}

export interface ServerCommand {
  /** A program and its arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called when the process has exited. */
  readonly onExit?: () => void;
}

/** @throws Error with its output when the process exits before it has printed an address */
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
    void exited.then((code) => reject(new Error(`${command.join(' ')} exited with code ${code}:\n${output}`)));
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
