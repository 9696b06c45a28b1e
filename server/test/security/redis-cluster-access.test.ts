/** A cluster that speaks TLS alone, with an account that may use it and not administer it. */
import { startRedisCluster } from '@firstword/testing/redis-cluster';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestFolder } from '@firstword/testing/test-folder';
import { createTlsFiles } from '@firstword/testing/tls-files';
import { expect, onTestFinished, test } from 'vitest';
import { checkRedis } from '../../src/cli/doctor/check-redis.ts';
import { connectRedis } from '../../src/lib/redis.ts';
import { createRedisKeys } from '../../src/store/keys.ts';
import { serveVisitor } from './serve-visitor.ts';

const PASSWORD = 'only-for-this-test';

test('a visitor is answered, the doctor says what it may check, and other accounts and authorities are refused', async () => {
  const tls = createTlsFiles(createTestFolder());
  // As docs/operations.md writes it.
  const access = { tls, user: 'firstword', password: PASSWORD, rules: '~* &* +@all -@admin -@dangerous +info' };
  const cluster = await startRedisCluster({ access });
  onTestFinished(() => cluster.stop());
  await serveVisitor(cluster.url);

  const needs = { replicas: 0, production: true, key: createRedisKeys('test').readyCheck, now: Date.now };
  expect(await checkRedis(await cluster.connect(), { ...needs, address: cluster.url })).toMatchObject([
    { level: 'ok', subject: 'connection', found: 'a cluster of 3 servers that answer and accept writes' },
    {
      level: 'warning',
      subject: 'durability',
      found: 'Cannot check Redis durability because CONFIG GET is not allowed',
      fix: 'check appendonly, appendfsync and maxmemory-policy yourself.',
    },
    { level: 'ok', subject: 'this server' },
  ]);

  const refusal = (url: string) =>
    connectRedis(url, 'commands', silentLog, 500).then(
      () => 'connected',
      (error: unknown) => String(error).replace(/^.* within 0.5 s: /, ''),
    );
  const attempts = {
    'with another authority': cluster.url.replace(tls.authority, tls.otherAuthority),
    'with those of the system': cluster.url.replace(/\?.*$/, ''),
    'with a wrong password': cluster.url.replace(PASSWORD, 'wrong'),
    'without an account': cluster.url.replace(`firstword:${PASSWORD}@`, ''),
    'without TLS': cluster.url.replace('rediss', 'redis').replace(/\?.*$/, ''),
  };
  const refusals = await Promise.all(Object.values(attempts).map(refusal));
  expect(Object.fromEntries(Object.keys(attempts).map((name, index) => [name, refusals[index]]))).toEqual({
    'with another authority': expect.stringContaining('certificate'),
    'with those of the system': expect.stringContaining('certificate'),
    'with a wrong password': expect.stringContaining('WRONGPASS'),
    'without an account': expect.stringContaining('NOAUTH'),
    'without TLS': expect.not.stringMatching(/^connected$/),
  });
}, 60_000);
