/** A web process as it is deployed: started from its entry point, on a free port, killed and frozen by its pid. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SITE_ORIGIN } from './test-server.ts';

export interface ProductProcess {
  readonly port: number;
  readonly pid: number;
  /** What it has logged. */
  log(): string;
  signal(name: NodeJS.Signals): void;
  /** Resolves with the exit code, null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** SIGKILL, unless it has ended. */
  kill(): Promise<void>;
}

export interface ProductSettings {
  readonly redisUrl: string;
  readonly endpointUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Run what `npm run build` has made, which starts sooner; the source when absent. */
  readonly built?: boolean;
  /** How many files and sockets it may have open; as many as the system allows when absent. */
  readonly openFiles?: number;
  /** Addresses of files that are loaded before a process that is run from its source. */
  readonly preload?: readonly string[];
  /** Settings of its one site, beside its name and origin. */
  readonly site?: object;
  /** Beside those that let visitors write as much as they like. */
  readonly limits?: object;
  /** Given to Node. */
  readonly nodeOptions?: readonly string[];
}

const inServer = (path: string) => fileURLToPath(new URL(`../../../server/${path}`, import.meta.url));
const configFor = ({ site = {}, limits = {} }: Pick<ProductSettings, 'site' | 'limits'>) => ({
  sites: [{ id: 'acme', name: 'Acme', allowedOrigins: [SITE_ORIGIN], ...site }],
  routing: { hedge: { mode: 'off' }, answerCache: { ttlSeconds: 0 } },
  limits: { messagesPerMinute: 100_000, ...limits },
});

/** @throws Error with what the process has logged when it ends before it is ready */
export async function startProductProcess(settings: ProductSettings): Promise<ProductProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-process-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configFor(settings)));
  const preload = ['tsx', new URL('./fault-injector.ts', import.meta.url).href, ...(settings.preload ?? [])].flatMap(
    (name) => ['--import', name],
  );
  const program = settings.built ? [inServer('dist/main.js')] : [...preload, inServer('src/main.ts')];
  const command = [process.execPath, ...(settings.nodeOptions ?? []), ...program];
  const { openFiles } = settings;
  if (openFiles !== undefined) command.unshift('prlimit', `--nofile=${openFiles}`); // becomes what it starts
  const [binary = '', ...args] = command;
  const child = spawn(binary, args, {
    cwd: inServer('.'),
    env: {
      PATH: process.env['PATH'],
      ROLE: 'web',
      PORT: '0',
      REDIS_URL: settings.redisUrl,
      LLM_BASE_URL: settings.endpointUrl,
      CONFIG_FILE: join(folder, 'config.json'),
      ...settings.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let logged = '';
  child.stderr.on('data', (part) => {
    logged += part;
  });
  const endWithUs = () => void child.kill('SIGKILL');
  process.on('exit', endWithUs);
  const exited = once(child, 'exit').then(([code]) => {
    process.off('exit', endWithUs);
    rmSync(folder, { recursive: true, force: true });
    return code as number | null;
  });
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/localhost:(\d+)/.exec(line)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    void exited.then((code) => reject(new Error(`the process ended with ${code}:\n${logged}`)));
  });
  return {
    port,
    pid: child.pid ?? 0,
    log: () => logged,
    signal: (name) => void child.kill(name),
    exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
