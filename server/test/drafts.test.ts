import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { siteSchema } from '@firstword/shared/site';
import { DONE, finishes, says, uses } from '@firstword/testing/completion-events';
import { beginStream, type ModelEndpoint, startModelEndpoint } from '@firstword/testing/model-endpoint';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { recordsBeside } from '@firstword/testing/test-records';
import { SITE_ORIGIN, startInstance, type TestSettings, type WebInstance } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Log } from '../src/lib/log.ts';
import type { LedgerRow } from '../src/records/ledger-row.ts';

let redis: RedisServer;
let endpoint: ModelEndpoint;
let server: WebInstance;
const clients: WidgetClient[] = [];
const lines: string[] = [];
const write = (...line: unknown[]) => void lines.push(JSON.stringify(line));
const log: Log = { debug: write, info: write, warn: write, error: write };

const site = (id: string, more: object) =>
  siteSchema.parse({ id, name: id, allowedOrigins: [SITE_ORIGIN], answerWhileTyping: 'answer', ...more });
const SETTINGS: TestSettings = {
  log,
  sites: [
    site('acme', {}),
    site('masked', { maskPersonalData: true }),
    site('searching', { answerWhileTyping: 'search' }),
    site('plain', { answerWhileTyping: 'off' }),
    site('poor', {}),
  ],
  budgets: {
    degradeAt: 0.8,
    typingBudgetShare: 0.3,
    addressShare: 0.25,
    stopped: false,
    sites: { poor: { siteDay: { tokens: 1000 } } },
  },
};

beforeAll(async () => {
  redis = await startRedisServer();
  endpoint = await startModelEndpoint(async ({ isTriage, question }, response) => {
    beginStream(response);
    if (isTriage) response.write(says('answer neutral en returns 0.90'));
    else {
      const isEndless = question.includes('endless');
      if (question.includes('broken')) return void response.destroy();
      for (let n = 1; isEndless ? !response.destroyed : n <= 5; n++) {
        response.write(says(`t${n} `));
        if (isEndless) await pause(10);
      }
    }
    response.end(finishes() + uses(90, 9) + DONE);
  });
  server = await startInstance(redis.url, endpoint, SETTINGS);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  endpoint.requests.length = 0;
});
afterAll(async () => {
  await server.stop();
  await endpoint.stop();
  await redis.stop();
});

async function connect(siteId = 'acme', port = server.port) {
  const client = await connectWidget(port, { site: siteId });
  clients.push(client);
  return client;
}
const draftOnce = (client: WidgetClient, text: string) => client.ask<{ prepared: boolean }>('draft', { text });
/** A process that is short of time refuses drafts, as it does on a busy machine; it says when to ask again. */
async function draft(client: WidgetClient, text: string) {
  for (;;) {
    const ack = await draftOnce(client, text);
    if (ack.ok || ack.code !== 'busy') return ack;
    await pause(ack.retryAfterMs);
  }
}
const answersTo = (text: string) =>
  endpoint.requests.filter(({ isTriage, question }) => !isTriage && question.includes(text));
