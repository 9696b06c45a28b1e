import { once } from 'node:events';
import { connect } from 'node:net';
import { answerOf, type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { startProductProcess } from '@firstword/testing/product-process';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import type { ServerProcess } from '@firstword/testing/server-process';
import { openSteadyClient, type SteadyClient } from '@firstword/testing/steady-client';
import { startTcpProxy, type TcpProxy } from '@firstword/testing/tcp-proxy';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';

let redis: RedisServer;
let endpoint: PacedEndpoint;
let survivor: ServerProcess;
let doomed: ServerProcess;
let proxy: TcpProxy;
let client: SteadyClient;

const start = (env: Record<string, string> = {}) =>
  startProductProcess({ redisUrl: redis.url, endpointUrl: endpoint.baseUrl, env });

beforeAll(async () => {
  redis = await startRedisServer();
  endpoint = await startPacedEndpoint();
  survivor = await start({ FAULT: 'rejection' });
}, 60_000);
afterAll(async () => {
  await survivor.kill();
  await Promise.all([endpoint.stop(), redis.stop()]);
});

// O14
test('an unhandled rejection is logged, and the process goes on', async () => {
  survivor.signal('SIGUSR2');
  await expect.poll(() => survivor.output()).toContain('an injected rejection');
  const visitor = openSteadyClient(survivor.port);
  onTestFinished(visitor.close);
  const { seq } = await visitor.send('Are you still there?');
  expect(await visitor.answered(seq)).toMatchObject({ state: 'done' });
});

describe('a visitor on a process that ends', () => {
  /** The visitor reconnects to the surviving process. */
  beforeEach(async () => {
    endpoint.pace({ tokens: 20, everyMs: 0 });
    doomed = await start({ FAULT: 'exception' });
    proxy = await startTcpProxy({ port: doomed.port });
    client = openSteadyClient(proxy.port);
    await client.ready();
  }, 60_000);
  afterEach(async () => {
    client.close();
    await Promise.all([doomed.kill(), proxy.stop()]);
  });
  const moveAway = () => proxy.pointAt({ port: survivor.port });

  describe('a process that is killed', () => {
    // D02, P6
    test('leaves an interrupted answer, whose text is kept and which can be retried', async () => {
      endpoint.pace({ tokens: 1000, everyMs: 20 });
      const { seq, turnId = '' } = await client.send('How long may I return it?');
      await expect.poll(() => client.textOf(turnId).length).toBeGreaterThan(100);
      await doomed.kill();
      moveAway();
      const { fromDeltas, stored, state } = await client.answered(seq);
      expect(state).toBe('interrupted');
      expect(answerOf(1000).startsWith(stored) && stored.length > 0).toBe(true);
      // At most the text of the last 100 ms was sent and not yet in the log.
      expect(fromDeltas.startsWith(stored)).toBe(true);
      expect(fromDeltas.length - stored.length).toBeLessThan(150);
    }, 30_000);

    test('before the first delta: another process asks the model again, once', async () => {
      const question = 'Is the return of a lamp free?';
      endpoint.pace({ tokens: 20, everyMs: 0, firstMs: 20_000 });
      const { seq } = await client.send(question);
      await expect.poll(() => endpoint.answersAsked(question)).toBe(1);
      endpoint.pace({ tokens: 20, everyMs: 0 });
      await doomed.kill();
      moveAway();
      await expect.poll(() => endpoint.answersAsked(question), { timeout: 15_000 }).toBe(2);
      await expect
        .poll(() => [...client.messages.values()].at(-1))
        .toMatchObject({ seq: seq + 1, from: 'assistant', text: answerOf(20), state: 'done' });
      expect(endpoint.answersAsked(question)).toBe(2);
    }, 30_000);
  });

  describe('an unexpected fault', () => {
    // O14
    test('an uncaught exception ends the process with 1 after the running turns have finished', async () => {
      endpoint.pace({ tokens: 60, everyMs: 20 });
      const { seq } = await client.send('How long may I return it?');
      doomed.signal('SIGUSR2');
      moveAway();
      expect(await client.answered(seq)).toEqual({ fromDeltas: answerOf(60), stored: answerOf(60), state: 'done' });
      expect(await doomed.exited).toBe(1);
      expect(doomed.output()).toContain('an injected exception');
    }, 30_000);
  });

  // D01
  test('SIGTERM ends the process although a silent connection is open', async () => {
    const spare = connect(doomed.port, '127.0.0.1'); // browsers open spare connections in advance
    onTestFinished(() => void spare.destroy());
    await once(spare, 'connect');
    doomed.signal('SIGTERM');
    moveAway();
    expect(await doomed.exited).toBe(0);
  }, 30_000);

  // D02
  test('a second SIGTERM ends the process at once; the answer is interrupted, and its text kept', async () => {
    endpoint.pace({ tokens: 2000, everyMs: 20 });
    const { seq, turnId = '' } = await client.send('How long may I return it?');
    await expect.poll(() => client.textOf(turnId).length).toBeGreaterThan(50);
    doomed.signal('SIGTERM');
    moveAway();
    // A signal right after the first counts as its repetition; the next one ends the process.
    let code: number | null | undefined;
    void doomed.exited.then((exitCode) => {
      code = exitCode;
    });
    await expect
      .poll(
        () => {
          if (code === undefined) doomed.signal('SIGTERM');
          return code;
        },
        { interval: 300 },
      )
      .toBe(1);
    const { state, stored } = await client.answered(seq);
    expect(state).toBe('interrupted');
    expect(answerOf(2000).startsWith(stored) && stored.length > 0).toBe(true);
  }, 30_000);
});
