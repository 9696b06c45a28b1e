/** A web process as deployed: its build, which starts faster than the source, on a free port. It can be killed and suspended. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noLimits } from './no-limits.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { databaseBeside } from './test-database.ts';
import { SITE_ORIGIN } from './test-server.ts';

export interface ProductSettings {
  readonly redisUrl: string;
  /** Default: a database of the run's PostgreSQL, the same for all processes on this Redis. */
  readonly databaseUrl?: string;
  readonly endpointUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Limit of open files and sockets; default: the system's. */
  readonly openFiles?: number;
  /** URLs of modules to preload, in JavaScript. */
  readonly preload?: readonly string[];
  /** Settings of its only site, in addition to name and origin. */
  readonly site?: object;
  /** In addition to the defaults here, which don't limit messages. */
  readonly limits?: object;
  /** Where its conversations are kept; default: as in production. */
  readonly storage?: object;
  /** Options for Node. */
  readonly nodeOptions?: readonly string[];
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const configFor = ({ site = {}, limits = {}, storage = {} }: Pick<ProductSettings, 'site' | 'limits' | 'storage'>) => ({
  sites: [{ id: 'acme', name: 'Acme', allowedOrigins: [SITE_ORIGIN], ...site }],
  routing: { hedge: { mode: 'off' }, answerCache: { ttlSeconds: 0 } },
  limits: {
    ...{ messagesPerMinute: 100_000, connectionsPerAddress: 20_000, agentRequestsPerAddressHour: 100_000 },
    perMinute: noLimits(),
    ...limits,
  },
  storage,
});

export async function startProductProcess(settings: ProductSettings): Promise<ServerProcess> {
  const databaseUrl = settings.databaseUrl ?? (await databaseBeside(settings.redisUrl)).url;
  const folder = mkdtempSync(join(tmpdir(), 'firstword-process-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configFor(settings)));
  const preload = [new URL('./fault-injector.mjs', import.meta.url).href, ...(settings.preload ?? [])];
  const program = [...preload.flatMap((url) => ['--import', url]), 'dist/main.js'];
  const { openFiles } = settings;
  const limited = openFiles === undefined ? [] : ['prlimit', `--nofile=${openFiles}`]; // exec's Node, so the pid stays the same
  return startServerProcess({
    command: [...limited, process.execPath, ...(settings.nodeOptions ?? []), ...program],
    cwd: join(root, 'server'),
    env: {
      PATH: process.env['PATH'],
      ROLE: 'web',
      PORT: '0',
      REDIS_URL: settings.redisUrl,
      DATABASE_URL: databaseUrl,
      LLM_BASE_URL: settings.endpointUrl,
      CONFIG_FILE: join(folder, 'config.json'),
      ...settings.env,
    },
    onExit: () => rmSync(folder, { recursive: true, force: true }),
  });
}
