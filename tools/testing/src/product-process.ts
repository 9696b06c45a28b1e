/** A web process as it is deployed: started from its entry point, on a free port, killed and frozen by its pid. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { SITE_ORIGIN } from './test-server.ts';

export interface ProductSettings {
  readonly redisUrl: string;
  readonly endpointUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs what `npm run build` has made, which starts sooner; the source when absent. */
  readonly built?: boolean;
  /** How many files and sockets it may have open; as many as the system allows when absent. */
  readonly openFiles?: number;
  /** Addresses of modules that are loaded before a process that runs from its source. */
  readonly preload?: readonly string[];
  /** Settings of its one site, beside its name and origin. */
  readonly site?: object;
  /** Beside those that let visitors send any number of messages. */
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

export function startProductProcess(settings: ProductSettings): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-process-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configFor(settings)));
  const preload = ['tsx', new URL('./fault-injector.ts', import.meta.url).href, ...(settings.preload ?? [])].flatMap(
    (name) => ['--import', name],
  );
  const program = settings.built ? [inServer('dist/main.js')] : [...preload, inServer('src/main.ts')];
  const { openFiles } = settings;
  const limited = openFiles === undefined ? [] : ['prlimit', `--nofile=${openFiles}`]; // replaces itself with Node
  return startServerProcess({
    command: [...limited, process.execPath, ...(settings.nodeOptions ?? []), ...program],
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
    onExit: () => rmSync(folder, { recursive: true, force: true }),
  });
}
