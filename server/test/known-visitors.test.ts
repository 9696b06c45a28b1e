import { randomUUID } from 'node:crypto';
import { siteSchema } from '@firstword/shared/site';
import { SITE_ORIGIN, startInstance, type WebInstance } from '@firstword/testing/test-server';
import { ConnectRefusedError, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IDENTITY_SECRET, signIdentity } from './identity-tokens.ts';
import { ask, connect, ofVisitor, other, server, twoWebProcesses } from './two-web-processes.ts';

twoWebProcesses();

const signIn = async (subject: string, auth: object = {}, port = server.port) =>
  connect({ ...auth, identity: await signIdentity(subject) }, port);
async function codeOf(auth: object): Promise<string | undefined> {
  const error: unknown = await connect(auth).catch((caught: unknown) => caught);
  return error instanceof ConnectRefusedError ? error.refusal?.code : undefined;
}
const someone = () => `visitor ${randomUUID()}`;
const disconnected = (client: WidgetClient) =>
  client.socket.connected ? new Promise((resolve) => client.socket.once('disconnect', resolve)) : undefined;

test('a visitor who starts over gets another conversation, on all devices', async () => {
  const subject = someone();
  const identity = await signIdentity(subject);
  const laptop = await connect({ identity });
  await ask(laptop, 'The first matter');
  const phone = await signIn(subject, {}, other.port);
  const resync = new Promise((resolve) => phone.socket.once('resync', resolve));
  const next = await connect({ identity, session: laptop.start.session, startNew: true });
  await resync;
  expect(next.start).toMatchObject({ session: laptop.start.session, messages: [] });
  const again = await connect({ session: phone.start.session }, other.port);
  expect(again.start.conversationId).toBe(next.start.conversationId);
});

describe('a site', () => {
  const base = { name: 'A site', allowedOrigins: [SITE_ORIGIN], identitySecret: IDENTITY_SECRET };
  let modes: WebInstance;
  const connectTo = (auth: object) => connect(auth, modes.port);
  const refusalAt = async (auth: object) => {
    const error: unknown = await connectTo(auth).catch((caught: unknown) => caught);
    return error instanceof ConnectRefusedError ? error.refusal : undefined;
  };
  beforeAll(async () => {
    modes = await startInstance(server.redis.url, server.endpoint, {
      redisPrefix: 'modes',
      sites: (['required', 'off', 'optional'] as const).map((identity) =>
        siteSchema.parse({ ...base, id: identity, identity }),
      ),
    });
  });
  afterAll(() => modes.stop());

  test('that requires a token admits no visitor without one, not even with a session', async () => {
    const identity = await signIdentity('anna', {}, { site: 'required' });
    const { start } = await connectTo({ site: 'required', identity });
    const refusal = { code: 'bad-identity', final: true };
    expect(await refusalAt({ site: 'required' })).toEqual(refusal);
    expect(await refusalAt({ site: 'required', session: start.session })).toEqual(refusal);
    const again = await connectTo({ site: 'required', session: start.session, identity });
    expect(again.start.conversationId).toBe(start.conversationId);
  });

  test('that has identity off ignores tokens', async () => {
    const identity = await signIdentity('anna', {}, { site: 'off' });
    const [one, two] = [await connectTo({ site: 'off', identity }), await connectTo({ site: 'off', identity })];
    expect(one.start.conversationId).not.toBe(two.start.conversationId);
  });

  test('states who a visitor is, and agents see it beside the conversation', async () => {
    const claims = { name: 'Ada', email: 'ada@shop.example', attributes: { plan: 'pro' } };
    const identity = await signIdentity('4711', claims, { site: 'optional' });
    const { start } = await connectTo({ site: 'optional', identity });
    // A later connection without the token: the site's page may be a public one.
    const client = await connectTo({ site: 'optional', session: start.session });
    await ask(client, 'Who am I?');
    const stored = () => modes.records.archive.find(start.conversationId, ['optional'], { limit: 10 });
    await expect
      .poll(stored)
      .toMatchObject({ conversation: { name: 'Ada', verified: true }, profile: { subject: '4711', ...claims } });
  });
});

