/** Opens the server's port, and explains why it cannot be opened. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** @param onPort called with the port in use, before the first connection is accepted */
export function listen(
  http: Server,
  { host, port }: { host: string; port: number },
  onPort: (port: number) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`PORT: ${port} is already in use. Set PORT to another port, or to 0 for any free one.`)
          : error,
      ),
    );
    http.listen(port, host, () => {
      const { port: used } = http.address() as AddressInfo;
      onPort(used);
      resolve(used);
    });
  });
}
