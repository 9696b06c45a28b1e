/** Opens a port, and explains in the terms of the settings why it cannot be opened. */
import type { Server } from 'node:http';

/** @throws Error naming PORT or HOST */
export function listen(http: Server, host: string, port: number, settings: '' | 'METRICS_' = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port, settings)));
    http.listen(port, host, resolve);
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number, settings: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(
        `${settings}PORT: ${port} is already in use. Set ${settings}PORT to another port, or to 0 for any free one.`,
      );
    case 'EACCES':
      return new Error(
        `${settings}PORT: ${port} needs more rights than this user has. Set ${settings}PORT to 1024 or above.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Error(
        `${settings}HOST: ${host} is not an address of this machine. Set ${settings}HOST to 127.0.0.1, or to 0.0.0.0 for all interfaces.`,
      );
    default:
      return error;
  }
}
