/** A flood from one address, at the limits of an installation where nothing is configured. Server and flood have a process each. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { defaultConfig } from '@firstword/server/config/config';
import { startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { startProductProcess } from '@firstword/testing/product-process';
import { startRedisServer } from '@firstword/testing/redis-server';
import { addSecurityRow } from '@firstword/testing/security-row';
import { SITE_ORIGIN } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { expect, onTestFinished, test } from 'vitest';

const SOCKETS = 150;
/** Three processes share the machine with the other tests. */
const PATIENCE_MS = 120_000;
/** Within what an address may send without a proof. */
const QUESTIONS = 15;

const middle = (figures: readonly number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;

/** Asks one question after the other; milliseconds to each first delta, and how many were refused. */
async function ask(port: number, address: string, questions = QUESTIONS) {
  const client = await connectWidget(port, { site: 'acme' }, SITE_ORIGIN, address);
  const firstMs: number[] = [];
  let refused = 0;
  for (let n = 0; n < questions; n++) {
    const sentAt = performance.now();
    const ack = await client.send(`Is it open? ${n}`);
    if (!ack.ok) {
      refused += 1;
      continue;
    }
    const { turnId } = ack;
    await client.received((event) => event.type === 'text-delta' && event.turnId === turnId);
    firstMs.push(performance.now() - sentAt);
    await client.received((event) => event.type === 'turn-end' && event.turnId === turnId);
  }
  client.close();
  return { firstMs: middle(firstMs), refused };
}

async function startFlood(port: number): Promise<ChildProcess & { stdout: NodeJS.ReadableStream }> {
  const entry = fileURLToPath(new URL('./flood-child.ts', import.meta.url));
  const given = JSON.stringify({ port, origin: SITE_ORIGIN, sockets: SOCKETS, address: '203.0.113.1' });
  const flood = spawn(process.execPath, ['--import', 'tsx', entry, given], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void flood.kill('SIGKILL'));
  const ended = once(flood, 'exit').then(([code]) => {
    throw new Error(`The flood ended with code ${code} before it had begun.`);
  });
  await Promise.race([once(flood.stdout, 'data'), ended]);
  return flood;
}

test('a flood from one address leaves visitors at other addresses their answers', { timeout: PATIENCE_MS }, async ({
  task,
}) => {
  const redis = await startRedisServer();
  onTestFinished(() => redis.stop());
  const endpoint = await startPacedEndpoint();
  onTestFinished(() => endpoint.stop());
  endpoint.pace({ tokens: 5, everyMs: 10 });
  const { perMinute, connectionsPerAddress, messagesPerMinute } = defaultConfig().limits;
  const server = await startProductProcess({
    redisUrl: redis.url,
    endpointUrl: endpoint.baseUrl,
    env: { TRUST_PROXY: '1' },
    limits: { perMinute, connectionsPerAddress, messagesPerMinute },
  });
  onTestFinished(() => server.kill());

  await ask(server.port, '198.51.100.1', 3); // a process that has just started is slower
  const idle = await ask(server.port, '198.51.100.2');
  const flood = await startFlood(server.port);
  const beside = await ask(server.port, '198.51.100.3');
  flood.kill('SIGTERM');
  const [printed] = await once(flood.stdout, 'data');
  const refused = Number(String(printed));

  expect(beside.refused).toBe(0);
  expect(refused).toBeGreaterThan(SOCKETS);
  const times = (beside.firstMs / idle.firstMs).toFixed(1);
  addSecurityRow(task, {
    id: 'S22',
    tried: `${SOCKETS} sockets from one address, at the default limits`,
    result: `0 of ${QUESTIONS} messages from another address refused, ${refused} of the flood; first delta ${beside.firstMs.toFixed(0)} ms, idle ${idle.firstMs.toFixed(0)} ms (${times} ×)`,
  });
});
