import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { defaultConfig } from '@firstword/server/config/config';
import type { Proof } from '@firstword/shared/proof-of-work';
import type { SessionStart } from '@firstword/shared/wire';
import type { Ack } from '@firstword/shared/wire-refusals';
import { EMAIL, PASSWORD } from '@firstword/testing/console-agents';
import { createPage } from '@firstword/testing/console-page';
import { openLightSocket } from '@firstword/testing/light-socket';
import { addSecurityRow } from '@firstword/testing/security-row';
import { solveChallenge } from '@firstword/testing/solve-challenge';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { ConnectRefusedError, connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';

let server: TestServer;
const clients: { close(): void }[] = [];

/** A visitor as a trusted proxy forwards it. Each address has limits of its own. */
async function visitorFrom(address: string, site: 'acme' | 'other' = 'acme'): Promise<WidgetClient> {
  const origin = site === 'acme' ? 'https://shop.example' : 'https://other.example';
  const connect = (auth: object) => connectWidget(server.port, { site, ...auth }, origin, address);
  const client = await connect({}).catch((error: unknown) => {
    const challenge = error instanceof ConnectRefusedError ? error.refusal?.challenge : undefined;
    if (challenge === undefined) throw error;
    return connect({ proof: solveChallenge(challenge) });
  });
  clients.push(client);
  return client;
}

/** As the widget does: solves what it is asked to. */
async function sendProven(client: WidgetClient, text: string) {
  const message = { id: randomUUID(), text };
  let proofs = 0;
  let ack = await client.ask('message-send', message);
  while (!ack.ok && ack.challenge !== undefined) {
    proofs += 1;
    ack = await client.ask('message-send', { ...message, proof: solveChallenge(ack.challenge) });
  }
  return { ack, proofs };
}

interface Unsent {
  client: WidgetClient;
  message: { id: string; text: string; proof?: Proof };
}
/** As a program does: solves all that it is asked to, and sends at once what it has solved. */
async function sendAllProven(messages: readonly { client: WidgetClient; text: string }[]) {
  const acks: Ack<object>[] = [];
  let waiting: Unsent[] = messages.map(({ client, text }) => ({ client, message: { id: randomUUID(), text } }));
  while (waiting.length > 0) {
    const round = await Promise.all(
      waiting.map(async ({ client, message }) => ({ client, message, ack: await client.ask('message-send', message) })),
    );
    waiting = [];
    for (const { client, message, ack } of round)
      if (ack.ok || ack.challenge === undefined) acks.push(ack);
      else {
        waiting.push({ client, message: { ...message, proof: solveChallenge(ack.challenge) } });
        // The server runs in this process: between two solutions it can work.
        await setImmediate();
      }
  }
  return acks;
}

const occurs = (on: { once(event: string, listener: () => void): unknown }, event: string) =>
  new Promise<void>((resolve) => void on.once(event, resolve));
const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const pooled = <T>(count: number, work: (index: number) => Promise<T>) => Promise.all(times(count).map(work));

/** With the limits of an installation where nothing is configured. */
beforeEach(async () => {
  const { limits } = defaultConfig();
  const { perMinute, connectionsPerAddress, messagesPerMinute } = limits;
  server = await startTestServer({
    trustProxy: 'loopback',
    limits: { perMinute, connectionsPerAddress, messagesPerMinute, runningTurns: limits.runningTurns },
  });
  server.endpoint.script({ answer: 'You have 30 days.' });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.stop();
});

/** What any address may send in a minute without a proof of work. */
const FREE = defaultConfig().limits.perMinute.address.messages.challengeAbove;

test('an address that farms sessions cannot take the models from other sites', async ({ task }) => {
  // All connect first: a process busy with connecting asks models again that it takes for late.
  const sessions = await pooled(150, () => visitorFrom('203.0.113.7'));
  const farmed = await Promise.all(
    sessions.map((client) =>
      pooled(4, async () => {
        const ack = await client.send('How long may I return an item?');
        if (ack.ok) await client.received(({ type, turnId }) => type === 'turn-end' && turnId === ack.turnId);
        return ack;
      }),
    ),
  );
  const accepted = farmed.flat().filter(({ ok }) => ok).length;
  const calls = server.endpoint.requests.length;
  expect(accepted).toBe(FREE);
  expect(calls).toBeLessThanOrEqual(60);
  const [refused] = farmed.flat().filter((ack) => !ack.ok);
  expect(refused).toMatchObject({ code: 'rate-limited', retryAfterMs: expect.any(Number) });

  const honest = await pooled(10, async (index) => {
    const client = await visitorFrom(`198.51.100.${index}`, 'other');
    return [await client.send('Where is my parcel?'), await client.send('It is late.')];
  });
  expect(honest.flat().filter(({ ok }) => !ok)).toEqual([]);
  addSecurityRow(task, {
    id: 'S22',
    tried: '150 sessions of one address, 600 messages within a minute, without proofs of work',
    result: `${accepted} accepted, ${calls} model calls; 0 of 20 messages of another site refused`,
  });
});

test('an address that farms sessions with proofs gets little more, and is refused at once', async ({ task }) => {
  const started = performance.now();
  const farmed = await pooled(15, () => visitorFrom('203.0.113.7'));
  const acks = await sendAllProven(
    farmed.flatMap((client) => times(4).map((n) => ({ client, text: `Question ${n}` }))),
  );
  const accepted = acks.filter(({ ok }) => ok).length;
  const seconds = (performance.now() - started) / 1000;
  const late = await visitorFrom('203.0.113.7');
  const { ack, proofs } = await sendProven(late, 'And now?');
  expect(ack).toMatchObject({ ok: false, code: 'rate-limited', retryAfterMs: expect.any(Number) });
  expect(proofs).toBe(0);
  // Each of those that were accepted before it was told apart had to wait for its turn.
  expect(accepted - FREE).toBeLessThanOrEqual(seconds * 5);
  const calls = server.endpoint.requests.length;
  addSecurityRow(task, {
    id: 'S22',
    tried: '15 sessions of one address, 60 messages at once, with proofs of work',
    result: `${accepted} accepted, ${calls} model calls; then closed to proofs for a minute`,
  });
});

test('an office whose people write one after the other is never refused', async ({ task }) => {
  const people = await pooled(40, () => visitorFrom('203.0.113.7'));
  const sent = [];
  for (const [index, person] of people.entries()) sent.push(await sendProven(person, `Question ${index}`));
  const refused = sent.filter(({ ack }) => !ack.ok).length;
  const proofs = sent.reduce((sum, each) => sum + each.proofs, 0);
  expect(refused).toBe(0);
  expect(proofs).toBeGreaterThan(0);
  addSecurityRow(task, {
    id: 'office',
    tried: `${people.length} visitors of one address, a message each, one after the other`,
    result: `${refused} refused; ${proofs} proofs of work, which the widget solves unseen`,
  });
});

test('a proof of work is for one address, once, and as hard as asked', async ({ task }) => {
  const [mine, other] = await Promise.all(['203.0.113.7', '203.0.113.8'].map((address) => visitorFrom(address)));
  if (mine === undefined || other === undefined) throw new Error('no clients');
  // By as many visitors: one who sends them all is a program, which gets no challenge.
  for (const address of ['203.0.113.7', '203.0.113.8'])
    await pooled(FREE, async () => (await visitorFrom(address)).send('Hello'));
  const challengeOf = async (client: WidgetClient) => {
    const ack = await client.send('Hello');
    if (ack.ok || ack.challenge === undefined) throw new Error(`no challenge: ${JSON.stringify(ack)}`);
    return ack.challenge;
  };
  const challenge = await challengeOf(mine);
  const proof = solveChallenge(challenge);
  const [first = 0] = proof.numbers;
  const attempts: [name: string, client: WidgetClient, proof: object][] = [
    ['of another address', other, proof],
    ['with a forged number of tries', mine, { ...proof, token: proof.token.replace(/^\d+/, '1') }],
    ['with a number that does not solve it', mine, { ...proof, numbers: [...proof.numbers.slice(1), first + 1] }],
    ['with one number for all', mine, { ...proof, numbers: proof.numbers.map(() => first) }],
    ['with too few numbers', mine, { ...proof, numbers: [first] }],
    ['of another server', mine, { ...proof, token: proof.token.slice(0, -43) + 'x'.repeat(43) }],
  ];
  for (const [name, client, forged] of attempts) {
    const ack = await client.ask('message-send', { id: randomUUID(), text: 'Hello', proof: forged });
    expect(ack, name).toMatchObject({ ok: false, code: 'rate-limited' });
  }
  const again = { text: 'Hello', proof };
  expect(await mine.ask('message-send', { id: randomUUID(), ...again })).toMatchObject({ ok: true });
  expect(await mine.ask('message-send', { id: randomUUID(), ...again })).toMatchObject({ code: 'rate-limited' });
  addSecurityRow(task, {
    id: 'proof of work',
    tried: `${attempts.length} forged, borrowed and partial proofs, and a used one`,
    result: '0 accepted',
  });
});

test('addresses of one IPv6 network count as one, and a forged X-Forwarded-For as nothing', async ({ task }) => {
  const rotating = await pooled(40, async (index) => {
    const client = await visitorFrom(`2001:db8:1:2::${index.toString(16)}`);
    return client.send('Hello');
  });
  expect(rotating.filter(({ ok }) => ok)).toHaveLength(FREE);
  const forging = await pooled(40, async (index) => {
    const client = await visitorFrom(`192.0.2.${index}, 203.0.113.9`);
    return client.send('Hello');
  });
  expect(forging.filter(({ ok }) => ok)).toHaveLength(FREE);
  addSecurityRow(task, {
    id: 'addresses',
    tried: '40 addresses of one IPv6 /64, and 40 forged X-Forwarded-For headers, a message each',
    result: `${FREE} accepted of each, as of one address`,
  });
});

test('an address whose REST calls are refused is refused at once, and agents at it work on', async ({ task }) => {
  const origin = `http://127.0.0.1:${server.port}`;
  const STRANGER = { 'x-forwarded-for': '203.0.113.7' };
  const owner = createPage(`${origin}/api/v1`, origin);
  const account = { token: await server.firstRun(), email: EMAIL, name: 'Ada', password: PASSWORD };
  expect((await owner.request('POST', '/first-run', account, STRANGER)).status).toBe(201);
  const { body: made } = await owner.request('POST', '/api-tokens', { name: 'Report', scope: 'read' });
  const asStranger = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${origin}${path}`, { headers: { ...STRANGER, ...headers } });
    return { status: answer.status, retryAfter: Number(answer.headers.get('retry-after')), body: await answer.json() };
  };
  const PATHS = ['/api/v1/tickets', '/api/v1/nothing', '/v1/models', '/api/v1/conversations/1'];
  const { refuseAbove } = defaultConfig().limits.perMinute.address.refusedCalls;
  const first = await pooled(refuseAbove, (n) => asStranger(PATHS[n % PATHS.length] ?? ''));
  expect(new Set(first.map(({ status }) => status))).toEqual(new Set([401, 404]));

  const guessed = { authorization: `Bearer fw_${'a'.repeat(43)}` };
  const rest = await asStranger('/api/v1/tickets', guessed);
  expect(rest).toMatchObject({ status: 429, body: { code: 'rate-limited', message: expect.any(String) } });
  expect(rest.retryAfter).toBeGreaterThan(0);
  expect(rest.retryAfter).toBeLessThanOrEqual(60);
  expect(await asStranger('/v1/models')).toMatchObject({ status: 429, body: { error: { type: 'rate_limit_error' } } });
  expect((await asStranger('/api/v1/sign-in-options')).status).toBe(429);

  // In a browser in which the owner has signed in, with a token, and with a session.
  expect((await owner.request('GET', '/tickets', undefined, STRANGER)).status).toBe(200);
  expect((await asStranger('/api/v1/tickets', { authorization: `Bearer ${made['token']}` })).status).toBe(200);
  expect((await asStranger('/api/v1/tickets', { cookie: owner.cookie() })).status).toBe(200);
  expect((await owner.request('DELETE', '/session', undefined, STRANGER)).status).toBe(204);
  const again = { email: EMAIL, password: PASSWORD };
  expect((await owner.request('POST', '/session', again, STRANGER)).status).toBe(200);
  addSecurityRow(task, {
    id: 'refused calls',
    tried: `${refuseAbove} refused calls of the REST and the model API from one address, then others`,
    result: `429 with Retry-After; an agent's session, token and known browser at the same address are served`,
  });
});

