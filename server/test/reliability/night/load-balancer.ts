/** A load balancer for several instances: nginx where it is installed, otherwise our TCP proxy. */
import { findNginx, startNginx } from '@firstword/testing/nginx';
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
  if (findNginx() === undefined) return startTcpBalancer(ports);
  const nginx = await startNginx((port) => serversFor(port, ports));
  return {
    name: 'nginx',
    port: nginx.port,
    serve: (...upstream) => nginx.reload(serversFor(nginx.port, upstream)),
    stop: nginx.stop,
  };
}

async function startTcpBalancer([first, ...more]: [number, ...number[]]): Promise<LoadBalancer> {
  const proxy = await startTcpProxy({ port: first });
  const serve = async (...[one, ...others]: [number, ...number[]]) =>
    proxy.pointAt({ port: one }, ...others.map((port) => ({ port })));
  await serve(first, ...more);
  return { name: 'our TCP proxy', port: proxy.port, serve, stop: proxy.stop };
}

/** The configuration that docs/scaling.md recommends. */
const serversFor = (port: number, upstream: readonly number[]) => `
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
  }`;
