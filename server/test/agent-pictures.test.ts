import type { ResponderChange } from '@firstword/shared/wire';
import { createPage, type Page } from '@firstword/testing/console-page';
import { jpegOf, pngOf } from '@firstword/testing/pictures';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const answerSchema = z.object({
  picture: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
});

let server: TestServer;
let agent: Page;
let origin = '';
beforeAll(async () => {
  server = await startTestServer();
  origin = `http://localhost:${server.port}`;
  agent = createPage(`${origin}/api/v1`, origin);
  const account = { email: 'agent@shop.example', name: 'First agent', password: 'a long enough one' };
  await agent.request('POST', '/first-run', { token: await server.firstRun(), ...account });
});
afterAll(() => server.stop());

/** Sent as the console sends it: the bytes alone. */
const upload = async (bytes: Buffer<ArrayBuffer>) => {
  const response = await fetch(`${origin}/api/v1/picture`, {
    method: 'POST',
    headers: {
      origin,
      cookie: agent.cookie(),
      'x-csrf-token': agent.csrf(),
      'content-type': 'application/octet-stream',
    },
    body: bytes,
  });
  const answer: unknown = await response.json();
  return { status: response.status, ...answerSchema.parse(answer) };
};
const load = (picture = '') =>
  fetch(`${origin}/pictures/${picture}`, { headers: { origin: SITE_ORIGIN }, redirect: 'manual' });

test('a picture is served to any page as immutable, without cookies and without the metadata of the camera', async () => {
  const { status, picture } = await upload(jpegOf('48.8584 N'));
  expect([status, picture]).toEqual([200, expect.stringMatching(/^[0-9a-f]{32}\.jpeg$/)]);
  const response = await load(picture);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(Buffer.from(await response.arrayBuffer()).includes('48.8584')).toBe(false);
  expect((await agent.request('GET', '/pictures')).body).toEqual({ pictures: { [await agentId()]: picture } });
});

test('visitors see the picture of the agent who has the conversation and beside the reply', async () => {
  const { picture } = await upload(pngOf(64, [20, 90, 160]));
  const visitor = await connectWidget(server.port);
  const changes: ResponderChange[] = [];
  visitor.socket.on('responder', (change) => changes.push(change));
  await visitor.send('I want to talk to a real person, please');
  const opened = async () =>
    (await agent.request<{ tickets: { id: string; version: number }[] }>('GET', '/tickets?view=all')).body.tickets;
  await expect.poll(opened).toHaveLength(1);
  const [ticket] = await opened();
  const reply = { text: 'Good morning.', idempotencyKey: crypto.randomUUID(), expectedVersion: ticket?.version };
  expect((await agent.request('POST', `/tickets/${ticket?.id}/reply`, reply)).status).toBe(200);
  await expect.poll(() => changes.at(-1)).toMatchObject({ agent: { name: 'First agent', picture } });
  await expect.poll(() => visitor.messages.at(-1)).toMatchObject({ agent: { name: 'First agent', picture } });
  const again = await connectWidget(server.port, { site: 'acme', session: visitor.start.session });
  expect(again.start.responder.agent).toMatchObject({ picture });
  expect(again.start.messages.at(-1)?.agent).toEqual({ name: 'First agent', picture });
  for (const client of [visitor, again]) client.close();
});

test('an older picture leads to the present one, and to nothing once the agent has none', async () => {
  const { picture: old } = await upload(pngOf(64, [10, 10, 10]));
  const { picture } = await upload(pngOf(64, [250, 250, 250]));
  const moved = await load(old);
  expect([moved.status, moved.headers.get('location'), moved.headers.get('cache-control')]).toEqual([
    302,
    picture,
    'no-cache',
  ]);
  expect((await agent.request('DELETE', '/picture')).status).toBe(204);
  for (const name of [old, picture, `${'0'.repeat(32)}.png`, 'x.svg', '%2e%2e%2fwidget.js']) {
    const missing = await load(name);
    expect([name, missing.status, missing.headers.get('cache-control')]).toEqual([name, 404, 'no-store']);
  }
  expect((await agent.request('GET', '/pictures')).body).toEqual({ pictures: {} });
  // What undoing the removal sends.
  expect((await upload(pngOf(64, [250, 250, 250]))).picture).toBe(picture);
  expect((await load(picture)).status).toBe(200);
});

test('other files are refused by their content, and the message names what is allowed', async () => {
  for (const [bytes, says] of [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'PNG or JPEG'],
    [Buffer.from('GIF89a'), 'PNG or JPEG'],
    [pngOf(64, [0, 0, 0]).subarray(0, 50), 'damaged'],
    [pngOf(1100, [0, 0, 0]), '1024 × 1024 pixels'],
    [Buffer.alloc(256 * 1024 + 1), '256 kB'],
  ] as const)
    expect(await upload(Buffer.from(bytes))).toMatchObject({
      status: 400,
      code: 'bad-request',
      message: expect.stringContaining(says),
    });
});

async function agentId(): Promise<string> {
  return (await agent.request<{ agent: { id: string } }>('GET', '/session')).body.agent.id;
}
