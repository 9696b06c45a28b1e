import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { createThrottledConnector, type ReadThrottling } from './throttled-connector.ts';

/** An answer under way over a paced connection, at a time that stands still. */
async function begin(pacing: ReadThrottling) {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const connect = createThrottledConnector(1000, pacing, () => 0);
  const pool = new Pool(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, { connect });
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
    heard: (all: string) => expect.poll(() => text).toBe(all),
    text: () => text,
  };
}

test('a busy process reads headers and first token as they come, and what follows after a rest', async () => {
  const resting: (() => void)[] = [];
  const { write, heard, text } = await begin({ busy: () => true, pause: (goOn) => resting.push(goOn) });
  await write('a');
  await heard('a');
  await expect.poll(() => resting.length).toBe(1);
  await write('b');
  await write('c');
  expect(text()).toBe('a');
  resting[0]?.();
  await heard('abc');
});

test('a calm process lets nothing rest', async () => {
  const resting: (() => void)[] = [];
  const { write, heard } = await begin({ busy: () => false, pause: (goOn) => resting.push(goOn) });
  for (const [piece, all] of [
    ['a', 'a'],
    ['b', 'ab'],
    ['c', 'abc'],
  ] as const) {
    await write(piece);
    await heard(all);
  }
  expect(resting).toEqual([]);
});