const asked = (text: string) => expect.poll(() => answersTo(text).length).toBe(1);
async function finished(client: WidgetClient, text: string) {
  const ack = await client.send(text);
  return client.received((event) => event.type === 'turn-end' && ack.ok && event.turnId === ack.turnId);
}
async function rowsOf({ start }: WidgetClient): Promise<LedgerRow[]> {
  return recordsBeside(redis.url).usage.callsOf(start.conversationId, 100);
}
/** Everything that was ever written to Redis. */
function everythingWritten(): string {
  const folder = join(redis.folder, 'appendonlydir');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

test('a message that equals its draft gets the answer that was already requested for the draft', async () => {
  const client = await connect();
  expect(await draft(client, 'How long do returns  take?')).toEqual({ ok: true, prepared: true });
  await asked('returns  take');
  await expect.poll(() => endpoint.openResponses()).toBe(0);
  expect([client.events, client.messages]).toEqual([[], []]);
  expect(await finished(client, '  How long do returns take? ')).toMatchObject({ state: 'done', seq: 2 });
  expect(answersTo('take?')).toHaveLength(1);
  expect(client.messages.map(({ text }) => text)).toEqual(['How long do returns take?', 't1 t2 t3 t4 t5 ']);
  await expect.poll(() => rowsOf(client)).toHaveLength(2);
  const turnId = client.messages.at(-1)?.turnId;
  for (const row of await rowsOf(client)) expect(row).toMatchObject({ outcome: 'done', owner: { turnId } });
  // The next message starts a new call.
  expect(await finished(client, 'And for parcels?')).toMatchObject({ state: 'done', seq: 4 });
});

test('the answer goes on while its message is sent, and can be stopped', async () => {
  const client = await connect();
  await draft(client, 'Is there an endless returns policy?');
  await asked('endless returns');
  const ack = await client.send('Is there an endless returns policy?');
  await client.received((event) => event.type === 'text-delta' && event.n === 20);
  const turnId = ack.ok ? (ack.turnId ?? '') : '';
  expect(await client.ask('turn-stop', { turnId })).toEqual({ ok: true });
  await answersTo('endless returns')[0]?.closed;
  await expect
    .poll(async () => (await rowsOf(client)).map(({ outcome, reason }) => reason ?? outcome).sort())
    .toEqual(['done', 'stopped']);
});

test('another text drops the draft, closes its call and records it as typing-dropped', async () => {
  const client = await connect();
  await draft(client, 'Is there an endless delivery?');
  await asked('endless delivery');
  const call = answersTo('endless delivery')[0];
  const ending = finished(client, 'Is there a delivery?');
  await call?.closed; // its answer never ends by itself
  expect(await ending).toMatchObject({ state: 'done' });
  expect(answersTo('Is there a delivery?')).toHaveLength(1);
  await expect.poll(() => rowsOf(client)).toHaveLength(4);
  const dropped = (await rowsOf(client)).filter(({ reason }) => reason === 'typing-dropped');
  // The triage of the draft had ended, so it counts as typing, too.
  expect(dropped.map(({ purpose, outcome }) => [purpose, outcome]).sort()).toEqual([
    ['answer', 'aborted'],
    ['triage', 'aborted'],
  ]);
});

test('a draft is dropped when its visitor disconnects, and when another draft replaces it', async () => {
  const client = await connect();
  await draft(client, 'Is there an endless first delivery?');
  await asked('endless first');
  await draft(client, 'Is there an endless second delivery?');
  await answersTo('endless first')[0]?.closed;
  await asked('endless second');
  client.close();
  await answersTo('endless second')[0]?.closed;
});

test('a draft is in no key of Redis and in no line of the log', async () => {
  const client = await connect();
  await draft(client, 'My zanzibar delivery is endless?');
  await asked('zanzibar');
  await draft(client, 'My quetzalcoatl delivery is late?');
  await asked('quetzalcoatl');
  await expect.poll(async () => (await rowsOf(client)).length).toBeGreaterThan(0);
  await finished(client, 'My delivery is late?');
  const found = `${everythingWritten()}${lines.join('\n')}`;
  expect(found).toContain('typing-dropped');
  expect(found).toContain('My delivery is late?');
  expect(found).not.toMatch(/zanzibar|quetzalcoatl/);
});

test('the model is asked for at most two drafts of a message', async () => {
  const client = await connect();
  const prepared = [];
  for (const text of ['How do returns', 'How do returns?', 'How do returns work?'])
    prepared.push(await draft(client, text));
  expect(prepared).toEqual([true, true, false].map((each) => ({ ok: true, prepared: each })));
  await finished(client, 'How do returns work?');
  expect(await draft(client, 'And the delivery?')).toEqual({ ok: true, prepared: true });
});

test.each([
  ['in the middle of a word', 'acme', 'How long do retu'],
  ['after a word that cannot end a question', 'acme', 'How long do the'],
  ['with personal data on a site that masks it', 'masked', 'Did you mail eve@shop.example about returns?'],
])('a draft %s is not asked', async (_name, siteId, text) => {
  const client = await connect(siteId);
  expect(await draft(client, text)).toEqual({ ok: true, prepared: false });
  expect(answersTo(text)).toEqual([]);
});

test('a draft without personal data is asked on a site that masks personal data', async () => {
  const client = await connect('masked');
  expect(await draft(client, 'How long do returns take?')).toEqual({ ok: true, prepared: true });
});

test('no draft is asked while an answer runs or after an agent has taken over', async () => {
  const client = await connect();
  const ack = await client.send('Is there an endless parcel?');
  await client.received(({ type }) => type === 'text-delta');
  expect(await draft(client, 'How do returns work?')).toEqual({ ok: true, prepared: false });
  const turnId = ack.ok ? ack.turnId : '';
  await client.ask('turn-stop', { turnId });
  await client.received(({ type }) => type === 'turn-end');
  expect(await draft(client, 'Are endless returns possible?')).toEqual({ ok: true, prepared: true });
  await asked('Are endless returns');
  const { ticketId } = { ticketId: '', ...(await client.ask<{ ticketId: string }>('person-request', {})) };
  expect(ticketId).not.toBe('');
  // The notice is a new message, so the draft would be asked again.
  await answersTo('Are endless returns')[0]?.closed;
});

test('`search` asks no model before the message is sent', async () => {
  const client = await connect('searching');
  expect(await draft(client, 'How long do retu')).toEqual({ ok: true, prepared: true });
  expect(await draft(client, 'How long do returns take?')).toEqual({ ok: true, prepared: true });
  expect(answersTo('How long do retu')).toEqual([]);
  expect(await finished(client, 'How long do returns take?')).toMatchObject({ state: 'done' });
  expect(answersTo('take?')[0]?.question).toContain('You may return an item within 30 days');
});

test('if the feature is off, no setting is sent to the widget and the event is unknown', async () => {
  const client = await connect('plain');
  expect(client.start.site).not.toHaveProperty('answerWhileTyping');
  let acknowledged = false;
  client.socket.emit('draft', { text: 'How long do returns take?' }, () => {
    acknowledged = true;
  });
  expect(await client.ask('read', { seq: 0 })).toEqual({ ok: true });
  expect(acknowledged).toBe(false);
  expect(answersTo('returns take')).toEqual([]);
  const on = await connect();
  expect(on.start.site.answerWhileTyping).toBe(true);
});

test('a draft that no model could answer is asked again when it is sent', async () => {
  const client = await connect();
  expect(await draft(client, 'Is the parcel broken?')).toEqual({ ok: true, prepared: true });
  await expect.poll(() => answersTo('broken').length).toBeGreaterThan(0);
  await expect.poll(async () => (await rowsOf(client)).some(({ outcome }) => outcome === 'failed')).toBe(true);
  const before = answersTo('broken').length;
  expect(await finished(client, 'Is the parcel broken?')).toMatchObject({ state: 'failed' });
  expect(answersTo('broken').length).toBeGreaterThan(before);
});

test('a draft of more than 1000 characters, and more than 60 drafts in a minute, are refused', async () => {
  const client = await connect();
  expect(await draft(client, `${'word '.repeat(200)}?`)).toMatchObject({ ok: false, code: 'bad-message' });
  const acks = await Promise.all(Array.from({ length: 61 }, () => draft(client, 'How do returns work?')));
  expect(acks.filter(({ ok }) => ok)).toHaveLength(60);
  expect(acks.find(({ ok }) => !ok)).toMatchObject({ code: 'rate-limited' });
});

test('a process with many turns refuses drafts and accepts messages', async () => {
  const busy = await startInstance(redis.url, endpoint, { ...SETTINGS, limits: { runningTurns: 2 } });
  const [first, second] = [await connect('acme', busy.port), await connect('acme', busy.port)];
  const ack = await first.send('Is there an endless parcel?');
  expect(await draftOnce(second, 'How do returns work?')).toMatchObject({ ok: false, code: 'busy' });
  expect(await finished(second, 'How do returns work?')).toMatchObject({ state: 'done' });
  await first.ask('turn-stop', { turnId: ack.ok ? ack.turnId : '' });
  for (const client of clients.splice(0)) client.close();
  await busy.stop();
});

test('a draft is dropped after its time limit', async () => {
  const forgetful = await startInstance(redis.url, endpoint, { ...SETTINGS, keepDraftMs: 200 });
  const client = await connect('acme', forgetful.port);
  await draft(client, 'Is there an endless return?');
  await asked('endless return');
  await answersTo('endless return')[0]?.closed;
  await expect.poll(async () => (await rowsOf(client)).map(({ reason }) => reason)).toContain('typing-dropped');
  client.close();
  await forgetful.stop();
});

test('drafts that were not sent use up a site’s budget for typing, not its budget for answers', async () => {
  const client = await connect('poor');
  const texts = ['Do returns cost?', 'Do parcels cost?'];
  for (const text of texts) expect(await draft(client, text)).toEqual({ ok: true, prepared: true });
  await finished(client, 'Do items cost?');
  expect(await draft(client, 'Do returns cost?')).toEqual({ ok: true, prepared: false });
  expect(await finished(client, 'Do items arrive?')).toMatchObject({ state: 'done' });
});
