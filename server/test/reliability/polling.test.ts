import { randomUUID } from 'node:crypto';
import { createHistory, type History } from '@firstword/testing/history-checker';
import { answerOf, type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { type PollProxy, startPollProxy } from '@firstword/testing/poll-proxy';
import { startProductProcess } from '@firstword/testing/product-process';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import type { ServerProcess } from '@firstword/testing/server-process';
import { openSteadyClient, type SteadyClient } from '@firstword/testing/steady-client';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

let redis: RedisServer;
let endpoint: PacedEndpoint;
beforeAll(async () => {
  redis = await startRedisServer();
  endpoint = await startPacedEndpoint();
});
afterAll(() => Promise.all([endpoint.stop(), redis.stop()]));

describe.each([
  ['with sticky sessions', true],
  ['without sticky sessions', false],
])('a visitor who has only long-polling, on two processes %s', (_, sticky) => {
  let processes: [ServerProcess, ServerProcess];
  let proxy: PollProxy;
  let history: History;
  let client: SteadyClient;
  const clients: SteadyClient[] = [];
  const open = (session?: string) => {
    const opened = openSteadyClient(proxy.port, {
      transport: 'polling',
      history,
      ...(session === undefined ? {} : { session }),
    });
    clients.push(opened);
    return opened;
  };

  beforeAll(async () => {
    const start = () => startProductProcess({ redisUrl: redis.url, endpointUrl: endpoint.baseUrl });
    processes = await Promise.all([start(), start()]);
  }, 60_000);
  afterAll(() => Promise.all(processes.map((each) => each.kill())));
  beforeEach(async () => {
    endpoint.pace({ tokens: 60, everyMs: 15 });
    proxy = await startPollProxy(
      processes.map(({ port }) => port),
      sticky,
    );
    history = createHistory();
    client = open();
    await client.ready();
  });
  afterEach(async () => {
    for (const each of clients.splice(0)) each.close();
    await proxy.stop();
  });

  /** Every client's copy, also that of a page which was loaded again, against what was sent and acknowledged. */
  async function breaches(conversationId: string): Promise<string[]> {
    const reloaded = open(client.session());
    await reloaded.ready();
    for (const each of clients) {
      await expect.poll(() => each.messages.size).toBe(reloaded.messages.size);
      history.viewed(
        conversationId,
        [...each.messages.values()].toSorted((one, other) => one.seq - other.seq),
      );
    }
    return history.breaches();
  }

  test('reads answers byte for byte, in order, while connections are cut at every fifth token', async () => {
    let cuts = 0;
    client.onDelta = (n) => {
      if (n % 5 !== 0) return;
      cuts += 1;
      setImmediate(proxy.cut);
    };
    const first = await client.send('How long may I return it?');
    expect(await client.answered(first.seq)).toMatchObject({ stored: answerOf(60), state: 'done' });
    const second = await client.send('And a lamp?');
    expect(await client.answered(second.seq)).toMatchObject({ stored: answerOf(60), state: 'done' });
    client.onDelta = () => {};
    expect(cuts).toBeGreaterThan(10);
    expect(await breaches(first.conversationId)).toEqual([]);
    const reached = processes.filter(({ port }) => (proxy.requests.get(port) ?? 0) > 0);
    expect(reached).toHaveLength(sticky ? 1 : 2);
  }, 60_000);

  test('sends one message five times over two connections: one entry, one answer; other text is a conflict', async () => {
    const other = open(client.session());
    await other.ready();
    const id = randomUUID();
    const sends = await Promise.all(
      [client, other, client, other, client].map((each) => each.send('Where is my parcel?', id)),
    );
    expect(new Set(sends.map(({ seq, turnId }) => `${seq} ${turnId}`)).size).toBe(1);
    expect(await client.answered(sends[0]?.seq ?? 0)).toMatchObject({ state: 'done' });
    const direct = await connectWidget(processes[1].port, { site: 'acme', session: client.session() });
    expect(await direct.send('Something else', id)).toMatchObject({ ok: false, code: 'conflict' });
    direct.close();
    expect(await breaches(sends[0]?.conversationId ?? '')).toEqual([]);
  }, 60_000);

  test('who was away for more than a page gets a resync and the last page, never a gap', async () => {
    endpoint.pace({ tokens: 2, everyMs: 0 });
    const { conversationId } = await client.send('question 1');
    for (let n = 2; n <= 27; n++) await client.answered((await client.send(`question ${n}`)).seq);
    const returned = open(client.session());
    await returned.ready();
    const seqs = [...returned.messages.keys()].toSorted((one, other) => one - other);
    expect(seqs).toEqual(Array.from({ length: 50 }, (__, index) => (seqs[0] ?? 0) + index));
    expect(seqs.at(-1)).toBe(client.messages.size);
    history.viewed(conversationId, [...client.messages.values()]);
    expect(history.breaches()).toEqual([]);
  }, 60_000);

  // Last: it ends one of the processes.
  test('keeps every acknowledged message when a process is killed, and goes on with the other', async () => {
    const question = await client.send('How long may I return it?');
    await expect.poll(() => client.textOf(question.turnId ?? '').length).toBeGreaterThan(40);
    const [doomed, survivor] = processes;
    await doomed.kill();
    proxy.leave(doomed.port);
    expect(['done', 'interrupted']).toContain((await client.answered(question.seq)).state);
    const next = await client.send('And a lamp?');
    expect(await client.answered(next.seq)).toMatchObject({ stored: answerOf(60), state: 'done' });
    expect(proxy.requests.get(survivor.port)).toBeGreaterThan(0);
    const kept = [...client.messages.values()].filter(({ from }) => from === 'visitor').map(({ id }) => id);
    expect(kept).toEqual([question.id, next.id]);
    expect(history.breaches().filter((line) => !line.startsWith('P4'))).toEqual([]);
  }, 60_000);
});
