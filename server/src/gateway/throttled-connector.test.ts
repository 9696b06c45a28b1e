import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { Pool } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { portOf } from '../lib/port-of.ts';
import { createThrottledConnector, type ReadThrottling } from './throttled-connector.ts';

/** A response in progress over a throttled connection, with a stopped clock. */
async function begin(throttling: ReadThrottling) {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const connect = createThrottledConnector(1000, throttling, () => 0);
  const pool = new Pool(`http://127.0.0.1:${portOf(http)}`, { connect });
  onTestFinished(async () => {
    await pool.destroy();
    http.close();
  });
  const asked = once(http, 'request');
  const answering = pool.request({ method: 'GET', path: '/' });
  const response: ServerResponse = (await asked)[1];
  response.flushHeaders();
  const { body } = await answering;
  let text = '';
  body.on('data', (bytes: Buffer) => {
    text += bytes.toString();
  });
  return {
    write: (piece: string) => new Promise<void>((resolve) => response.write(piece, () => resolve())),
    received: (all: string) => expect.poll(() => text).toBe(all),
    text: () => text,
  };
}

test('a busy process reads headers and first token at once, and delays later reads (guards socket._read)', async () => {
  const paused: (() => void)[] = [];
  const { write, received, text } = await begin({ busy: () => true, pause: (resume) => paused.push(resume) });
  await write('a');
  await received('a');
  await expect.poll(() => paused.length).toBe(1);
  await write('b');
  await write('c');
  expect(text()).toBe('a');
  paused[0]?.();
  await received('abc');
});

test('an idle process delays no read', async () => {
  const paused: (() => void)[] = [];
  const { write, received } = await begin({ busy: () => false, pause: (resume) => paused.push(resume) });
  for (const [piece, all] of [
    ['a', 'a'],
    ['b', 'ab'],
    ['c', 'abc'],
  ] as const) {
    await write(piece);
    await received(all);
  }
  expect(paused).toEqual([]);
});
