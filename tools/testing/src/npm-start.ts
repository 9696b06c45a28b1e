/** Runs the product as `npm start` does, with its real processes, its own data folder and a free port. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ServerProcess, startServerProcess } from './server-process.ts';

export interface Product extends ServerProcess {
  /** Runs one of the product's commands and resolves with its output. */
  run(...command: string[]): Promise<string>;
  /** Sends SIGTERM and resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** @param env settings in addition to port and data folder */
export async function startProduct(env: Readonly<Record<string, string>> = {}, dataDir?: string): Promise<Product> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'firstword-e2e-')));
  const cwd = fileURLToPath(new URL('../../..', import.meta.url));
  const server = await startServerProcess({
    command: [process.execPath, 'scripts/start.mjs'],
    cwd,
    env: { ...process.env, PORT: '0', DATA_DIR: folder, ...env },
  });
  return {
    ...server,
    async run(...command) {
      const { stdout } = await promisify(execFile)(process.execPath, ['scripts/cli.mjs', ...command], {
        cwd,
        env: { ...process.env, DATA_DIR: folder, ...env },
      });
      return stdout;
    },
    async stop() {
      server.signal('SIGTERM');
      const code = await server.exited;
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}
