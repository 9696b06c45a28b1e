/** Help with writing, from the request of an agent's page to the model and back. */
import { createApiTokens } from '@firstword/server/agents/api-tokens';
import { createWritingHelp } from '@firstword/server/conversation/writing-help';
import { createTokenHash } from '@firstword/server/lib/tokens';
import { ticketCallsSchema } from '@firstword/shared/model-calls';
import { siteSchema } from '@firstword/shared/site';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

const APP_SECRET = 'a secret of this test alone, long enough';
let server: TestServer;
let token: string;
let ticketId: string;

beforeAll(async () => {
  const site = {
    id: 'acme',
    name: 'Acme',
    allowedOrigins: [SITE_ORIGIN],
    maskPersonalData: 'all',
    revealMasked: false,
  };
  server = await startTestServer({ appSecret: APP_SECRET, sites: [siteSchema.parse(site)] });
  token = (await createApiTokens(server.records.apiTokens, createTokenHash(APP_SECRET)).add('Helper', 'write')).token;
  const client = await connectWidget(server.port);
  await client.send('I want to talk to a person, please');
  const { tickets } = await vi.waitUntil(async () => {
    const listed = await server.records.tickets.list({ view: 'all', agentId: '', limit: 1 });
    return listed.tickets.length === 1 ? listed : undefined;
  });
  ticketId = tickets[0]?.id ?? '';
  client.close();
});
afterEach(() => server.endpoint.reset());
afterAll(() => server.stop());

const ask = (body: object, signal: AbortSignal | null = null) =>
  fetch(`http://127.0.0.1:${server.port}/api/v1/writing-help/${ticketId}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
const linesOf = (text: string): { text?: string; done?: true }[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const callsOf = async () => {
  const url = `http://127.0.0.1:${server.port}/api/v1/tickets/${ticketId}/calls`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return ticketCallsSchema.parse(await response.json()).calls.filter(({ purpose }) => purpose === 'writing');
};

test('a text is rewritten as a stream, its personal data is hidden from the model, and the call is in the ledger', async () => {
  server.endpoint.script({ answer: 'Write to [email-1], please.' });
  const response = await ask({ task: 'friendlier', text: 'Mail noor@mail.example.' });
  expect(response.headers.get('content-type')).toContain('application/x-ndjson');
  const lines = linesOf(await response.text());
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.map(({ text = '' }) => text).join('')).toBe('Write to noor@mail.example, please.');
  expect(lines.at(-1)).toEqual({ done: true });
  const { messages } = server.endpoint.requests.at(-1)?.body ?? { messages: [] };
  expect(messages.at(-1)).toEqual({ role: 'user', content: 'Mail [email-1].' });
  expect(messages[0]?.content).toMatch(/warmer and friendlier.*Keep its language/s);
  await expect.poll(callsOf).toMatchObject([{ tier: 'fast', outcome: 'done', masked: 1 }]);
});

test('a translation names its language, and leaving ends the call', async () => {
  const release = server.endpoint.holdAfter(7);
  const leaving = new AbortController();
  const response = await ask({ task: 'translate', text: 'It ships today.', to: 'pt-BR' }, leaving.signal);
  expect(server.endpoint.requests.at(-1)?.body.messages[0]?.content).toContain(
    'Translate it into Brazilian Portuguese',
  );
  await response.body?.getReader().read();
  leaving.abort();
  await expect.poll(async () => (await callsOf()).map(({ outcome }) => outcome)).toContain('aborted');
  release();
});

test('what is missing or unknown in a request is refused', async () => {
  const wrong = [
    { task: 'translate', text: 'Hello' },
    { task: 'louder', text: 'Hello' },
    { task: 'shorter', text: ' ' },
  ];
  for (const body of wrong) expect((await ask(body)).status).toBe(400);
});

test.each([
  ['stopped', 'stopped'],
  ['hand-off', 'spent'],
] as const)('no model is asked when the budgets say %s', async (verdict, refusal) => {
  const unused = () => {
    throw new Error('No model may be asked.');
  };
  const help = createWritingHelp({
    gateway: { stream: unused },
    router: unused,
    budgets: { check: () => verdict, prepare: async () => {} },
    siteOf: () => undefined,
    region: 'eu',
  });
  const task = { task: 'shorter', text: 'It ships today.' } as const;
  const asked = { siteId: 'acme', conversationId: 'c', agentId: 'a', task };
  expect(await help(asked, AbortSignal.timeout(1000))).toBe(refusal);
});
