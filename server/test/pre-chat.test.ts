import { siteSchema } from '@firstword/shared/site';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { createTestTickets } from '@firstword/testing/test-tickets';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createRedisKeys } from '../src/store/keys.ts';
import { createPreChatStore } from '../src/store/pre-chat-store.ts';

const site = { id: 'acme', name: 'Acme', allowedOrigins: [SITE_ORIGIN] };
const FORM = { name: 'required', email: 'optional', question: { label: 'Order number?', required: true } };
const ANSWERS = { name: 'A visitor', email: 'visitor@shop.example', answer: '48213' };

let server: TestServer;
const clients: WidgetClient[] = [];
const connect = async (auth?: unknown) => {
  const client = await connectWidget(server.port, auth);
  clients.push(client);
  return client;
};
beforeAll(async () => {
  server = await startTestServer({
    sites: [
      siteSchema.parse({ ...site, preChat: FORM }),
      siteSchema.parse({ ...site, id: 'name-only', preChat: { name: 'optional' } }),
      siteSchema.parse({ ...site, id: 'other' }),
    ],
  });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server.stop());

test('a pre-chat answer is stored once and shown with the ticket that follows', async () => {
  const redis = await server.redis.connect();
  const client = await connect();
  expect(client.start.site.preChat).toEqual(FORM);
  expect(await client.ask('pre-chat-set', ANSWERS)).toEqual({ ok: true });
  const { session, conversationId } = client.start;
  expect((await connect({ site: 'acme', session })).start.site.preChat).toBeUndefined();
  expect(await createPreChatStore(redis, createRedisKeys('test')).of(conversationId)).toEqual({
    ...ANSWERS,
    question: 'Order number?',
  });
  expect(await client.ask('person-request', {})).toMatchObject({ ok: true });
  const keys = createRedisKeys('test');
  const tickets = createTestTickets({ redis, keys, store: server.records.tickets });
  await expect.poll(() => tickets.ofConversation(conversationId)).toMatchObject({ email: ANSWERS.email });
});

test.each([
  [{ email: ANSWERS.email }, /name, answer: required/],
  [{ ...ANSWERS, name: '  ' }, /name: a name/],
  [{ ...ANSWERS, email: 'no-address' }, /email: an e-mail address/],
  [{ ...ANSWERS, name: 'x'.repeat(81) }, /name/],
  ['text', /object/],
])('%j is refused, and the error names the field', async (answers, message) => {
  const client = await connect();
  expect(await client.ask('pre-chat-set', answers)).toMatchObject({
    ok: false,
    code: 'bad-message',
    message: expect.stringMatching(message),
  });
});

test('only the fields that the site asks for are stored, and none without a form', async () => {
  const client = await connect({ site: 'name-only' });
  expect(await client.ask('pre-chat-set', ANSWERS)).toEqual({ ok: true });
  const store = createPreChatStore(await server.redis.connect(), createRedisKeys('test'));
  expect(await store.of(client.start.conversationId)).toEqual({ name: ANSWERS.name });
  const other = await connect({ site: 'other' });
  expect(await other.ask('pre-chat-set', ANSWERS)).toMatchObject({ ok: false, code: 'not-found' });
});

describe('a setting', () => {
  test.each([
    [{}, 'asks for nothing. Add "name", "email" or "question"'],
    [{ name: true }, 'expected one of "required"|"optional"'],
    [{ phone: 'required' }, 'Unrecognized key: "phone"'],
    [{ question: { label: '' } }, 'Too small'],
  ])('%j is refused with an explanation', (preChat, words) => {
    const { error } = siteSchema.safeParse({ ...site, preChat });
    expect(error?.issues.map(({ message }) => message).join()).toContain(words);
  });
});