describe('an anonymous visitor who signs in', () => {
  test('keeps the conversation, and the anonymous session is over, in other tabs too', async () => {
    const anonymous = await connect();
    await ask(anonymous, 'Asked before signing in');
    const tab = await connect({ session: anonymous.start.session }, other.port);
    const cut = disconnected(tab);
    const known = await signIn(someone(), { session: anonymous.start.session });
    expect(ofVisitor(known.start.messages)).toEqual(['Asked before signing in']);
    expect(known.start.session).not.toBe(anonymous.start.session);
    await cut;
    expect(await codeOf({ session: anonymous.start.session })).toBe('session-expired');
  });

  test('continues the conversation of another device, whose page gets the messages', async () => {
    const subject = someone();
    const phone = await signIn(subject, {}, other.port);
    await ask(phone, 'Asked on the phone');
    const anonymous = await connect();
    await ask(anonymous, 'Asked before signing in');
    const laptop = await signIn(subject, { session: anonymous.start.session });
    expect(laptop.start.conversationId).toBe(phone.start.conversationId);
    expect(ofVisitor(laptop.start.messages)).toEqual(['Asked on the phone', 'Asked before signing in']);
    expect(laptop.start.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    await expect.poll(() => ofVisitor(phone.messages)).toEqual(['Asked on the phone', 'Asked before signing in']);
    await ask(laptop, 'Asked afterwards');
    await expect.poll(() => ofVisitor(phone.messages)).toHaveLength(3);
  });

  test('in many tabs at once has one conversation with each message once', async () => {
    const subject = someone();
    const { start } = await signIn(subject);
    const phone = await signIn(subject);
    await ask(phone, 'Asked on the phone');
    const anonymous = await connect();
    await ask(anonymous, 'Asked before signing in');
    const { session } = anonymous.start;
    const ports = [server.port, other.port];
    const tabs = await Promise.all(
      Array.from({ length: 10 }, (_, tab) => signIn(subject, { session, browser: 'one' }, ports[tab % 2])),
    );
    expect(new Set(tabs.map((tab) => tab.start.conversationId))).toEqual(new Set([start.conversationId]));
    const last = await signIn(subject);
    expect(ofVisitor(last.start.messages)).toEqual(['Asked on the phone', 'Asked before signing in']);
  });

  test('shares nothing with another person who signs in with the same session at the same time', async () => {
    const anonymous = await connect();
    await ask(anonymous, 'Whose is it?');
    const { session } = anonymous.start;
    const people = await Promise.all(
      Array.from({ length: 6 }, (_, at) => signIn(someone(), { session }, at % 2 ? server.port : other.port)),
    );
    expect(new Set(people.map(({ start }) => start.conversationId)).size).toBe(6);
    expect(people.flatMap(({ start }) => ofVisitor(start.messages))).toEqual(['Whose is it?']);
  });

  test('while an answer is being written keeps its text so far', async () => {
    const subject = someone();
    await ask(await signIn(subject), 'Asked on the phone');
    server.endpoint.script({ answer: 'The first part of a long answer, and then a second part.' });
    const release = server.endpoint.holdAfter(14);
    const anonymous = await connect();
    const ack = await anonymous.send('Asked before signing in');
    await anonymous.received((event) => event.type === 'text-delta' && ack.ok && event.turnId === ack.turnId);
    const known = await signIn(subject, { session: anonymous.start.session });
    release();
    expect(known.start.messages.at(-1)).toMatchObject({ from: 'assistant', state: 'stopped' });
    expect(known.start.messages.at(-1)?.text).toMatch(/^The first part/);
  });

  test('after a resolved ticket waits for no agent', async () => {
    const subject = someone();
    await ask(await signIn(subject), 'Asked on the phone');
    const anonymous = await connect();
    await ask(anonymous, 'My order is lost');
    const asked = await anonymous.ask<{ ticketId: string }>('person-request', {});
    if (!asked.ok) throw new Error('no ticket was opened');
    expect(await anonymous.ask('hand-off-cancel', {})).toMatchObject({ ok: true });
    await expect
      .poll(async () => (await server.records.tickets.find(asked.ticketId))?.ticket.state)
      .toMatch(/resolved|closed/);
    const known = await signIn(subject, { session: anonymous.start.session });
    expect(ofVisitor(known.start.messages)).toContain('My order is lost');
    expect(known.start.responder.responder).toBe('assistant');
  });

  test('and has asked for an agent is still waiting for one', async () => {
    const subject = someone();
    await ask(await signIn(subject), 'Asked on the phone');
    const anonymous = await connect();
    await ask(anonymous, 'My order is lost');
    expect(await anonymous.ask('person-request', {})).toMatchObject({ ok: true });
    const known = await signIn(subject, { session: anonymous.start.session });
    expect(known.start.responder.responder).toBe('waiting-agent');
    const ticketId = known.start.responder.ticketId ?? '';
    const stored = () => server.records.tickets.find(ticketId);
    await expect.poll(async () => (await stored())?.ticket.conversationId).toBe(known.start.conversationId);
    const [before] = [anonymous.start.conversationId];
    const tickets = async () => (await server.records.tickets.list({ view: 'all', agentId: '', limit: 50 })).tickets;
    await expect
      .poll(async () => (await tickets()).find((ticket) => ticket.conversationId === before))
      .toMatchObject({ state: 'merged', mergedInto: { id: ticketId } });
  });
});