test('ratings of what does not exist leave nothing behind', async ({ task }) => {
  const client = await visitorFrom('203.0.113.7');
  const withMessage = await visitorFrom('203.0.113.8');
  await withMessage.send('Hello');
  const redis = await server.redis.connect();
  const size = async () => {
    const keys = await redis.keys('test:*ratings*');
    return keys.length;
  };
  const rated = await pooled(60, (index) =>
    (index % 2 === 0 ? client : withMessage).ask('rating-set', {
      messageId: randomUUID(),
      value: 'up',
      reason: 'x'.repeat(900),
    }),
  );
  expect(rated.filter(({ ok }) => ok)).toEqual([]);
  expect(await client.ask('read', { seq: 5 })).toEqual({ ok: true });
  expect(await client.ask('contact-set', { email: 'max@example.com' })).toMatchObject({ code: 'not-found' });
  expect(await client.ask('conversation-rate', { score: 5 })).toMatchObject({ ok: false });
  expect(await redis.keys(`test:*${client.start.conversationId}*`)).toEqual([]);
  expect(await size()).toBe(0);
  addSecurityRow(task, {
    id: 'F2',
    tried: '60 ratings of messages that do not exist, and a read mark, an address and a rating without a conversation',
    result: '0 accepted, 0 keys kept',
  });
});

