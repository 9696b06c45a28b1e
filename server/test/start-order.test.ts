import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { connectWidget } from '@firstword/testing/widget-client';
import { io } from 'socket.io-client';
import { afterAll, expect, test, vi } from 'vitest';
import { portOf } from '../src/lib/port-of.ts';

const load = vi.hoisted(() => {
  let begin = () => {};
  let release = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { begun, begin, released, release };
});
/** The real knowledge; the first load waits until the test continues it. */
vi.mock('../src/knowledge/site-knowledge.ts', async (original) => {
  const real = await original<typeof import('../src/knowledge/site-knowledge.ts')>();
  return {
    ...real,
    createSiteKnowledge(...parts: Parameters<typeof real.createSiteKnowledge>) {
      const knowledge = real.createSiteKnowledge(...parts);
      const refresh = async () => {
        load.begin();
        await load.released;
        await knowledge.refresh();
      };
      return { ...knowledge, refresh };
    },
  };
});
const { SITE_ORIGIN, startTestServer } = await import('@firstword/testing/test-server');

const port = await freePort();
const starting = startTestServer({ port });
afterAll(async () => {
  load.release();
  await (await starting).stop();
});

test('while help articles load, the port is closed; a client that was too early connects afterwards', async () => {
  await load.begun;
  const [error] = await once(connect(port, '127.0.0.1'), 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });

  const early = io(`http://127.0.0.1:${port}/widget`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 50,
    auth: { site: 'acme' },
    extraHeaders: { origin: SITE_ORIGIN },
  });
  const refusals: Error[] = [];
  const started = new Promise((resolve) => early.once('session-start', resolve));
  const refused = new Promise<void>((resolve) => {
    early.on('connect_error', (refusal) => {
      refusals.push(refusal);
      resolve();
    });
  });
  await refused;
  load.release();
  await expect(started).resolves.toMatchObject({ responder: { responder: 'assistant' } });
  // It was refused only by the closed port; the server never responded "Invalid namespace".
  expect(new Set(refusals.map(({ message }) => message))).toEqual(new Set(['websocket error']));
  early.close();

  const server = await starting;
  const client = await connectWidget(server.port);
  expect((await client.send('How long do I have to return an item?')).ok).toBe(true);
  client.close();
  expect(await (await fetch(`http://127.0.0.1:${server.port}/health/ready`)).json()).toMatchObject({ ready: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const free = portOf(server);
  server.close();
  await once(server, 'close');
  return free;
}
