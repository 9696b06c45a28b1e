import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';

const answerSchema = z.looseObject({
  csrf: z.string().optional(),
  tickets: z.array(z.looseObject({ id: z.string() })).optional(),
  ticket: z.looseObject({ version: z.number() }).optional(),
});

let server: TestServer;
let origin = '';
let cookie = '';
let csrf = '';
let visitor: WidgetClient;
const pages: Socket[] = [];
const states: { responder: string; agent?: { name: string; online: boolean } }[] = [];

const api = async (method: string, path: string, body?: object) => {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', origin, cookie, 'x-csrf-token': csrf },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { response, body: answerSchema.parse(answer) };
};
function openConsole(): Promise<Socket> {
  const page = io(`${origin}/console`, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { origin, cookie },
  });
  pages.push(page);
  return new Promise((resolve, reject) => {
    page.on('connect', () => resolve(page));
    page.on('connect_error', reject);
  });
}

beforeAll(async () => {
  server = await startTestServer();
  origin = `http://localhost:${server.port}`;
  const agent = { email: 'agent@shop.example', name: 'First agent', password: 'a long enough one' };
  const made = await api('POST', '/first-run', { token: await server.firstRun(), ...agent });
  cookie = made.response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  csrf = made.body.csrf ?? '';
  visitor = await connectWidget(server.port);
  visitor.socket.on('responder', (change) => states.push(change));
});
afterAll(async () => {
  for (const page of pages) page.close();
  visitor.close();
  await server.stop();
});

test('a visitor sees at once that the agent is away, within 20 s that they have left, can continue with the assistant, and sees the agent return', async () => {
  const page = await openConsole();
  await visitor.send('I want to talk to a real person, please');
  const ticket = await vi.waitFor(async () => {
    const [found] = (await api('GET', '/tickets?view=review')).body.tickets ?? [];
    if (found === undefined) throw new Error('no ticket');
    return found;
  }, 10_000);
  const detail = async () => (await api('GET', `/tickets/${ticket.id}`)).body;
  const act = async (action: string, more: object = {}) =>
    api('POST', `/tickets/${ticket.id}/${action}`, {
      expectedVersion: (await detail()).ticket?.version,
      idempotencyKey: crypto.randomUUID(),
      ...more,
    });
  await act('claim');
  await expect
    .poll(() => states.at(-1))
    .toMatchObject({ responder: 'agent', agent: { name: 'First agent', online: true } });
  expect(await visitor.ask('hand-off-cancel', {})).toMatchObject({ ok: false, code: 'not-found' });

  expect((await api('POST', '/status', { status: 'away' })).body).toEqual({ status: 'away' });
  await expect.poll(() => states.at(-1)).toMatchObject({ responder: 'agent', agent: { online: false } });
  await api('POST', '/status', { status: 'online' });
  await expect.poll(() => states.at(-1)).toMatchObject({ agent: { online: true } });

  page.close();
  await expect.poll(() => states.at(-1), { timeout: 20_000 }).toMatchObject({ agent: { online: false } });
  const again = await connectWidget(server.port, { site: 'acme', session: visitor.start.session });
  expect(again.start.responder).toMatchObject({ responder: 'agent', agent: { name: 'First agent', online: false } });
  again.close();

  expect(await visitor.ask('hand-off-cancel', {})).toEqual({ ok: true });
  await expect.poll(() => states.at(-1)?.responder).toBe('waiting-agent');
  const asked = await visitor.send('How long may I return an item?');
  if (!asked.ok || asked.turnId === undefined) throw new Error('the assistant does not answer');
  await visitor.received((event) => event.type === 'turn-end' && event.turnId === asked.turnId);
  expect(visitor.messages.at(-1)).toMatchObject({ from: 'assistant' });

  await openConsole();
  await act('reply', { text: 'Here I am.' });
  await expect.poll(() => states.at(-1)).toMatchObject({ responder: 'agent', agent: { online: true } });
}, 40_000);
