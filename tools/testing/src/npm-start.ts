/** The product as `npm start` runs it: its real processes, in a folder of their own, on a free port. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface Product {
  readonly url: string;
  /** Everything printed so far. */
  readonly output: () => string;
  readonly pid: number;
  /** Runs one of the product's commands beside it; gives back what it printed. */
  run(...command: string[]): Promise<string>;
  /** SIGTERM, then the exit code. */
  stop(): Promise<number | null>;
}

/** @param env settings beside a free port and a data folder of its own */
export async function startProduct(env: Readonly<Record<string, string>> = {}, dataDir?: string): Promise<Product> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'firstword-e2e-')));
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stderr.on('data', (part) => {
    printed += part;
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed += `${line}\n`;
      const found = /https?:\/\/localhost:\d+/.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    });
    void exited.then((code) => reject(new Error(`npm start ended with ${code} before it was ready:\n${printed}`)));
  });
  return {
    url,
    output: () => printed,
    pid: child.pid ?? 0,
    async run(...command) {
      const { stdout } = await promisify(execFile)(process.execPath, ['scripts/cli.mjs', ...command], {
        cwd: root,
        env: { ...process.env, DATA_DIR: folder, ...env },
      });
      return stdout;
    },
    async stop() {
      child.kill('SIGTERM');
      const code = await exited;
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}
