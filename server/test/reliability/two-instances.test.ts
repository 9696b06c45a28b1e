import { randomUUID } from 'node:crypto';
import { answerOf, type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { openSteadyClient, type SteadyClient } from '@firstword/testing/steady-client';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { startInstance, type WebInstance } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../src/lib/redis.ts';

let redis: RedisServer;
let endpoint: PacedEndpoint;
let a: WebInstance;
let b: WebInstance;
const clients: { close(): void }[] = [];
const open = (port: number, session?: string): SteadyClient => {
  const client = openSteadyClient(port, session === undefined ? {} : { session });
  clients.push(client);
  return client;
};

beforeAll(async () => {
  redis = await startRedisServer();
  endpoint = await startPacedEndpoint();
  [a, b] = await Promise.all([startInstance(redis.url, endpoint), startInstance(redis.url, endpoint)]);
});
beforeEach(() => endpoint.pace({ tokens: 20, everyMs: 0 }));
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await Promise.all([a.stop(), b.stop()]);
  await Promise.all([endpoint.stop(), redis.stop()]);
});

describe('a viewer on another process than the turn', () => {
  test('receives the same text while it is streamed', async () => {
    endpoint.pace({ tokens: 60, everyMs: 15 });
    const first = open(a.port);
    await first.ready();
    const second = open(b.port, first.session());
    await second.ready();
    const { seq, turnId = '' } = await first.send('How long may I return it?');
    await expect.poll(() => second.textOf(turnId).length).toBeGreaterThan(answerOf(20).length);
    expect(first.textOf(turnId).length).toBeLessThan(answerOf(60).length); // it was still streaming
    const [here, there] = await Promise.all([first.answered(seq), second.answered(seq)]);
    expect(here).toEqual({ fromDeltas: answerOf(60), stored: answerOf(60), state: 'done' });
    expect(there).toEqual(here);
  });

  test('can stop it: the call upstream ends, and every viewer receives one turn-end', async () => {
    endpoint.pace({ tokens: 1000, everyMs: 10 });
    const first = open(a.port);
    const sent = await first.send('Tell me everything about returns');
    const stopper = await connectWidget(b.port, { site: 'acme', session: first.session() });
    clients.push(stopper);
    expect(await stopper.ask('turn-stop', { turnId: sent.turnId })).toEqual({ ok: true });
    expect(await first.answered(sent.seq)).toMatchObject({ state: 'stopped' });
    await expect.poll(() => endpoint.running()).toBe(0);
  });
});

test('a viewer whose process was cut off from Redis receives what was said meanwhile, without a further event', async () => {
  const proxy = await startTcpProxy({ path: redis.socketPath });
  const cutOff = await startInstance(`redis://127.0.0.1:${proxy.port}`, endpoint, { records: a.records });
  onTestFinished(async () => {
    await cutOff.stop();
    await proxy.stop();
  });
  const first = open(a.port);
  await first.answered((await first.send('How long may I return it?')).seq);
  const second = open(cutOff.port, first.session());
  await second.ready();
  proxy.pointAt({ path: `${redis.socketPath}.away` });
  proxy.cut();
  await first.answered((await first.send('And who pays for it?')).seq);
  expect(second.messages.size).toBeLessThan(first.messages.size);
  proxy.pointAt({ path: redis.socketPath });
  await expect.poll(() => [...second.messages.keys()].toSorted()).toEqual([...first.messages.keys()].toSorted());
  expect(second.resyncs()).toBe(0);
});

// C01
test('an answer whose connection is cut at every token, over two instances, is complete, byte for byte', async () => {
  const tokens = 200;
  endpoint.pace({ tokens, everyMs: 25 });
  const proxy = await startTcpProxy({ port: a.port });
  onTestFinished(proxy.stop);
  const client = open(proxy.port);
  let cuts = 0;
  client.onDelta = () => {
    cuts += 1;
    proxy.pointAt({ port: cuts % 2 === 0 ? a.port : b.port });
    setImmediate(proxy.cut);
  };
  const { seq } = await client.send('How long may I return it?');
  const answer = await client.answered(seq);
  client.onDelta = () => {};
  expect(answer).toEqual({ fromDeltas: answerOf(tokens), stored: answerOf(tokens), state: 'done' });
  expect(cuts).toBeGreaterThan(tokens / 2); // a busy machine reads some tokens together
  expect(proxy.opened()).toBeGreaterThan(10);
}, 60_000);

