/** Runs one of our servers, such as the demo engine, in its own process; it is reached over HTTP like any other. */
import { z } from 'zod';
import { type ChildLog, createSupervisedChild } from './supervised-child.ts';

export interface ChildServer {
  /** On loopback, the same after each restart. */
  readonly port: number;
  stop(): Promise<void>;
}

const listeningLine = z.object({ listening: z.int().min(1).max(65_535) });
const READY_MS = 20_000;

/**
 * Runs a module that reads `PORT` (0: any), prints the line `{"listening":PORT}`, and exits when its stdin closes.
 * Resolves when it listens.
 * @throws if it exits before that, or takes longer than 20 s.
 */
export async function startChildServer(options: {
  /** Its name in the log. */
  name: string;
  /** Path of the module. */
  entry: string;
  env: NodeJS.ProcessEnv;
  log: ChildLog;
}): Promise<ChildServer> {
  const { name, entry, env, log } = options;
  const child = createSupervisedChild<number>({
    name,
    launch: async (last) => ({
      command: process.execPath,
      args: [...loaderArguments(), entry],
      env: { ...env, PORT: String(last ?? 0) },
    }),
    readReady: readPort,
    log,
    readyMs: READY_MS,
  });
  return { port: await child.ready, stop: child.stop };
}

/** Node's options that load TypeScript when we run from source, without `--inspect`, whose port is already in use. */
function loaderArguments(): string[] {
  return process.execArgv.filter((argument) => !argument.startsWith('--inspect'));
}

function readPort(line: string): number | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return listeningLine.safeParse(JSON.parse(line)).data?.listening;
  } catch {
    return undefined;
  }
}
