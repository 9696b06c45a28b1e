import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from './listen.ts';
import { portOf } from './port-of.ts';

function server() {
  const http = createServer();
  onTestFinished(() => void http.close());
  return http;
}

test('a port that is in use is refused with the fix', async () => {
  const first = server();
  await listen(first, '127.0.0.1', 0);
  const port = portOf(first);
  await expect(listen(server(), '127.0.0.1', port)).rejects.toThrow(
    `PORT: ${port} is already in use. Set PORT to another port, or to 0 for any free one.`,
  );
});

test('an address of another machine is refused with the fix', async () => {
  await expect(listen(server(), '192.0.2.1', 0)).rejects.toThrow(
    'HOST: 192.0.2.1 is not an address of this machine. Set HOST to 127.0.0.1, or to 0.0.0.0 for all interfaces.',
  );
});
