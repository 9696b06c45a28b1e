/** A page with the widget of another server. Served, because Chromium lets no intercepted page connect to this machine. */
import { createServer } from 'node:http';
import { listenLocally } from '@firstword/testing/listen-locally';

export interface HostPage {
  /** Without a path, as browsers send it. */
  readonly origin: string;
  /** The page with the widget of this server. */
  addressFor(serverUrl: string): string;
  close(): void;
}

export async function startHostPage(): Promise<HostPage> {
  const http = createServer((request, response) => {
    const from = new URL(request.url ?? '/', 'http://localhost').searchParams.get('from') ?? '';
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        `<!doctype html><title>A page with a chat</title><link rel="icon" href="data:,"><script async src="${from}/widget.js" data-site="bench" data-open></script>`,
      );
  });
  const origin = `http://127.0.0.1:${await listenLocally(http)}`;
  return {
    origin,
    addressFor: (serverUrl) => `${origin}/?from=${encodeURIComponent(serverUrl)}`,
    close() {
      http.closeAllConnections();
      http.close();
    },
  };
}
