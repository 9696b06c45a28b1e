/** The product as `npm start` runs it: its real processes, in a folder of their own, on a free port. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ServerProcess, startServerProcess } from './server-process.ts';

export interface Product extends ServerProcess {
  /** Runs one of the product's commands beside it; resolves with what it printed. */
  run(...command: string[]): Promise<string>;
  /** SIGTERM, then the exit code. */
  stop(): Promise<number | null>;
}

/** @param env settings beside a free port and a data folder of its own */
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
