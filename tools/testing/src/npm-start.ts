/** Runs the product as `npm start` does, with its real processes, its own data folder and a free port. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { createTestDatabase } from './test-database.ts';

export interface Product extends ServerProcess {
  /** Runs one of the product's commands and resolves with its output. */
  run(...command: string[]): Promise<string>;
  /** Sends SIGTERM and resolves with the exit code. */
  stop(): Promise<number | null>;
}

/**
 * With a database of the run's PostgreSQL, which starts faster than one of its own.
 * @param env settings in addition to port, database and data folder; an empty `DATABASE_URL` for a private PostgreSQL
 * @param config content of its configuration file; default: it has none
 */
export async function startProduct(env: Readonly<Record<string, string>> = {}, config?: object): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'firstword-e2e-'));
  const configFile = join(folder, 'config.json');
  if (config !== undefined) await writeFile(configFile, JSON.stringify(config));
  const database = env['DATABASE_URL'] === undefined ? await createTestDatabase() : undefined;
  const settings = {
    DATA_DIR: folder,
    ...(config === undefined ? {} : { CONFIG_FILE: configFile }),
    ...(database === undefined ? {} : { DATABASE_URL: database.url }),
    ...env,
  };
  const cwd = fileURLToPath(new URL('../../..', import.meta.url));
  const server = await startServerProcess({
    command: [process.execPath, 'scripts/start.mjs'],
    cwd,
    env: { ...process.env, PORT: '0', ...settings },
  });
  return {
    ...server,
    async run(...command) {
      const { stdout } = await promisify(execFile)(process.execPath, ['scripts/cli.mjs', ...command], {
        cwd,
        env: { ...process.env, ...settings },
      });
      return stdout;
    },
    async stop() {
      server.signal('SIGTERM');
      const code = await server.exited;
      await database?.drop();
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}