test('a client that goes on after refusals is disconnected', async ({ task }) => {
  const client = await visitorFrom('203.0.113.7');
  const untyped = client.socket as unknown as Socket;
  const closed = occurs(untyped, 'disconnect');
  let acknowledged = 0;
  for (const _ of times(20_000)) untyped.emit('typing', { on: true }, () => acknowledged++);
  await closed;
  expect(acknowledged).toBeLessThanOrEqual(800);
  const other = await visitorFrom('203.0.113.8', 'other');
  expect(await other.send('Hello')).toMatchObject({ ok: true });
  addSecurityRow(task, {
    id: 'flood',
    tried: '20,000 events over one connection',
    result: `disconnected after at most 800 packets, ${acknowledged} acknowledged; another site was served`,
  });
});

test('the default namespace is closed, and connections without a namespace end', async ({ task }) => {
  const client = await visitorFrom('203.0.113.7');
  const admitted: string[] = [];
  /** Sends its packets, and stays silent. */
  const park = (...packets: string[]) =>
    new Promise<void>((resolve) => {
      const socket = openLightSocket({
        port: server.port,
        origin: 'https://shop.example',
        onPacket(packet, { send }) {
          if (packet.startsWith('0')) for (const each of packets) send(each);
          else if (packet.startsWith('40{')) admitted.push(packet);
        },
        onClose: resolve,
      });
      clients.push(socket);
    });
  const session = JSON.stringify({ site: 'acme', session: client.start.session });
  await Promise.all([
    ...times(50).map(() => park('40')),
    ...times(50).map(() => park()),
    park(`40/widget,${session}`, '41/widget,'),
  ]);
  expect(admitted).toEqual([]);
  addSecurityRow(task, {
    id: 'F10',
    tried: '50 connections to the namespace /, 50 to none, and one that leaves /widget',
    result: `${admitted.length} admitted to /; the server closed all of them`,
  });
});

test('the history that a client may read in a minute is limited', async ({ task }) => {
  const client = await visitorFrom('203.0.113.7');
  const long = 'x'.repeat(4000);
  await pooled(20, () => client.send(long));
  const pages = await pooled(400, () => client.ask<SessionStart>('history-read', { beforeSeq: 1000, limit: 50 }));
  const bytes = pages.reduce((sum, page) => sum + (page.ok ? JSON.stringify(page.messages).length : 0), 0);
  expect(bytes).toBeLessThan(12_000_000);
  expect(pages.at(-1)).toMatchObject({ ok: false, code: 'rate-limited' });
  addSecurityRow(task, {
    id: 'reads',
    tried: '400 pages of 80 kB of earlier messages',
    result: `${(bytes / 1e6).toFixed(1)} MB sent, then refused`,
  });
});
