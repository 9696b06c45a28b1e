import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChildServer, startChildServer } from '@firstword/server/local/child-server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Real processes on a busy machine.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let folder: string;
let server: ChildServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstword-child-'));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const ECHO = `
  import { createServer } from 'node:http';
  const server = createServer((request, response) => {
    if (request.url === '/die') process.exit(3);
    response.end(JSON.stringify({ pid: process.pid, pace: process.env.DEMO_PACE }));
  });
  server.listen(Number(process.env.PORT), '127.0.0.1', () => {
    console.log('{ not the line');
    console.log(JSON.stringify({ listening: server.address().port }));
  });
  process.stdin.on('end', () => process.exit(0)).resume();`;

async function start(code: string, warn = vi.fn<(text: string) => void>()) {
  const entry = join(folder, 'entry.mjs');
  writeFileSync(entry, code);
  const env = { ...process.env, DEMO_PACE: 'instant' };
  server = await startChildServer({ name: 'The echo', entry, env, log: { info: () => {}, warn } });
  return { server, warn };
}

async function ask({ port }: ChildServer, path = '/'): Promise<{ pid: number; pace: string }> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).json() as Promise<{ pid: number; pace: string }>;
}

test('it resolves once the server listens, with the given environment', async () => {
  const { server } = await start(ECHO);
  expect(await ask(server)).toMatchObject({ pace: 'instant' });
});

test('after a crash it is reported and restarted on the same port', async () => {
  const { server, warn } = await start(ECHO);
  const before = await ask(server);
  await ask(server, '/die').catch(() => {});
  const after = await vi.waitFor(() => ask(server), { timeout: 5000 });
  expect(after.pid).not.toBe(before.pid);
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('The echo exited (exit code 3'));
});

test('a stop leaves no process behind', async () => {
  const { server } = await start(ECHO);
  const { pid } = await ask(server);
  await server.stop();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('a process that exits before it listens is an error with its last output', async () => {
  await expect(start('console.error("no room left"); process.exit(1);')).rejects.toThrow(
    'The echo did not start: exit code 1\n  no room left',
  );
});
