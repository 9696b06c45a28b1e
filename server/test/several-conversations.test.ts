import { randomUUID } from 'node:crypto';
import type { VisitorConversation } from '@firstword/shared/wire';
import { SITE_ORIGIN } from '@firstword/testing/test-server';
import type { WidgetClient } from '@firstword/testing/widget-client';
import { expect, test } from 'vitest';
import { createApiTokens } from '../src/agents/api-tokens.ts';
import { createTokenHash } from '../src/lib/tokens.ts';
import { createConversationDeletion } from '../src/store/conversation-deletion.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { signIdentity } from './identity-tokens.ts';
import { ask, connect, ofVisitor, other, server, twoWebProcesses } from './two-web-processes.ts';

const APP_SECRET = 'a secret of this test alone, long enough';
twoWebProcesses({ appSecret: APP_SECRET });

/** Connects as `auth` says, and asks one question there. */
async function askAs(text: string, auth: object = {}): Promise<WidgetClient> {
  const client = await connect(auth);
  await ask(client, text);
  return client;
}
const next = (client: WidgetClient, event: 'resync' | 'other-message') =>
  new Promise<unknown>((resolve) => client.socket.once(event, resolve));
async function listed(client: WidgetClient): Promise<VisitorConversation[]> {
  const answer = await client.ask<{ conversations: VisitorConversation[] }>('conversations-read', {});
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.conversations;
}
const lines = async (client: WidgetClient) => (await listed(client)).map(({ firstLine }) => firstLine);
const texts = ({ start }: WidgetClient) => ofVisitor(start.messages);

test('an anonymous visitor starts another conversation, finds the one before and opens it again, in all tabs', async () => {
  const first = await askAs('Where is my order?');
  const { session, conversationId } = first.start;
  expect(first.start).not.toHaveProperty('others');
  const resync = next(first, 'resync');
  const second = await askAs('Do you ship to Norway?', { session, startNew: true });
  await resync;
  expect(second.start).toMatchObject({ session, messages: [], others: { unread: [conversationId] } });
  await expect
    .poll(() => listed(second))
    .toMatchObject([{ conversationId, firstLine: 'Where is my order?', responder: 'assistant', unread: true }]);
  const left = next(second, 'resync');
  const again = await connect({ session, conversation: conversationId }, other.port);
  await left;
  expect(texts(again)).toEqual(['Where is my order?']);
  await again.ask('read', { seq: 2 });
  await expect.poll(() => lines(again)).toEqual(['Do you ship to Norway?']);
  expect((await connect({ session })).start.conversationId).toBe(conversationId);
});

test('an empty conversation is not left for another empty one, and an id that is not the visitor’s opens nothing', async () => {
  const { session, conversationId } = (await connect()).start;
  const again = await connect({ session, startNew: true });
  expect(again.start.conversationId).toBe(conversationId);
  for (const conversation of [randomUUID(), 'not an id', 7]) {
    const opened = await connect({ session, conversation });
    expect(opened.start.conversationId).toBe(conversationId);
  }
});

test('who signs in keeps all of their conversations, also where they have some already', async () => {
  const subject = `visitor ${randomUUID()}`;
  const home = await askAs('Asked at home', { identity: await signIdentity(subject) });
  const one = await askAs('The first, anonymous');
  const two = await askAs('The second, anonymous', { session: one.start.session, startNew: true });
  const signedIn = await connect({ session: two.start.session, identity: await signIdentity(subject) });
  expect(signedIn.start.conversationId).toBe(home.start.conversationId);
  expect(texts(signedIn)).toEqual(['Asked at home', 'The second, anonymous']);
  await expect.poll(() => lines(signedIn)).toEqual(['The first, anonymous']);
  const { session } = signedIn.start;
  const opened = await connect({ session, conversation: one.start.conversationId });
  expect(texts(opened)).toEqual(['The first, anonymous']);
  // On the visitor's other device, too.
  expect((await connect({ session: home.start.session })).start.conversationId).toBe(one.start.conversationId);
});

test('an agent’s reply in another conversation reaches the page that shows a different one', async () => {
  const first = await askAs('Where is my parcel?');
  const { session, conversationId } = first.start;
  const handOff = await first.ask<{ ticketId: string }>('person-request', {});
  const ticketId = handOff.ok ? handOff.ticketId : '';
  await expect.poll(() => server.records.tickets.find(ticketId)).toBeDefined();
  const visitor = await askAs('Something else', { session, startNew: true });
  const news = next(visitor, 'other-message');
  const { token } = await createApiTokens(server.records.apiTokens, createTokenHash(APP_SECRET)).add(
    'Replies',
    'write',
  );
  const replied = await fetch(`http://127.0.0.1:${other.port}/api/v1/tickets/${ticketId}/reply`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'Here I am.', idempotencyKey: randomUUID(), expectedVersion: 1 }),
  });
  expect(replied.status).toBe(200);
  expect(await news).toEqual({ conversationId });
});

test('a request for one’s data exports and deletes every conversation', async () => {
  const first = await askAs('A secret about a quetzal');
  const { session } = first.start;
  const second = await askAs('And one about an ibis', { session, startNew: true });
  const request = (what: 'export' | 'erase') =>
    fetch(`http://127.0.0.1:${server.port}/visitor-data/${what}?site=acme`, {
      method: 'POST',
      headers: { origin: SITE_ORIGIN, authorization: `Bearer ${session}` },
    });
  for (const { start } of [first, second])
    await expect.poll(() => server.records.archive.find(start.conversationId, ['acme'], { limit: 1 })).toBeDefined();
  const page = await (await request('export')).text();
  expect(page).toContain('quetzal');
  expect(page).toContain('ibis');
  expect(await (await request('erase')).json()).toMatchObject({ removed: { conversations: 2 } });
  await expect(connect({ session, conversation: first.start.conversationId })).rejects.toThrow('expired');
});

test('an identified visitor who deletes the present conversation keeps the others on all devices', async () => {
  const subject = `visitor ${randomUUID()}`;
  const first = await askAs('The old one', { identity: await signIdentity(subject) });
  const { session } = first.start;
  const second = await askAs('The newer one', { session, startNew: true });
  const phone = await connect({ identity: await signIdentity(subject) });
  const conversation = second.start.conversationId;
  const erased = await fetch(
    `http://127.0.0.1:${server.port}/visitor-data/erase?${new URLSearchParams({ site: 'acme', conversation })}`,
    { method: 'POST', headers: { origin: SITE_ORIGIN, authorization: `Bearer ${session}` } },
  );
  expect(erased.status).toBe(200);
  const onPhone = await connect({ session: phone.start.session });
  expect(onPhone.start.messages).toEqual([]);
  await expect.poll(() => lines(onPhone)).toEqual(['The old one']);
});

test('the end of a conversation by its retention leaves an identified visitor the others', async () => {
  const identity = await signIdentity(`visitor ${randomUUID()}`);
  const first = await askAs('The old one', { identity });
  const { session, conversationId } = first.start;
  const second = await askAs('The newer one', { session, identity, startNew: true });
  const redis = await server.redis.connect();
  const deletion = createConversationDeletion(redis, createRedisKeys('test'));
  second.close();
  first.close();
  expect(await deletion.remove(second.start.conversationId, 2)).toBe(true);
  const returned = await connect({ session, conversation: conversationId });
  expect(texts(returned)).toEqual(['The old one']);
  expect(await deletion.remove(conversationId, 2)).toBe(true);
  await expect(connect({ session })).rejects.toThrow('expired');
});
