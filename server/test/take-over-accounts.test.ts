import { createAccountAdmin } from '@firstword/server/agents/account-admin';
import { createApiTokens } from '@firstword/server/agents/api-tokens';
import { createPasswords } from '@firstword/server/agents/passwords';
import { takeOverAccounts } from '@firstword/server/agents/take-over-accounts';
import { createTokenHash } from '@firstword/server/lib/tokens';
import { createMemoryIdentityStore } from '@firstword/server/records/memory-identity-store';
import { createMemoryRecords } from '@firstword/server/records/memory-records';
import { openRecords, type Records } from '@firstword/server/records/records';
import { RecordsError } from '@firstword/server/records/records-error';
import { createFormerAccounts } from '@firstword/server/store/former-accounts';
import { createRedisKeys, type RedisKeys } from '@firstword/server/store/keys';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase } from '@firstword/testing/test-database';
import { startTestServer } from '@firstword/testing/test-server';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Redis } from '../src/lib/redis.ts';

const SECRET = 'a secret of this run alone';
const tokenHash = createTokenHash(SECRET);
const DAY_SECONDS = 24 * 60 * 60;
const STORED_ADA = {
  id: 'a1',
  email: 'ada@shop.example',
  name: 'Ada',
  role: 'admin',
  passwordHash: 'scrypt$16$1$1$c2FsdA$a2V5',
  credential: 'c1',
  createdAt: 1_790_000_000_000,
} as const;
const { role: _, ...own } = STORED_ADA;
const ADA = { ...own, roles: { '*': 'admin' } };
const PROGRAM = { id: 'p1', name: 'Importer', scope: 'write', createdAt: 1_790_000_000_000 } as const;

let server: RedisServer;
let redis: Redis;
let keys: RedisKeys;
/** What uses the Redis, and so ends before it. */
const stops: (() => Promise<void>)[] = [];
beforeEach(async () => {
  server = await startRedisServer();
  redis = await server.connect();
  keys = createRedisKeys('test');
  await redis.hset(keys.agentAccounts(), ADA.id, JSON.stringify(STORED_ADA));
  await redis.hset(keys.agentEmails(), ADA.email, ADA.id);
  await redis.hset(keys.apiTokens(), tokenHash('fw_known'), JSON.stringify(PROGRAM));
  const invite = { kind: 'invite', email: 'bob@shop.example', role: 'agent' };
  await redis.set(keys.agentLink(tokenHash('link')), JSON.stringify(invite), 'EX', 3600);
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await server.stop();
});

async function openDatabase(): Promise<Records> {
  const given = await createTestDatabase();
  const records = await openRecords({ url: given.url, localeOf: () => 'en', log: silentLog });
  onTestFinished(async () => {
    await records.close();
    await given.drop();
  });
  return records;
}

const takeOver = (records: Records) => takeOverAccounts({ former: createFormerAccounts(redis, keys), ...records });

test('accounts, links and tokens of older versions are taken over, by several processes at once', async () => {
  const records = await openDatabase();
  expect(await Promise.all([takeOver(records), takeOver(records)])).toEqual([3, 3]);
  expect(await records.accounts.list()).toEqual([ADA]);
  expect(await records.accounts.readLink(tokenHash('link'))).toEqual({
    kind: 'invite',
    email: 'bob@shop.example',
    roles: { '*': 'agent' },
  });
  expect(await records.apiTokens.find(tokenHash('fw_known'))).toEqual(PROGRAM);
});

test('what was removed since stays removed after the next start, and the former data ends in a day', async () => {
  const records = await openDatabase();
  await takeOver(records);
  await createAccountAdmin({
    identities: createMemoryIdentityStore(),
    accounts: records.accounts,
    apiTokens: createApiTokens(records.apiTokens, tokenHash),
    tokenHash,
    passwords: createPasswords(),
  }).remove(ADA.email);
  await records.apiTokens.remove(PROGRAM.id);
  await takeOver(records);
  expect([await records.accounts.count(), await records.apiTokens.list()]).toEqual([0, []]);
  for (const key of [keys.agentAccounts(), keys.agentEmails(), keys.apiTokens()]) {
    expect(await redis.ttl(key)).toBeGreaterThan(DAY_SECONDS - 60);
    expect(await redis.ttl(key)).toBeLessThanOrEqual(DAY_SECONDS);
  }
});

test('a process that starts while the database is away takes them over when it is back', async () => {
  const records = createMemoryRecords();
  let away = true;
  const web = await startTestServer({
    redis: server,
    appSecret: SECRET,
    records: {
      ...records,
      accounts: {
        ...records.accounts,
        async importAccount(account) {
          if (away) throw new RecordsError('unavailable', 'The database did not answer.');
          await records.accounts.importAccount(account);
        },
      },
    },
  });
  stops.push(web.stop);
  expect(await records.accounts.count()).toBe(0);
  away = false;
  await vi.waitFor(async () => expect(await records.accounts.list()).toEqual([ADA]), { timeout: 10_000 });
  expect(await web.firstRun()).toBeUndefined();
});
