/** A load balancer for several instances: nginx where it is installed, otherwise our TCP proxy. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '@firstword/testing/free-port';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';

export interface LoadBalancer {
  /** Its name in the results. */
  readonly name: string;
  readonly port: number;
  /** Sends new connections to these ports, in turn; open connections stay. Resolves once it is in effect. */
  serve(...ports: [number, ...number[]]): Promise<void>;
  stop(): Promise<void>;
}

export async function startLoadBalancer(...ports: [number, ...number[]]): Promise<LoadBalancer> {
  // Debian installs it in a folder that is only on root's PATH.
  const found = ['nginx', '/usr/sbin/nginx'].find((binary) => spawnSync(binary, ['-v']).status === 0);
  return found === undefined ? startTcpBalancer(ports) : startNginx(found, ports);
}

async function startTcpBalancer([first, ...more]: [number, ...number[]]): Promise<LoadBalancer> {
  const proxy = await startTcpProxy({ port: first });
  const serve = async (...[one, ...others]: [number, ...number[]]) =>
    proxy.pointAt({ port: one }, ...others.map((port) => ({ port })));
  await serve(first, ...more);
  return { name: 'our TCP proxy', port: proxy.port, serve, stop: proxy.stop };
}

/** The configuration that docs/scaling.md recommends. */
const configFor = (port: number, upstream: readonly number[]) => `
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr notice;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  upstream firstword {
${upstream.map((to) => `    server 127.0.0.1:${to};`).join('\n')}
  }
  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' '';
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://firstword;
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_buffering off;
      proxy_read_timeout 60s;
    }
  }
}
`;

async function startNginx(binary: string, ports: readonly number[]): Promise<LoadBalancer> {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-nginx-'));
  const port = await freePort();
  const write = (upstream: readonly number[]) => writeFileSync(join(folder, 'nginx.conf'), configFor(port, upstream));
  write(ports);
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
    name: 'nginx',
    port,
    async serve(...upstream) {
      write(upstream);
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
