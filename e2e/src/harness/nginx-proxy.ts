/** nginx in front of the product as site owners set it up: below a path, and with or without WebSocket. */
import { startNginx } from '@firstword/testing/nginx';
import type { HttpProxy } from './hanging-proxy.ts';

export interface NginxProxySettings {
  /** Serves the target below it; anything else is 404. */
  readonly path?: string;
  /** Whether the target sees the path. */
  readonly passesPath?: boolean;
  /** Without these two headers nginx strips `Upgrade`, which is its default. */
  readonly passesUpgrade?: boolean;
}

const UPGRADE = `
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;`;

export async function startNginxProxy(targetPort: number, settings: NginxProxySettings = {}): Promise<HttpProxy> {
  const { path = '', passesPath = false, passesUpgrade = true } = settings;
  const nginx = await startNginx(
    (port) => `
  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' '';
  }
  server {
    listen 127.0.0.1:${port};
    access_log seen.log seen;
    location ${path}/ {
      proxy_pass http://127.0.0.1:${targetPort}${passesPath ? '' : '/'};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;${passesUpgrade ? UPGRADE : ''}
      proxy_buffering off;
    }
  }`,
  );
  return {
    url: `http://localhost:${nginx.port}${path}`,
    get seen() {
      return nginx.seen;
    },
    stop: nginx.stop,
  };
}