describe('one message id', () => {
  // C05
  test('sent five times at once to two instances is one entry and one turn; a superfluous call to the model is cancelled', async () => {
    const text = `Where is parcel ${randomUUID()}?`;
    const first = open(a.port);
    await first.ready();
    const others = await Promise.all(
      [a, b, b, b].map(({ port }) => connectWidget(port, { site: 'acme', session: first.session() })),
    );
    clients.push(...others);
    const id = randomUUID();
    const acks = await Promise.all([first.send(text, id), ...others.map((client) => client.send(text, id))]);
    expect(new Set(acks.map((ack) => 'seq' in ack && ack.seq))).toEqual(new Set([1]));
    expect(new Set(acks.map((ack) => 'turnId' in ack && ack.turnId)).size).toBe(1);
    await first.answered(1);
    // Each process may call the model while it appends; guaranteed is one effect, not one call.
    expect(endpoint.answersAsked(text)).toBeLessThanOrEqual(2);
    await expect.poll(() => endpoint.running()).toBe(0);
    expect([...first.messages.values()].map(({ from }) => from).filter((from) => from !== 'system')).toEqual([
      'visitor',
      'assistant',
    ]);
  });

  // C06
  test('with another text, on another instance, is a conflict and changes nothing', async () => {
    const first = open(a.port);
    const { id, seq } = await first.send('Where is my parcel?');
    await first.answered(seq);
    const other = await connectWidget(b.port, { site: 'acme', session: first.session() });
    clients.push(other);
    expect(await other.send('Something else', id)).toMatchObject({ ok: false, code: 'conflict' });
    expect(await other.ask('replay', { afterSeq: 0 })).toMatchObject({
      messages: [{ text: 'Where is my parcel?' }, {}],
    });
  });

  // C07
  test('whose acknowledgement is lost has one effect when it is sent again', async () => {
    const text = `Where is parcel ${randomUUID()}?`;
    const proxy = await startTcpProxy({ port: a.port });
    onTestFinished(proxy.stop);
    const client = open(proxy.port);
    await client.ready();
    proxy.swallowReplies(1);
    const { seq } = await client.send(text);
    expect(await client.answered(seq)).toMatchObject({ stored: answerOf(20) });
    expect(endpoint.answersAsked(text)).toBe(1);
    expect(client.outages).toHaveLength(1);
  });
});

describe('outside the window', () => {
  // C04
  test('a visitor who was away until the log of an answer expired gets the whole answer', async () => {
    const client = open(a.port);
    const { seq, turnId } = await client.send('How long may I return it?');
    await client.answered(seq);
    const direct = await connectRedis(redis.url, 'commands', silentLog);
    const logKeys = await direct.keys(`*${turnId}*`);
    expect(logKeys).toHaveLength(2);
    for (const key of logKeys) expect(await direct.ttl(key)).toBeGreaterThan(590); // ten minutes after the end
    await direct.del(logKeys);
    direct.disconnect();
    const late = await connectWidget(b.port, { site: 'acme', session: client.session() });
    clients.push(late);
    const replayed = await late.ask('replay', { afterSeq: 1, turnId, afterDelta: 3 });
    expect(replayed).toEqual({ ok: true, messages: [expect.objectContaining({ seq: 2, text: answerOf(20) })] });
  });

  // C04
  test('a client more than a page behind gets a resync, and then the last page', async () => {
    const client = open(a.port);
    for (let n = 1; n <= 26; n++) await client.answered((await client.send(`question ${n}`)).seq);
    const late = await connectWidget(b.port, { site: 'acme', session: client.session() });
    clients.push(late);
    expect(await late.ask('replay', { afterSeq: 1 })).toEqual({ ok: true, messages: [], resync: true });
    expect(late.start.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 3));
  });
});

// D04
test('a client of another version, with unknown fields and events, loses nothing', async () => {
  const client = await connectWidget(a.port, { site: 'acme', futureOption: { deep: true } });
  clients.push(client);
  const untyped = client.socket as unknown as { emit(event: string, payload: object): void };
  untyped.emit('invented-event', { any: 'thing' });
  const payload = { id: randomUUID(), text: 'How long may I return it?', attachments: [] };
  expect(await client.ask('message-send', payload)).toMatchObject({ ok: true, seq: 1 });
  const { messages } = (await client.ask('replay', { afterSeq: 0, since: 'ever' })) as { messages?: unknown[] };
  expect(messages?.length).toBeGreaterThan(0);
});
