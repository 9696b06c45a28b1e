/** A real nginx on a free port, with a configuration that a test writes. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

export interface Nginx {
  readonly port: number;
  /** A line for each request so far (method, path, upgrade) of servers with `access_log seen.log seen`. */
  readonly seen: readonly string[];
  /** Replaces the servers; resolves when new connections meet the new ones. */
  reload(servers: string): Promise<void>;
  stop(): Promise<void>;
}

/** Path of nginx; undefined where it is not installed. Debian installs it in a folder that is only on root's PATH. */
export const findNginx = () => ['nginx', '/usr/sbin/nginx'].find((binary) => spawnSync(binary, ['-v']).status === 0);

const SEEN_LOG = 'seen.log';

const configOf = (servers: string) => `
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr notice;
events { worker_connections 4096; }
http {
  log_format seen '$request_method $uri $http_upgrade';
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
${servers}
}
`;

/** @param serversFor the content of the `http` block, for the port to listen on */
export async function startNginx(serversFor: (port: number) => string): Promise<Nginx> {
  const binary = findNginx();
  if (binary === undefined) throw new Error('nginx is not installed. Debian: sudo apt install nginx');
  const folder = mkdtempSync(join(tmpdir(), 'firstword-nginx-'));
  const port = await freePort();
  const write = (servers: string) => writeFileSync(join(folder, 'nginx.conf'), configOf(servers));
  write(serversFor(port));
  const child = spawn(binary, ['-p', folder, '-e', 'stderr', '-c', 'nginx.conf'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stopOnExit = () => void child.kill('SIGTERM');
  process.on('exit', stopOnExit);
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stderr });
  /** nginx logs this line when a worker accepts connections with the new configuration. */
  const workerStarted = () =>
    new Promise<void>((resolve, reject) => {
      const printed: string[] = [];
      const onLine = (line: string) => {
        printed.push(line);
        if (!line.includes('start worker process ')) return;
        lines.off('line', onLine);
        resolve();
      };
      lines.on('line', onLine);
      void exited.then(() => reject(new Error(`nginx ended:\n${printed.join('\n')}`)));
    });
  await workerStarted();
  return {
    port,
    get seen() {
      const log = join(folder, SEEN_LOG);
      return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    },
    async reload(servers) {
      write(servers);
      const reloaded = workerStarted();
      child.kill('SIGHUP');
      await reloaded;
    },
    async stop() {
      process.off('exit', stopOnExit);
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
