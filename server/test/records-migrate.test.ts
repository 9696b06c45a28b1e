/** Takes the data of a version that had only Redis into a real PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { accountFamily } from '../src/cli/records/account-family.ts';
import { conversationFamily } from '../src/cli/records/conversation-family.ts';
import type { RecordFamily } from '../src/cli/records/record-family.ts';
import { readRecordsCommand, runRecordsCommand, USAGE } from '../src/cli/records/records-command.ts';
import { usageFamily } from '../src/cli/records/usage-family.ts';
import type { Redis } from '../src/lib/redis.ts';
import type { ConversationArchive } from '../src/records/conversation-archive.ts';
import { openRecords, type Records } from '../src/records/records.ts';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';
import { createPreChatStore } from '../src/store/pre-chat-store.ts';

const visitors = () => {
  throw new Error('no visitor was asked for');
};

const PAGE = { limit: 1000 };
let server: RedisServer;
let database: TestDatabase;
let redis: Redis;
let records: Records;
let keys: RedisKeys;

beforeAll(async () => {
  [server, database] = await Promise.all([startRedisServer(), createTestDatabase()]);
  redis = await server.connect();
  records = await openRecords({ url: database.url, localeOf: () => 'en', log: silentLog });
});
beforeEach(() => {
  keys = createRedisKeys(`test-${randomUUID()}`);
});
afterAll(async () => {
  await records.close();
  await Promise.all([server.stop(), database.drop()]);
});

const familyOf = (archive: Pick<ConversationArchive, 'readAfter' | 'write'> = records.archive) =>
  conversationFamily({ redis, keys, archive });

async function run(args: string[], ...families: RecordFamily[]): Promise<string[]> {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  await runRecordsCommand(readRecordsCommand(args), { redis, keys, families, visitors, say, log: silentLog });
  return lines.filter((line) => !line.endsWith(' so far'));
}

/** As Redis holds it, without anything in PostgreSQL. */
async function storeConversation(messages: number): Promise<string> {
  const store = createConversationStore(redis, keys, { leaseMs: 5000, keepDeltasSeconds: 60 });
  const id = randomUUID();
  for (let n = 1; n <= messages; n++)
    await store.say(
      id,
      { id: `m${n}`, from: n % 2 === 1 ? 'visitor' : 'agent', text: `Message ${n}`, at: n },
      { siteId: 'acme', visitorId: 'visitor-1' },
    );
  await store.rate(id, { of: 'message', messageId: 'm2', value: 'down', reason: 'Wrong price' });
  await store.rate(id, { of: 'conversation', score: 4, comment: 'Fine' });
  await createPreChatStore(redis, keys).save(id, 'acme', { name: 'A visitor', email: 'visitor@shop.example' }, 1);
  return id;
}

test('conversations of a version without PostgreSQL are archived with their ratings and their visitor', async () => {
  const id = await storeConversation(5);
  expect(await run(['migrate', '--dry-run'], familyOf())).toEqual(['conversations: 1 in Redis, 1 to write']);
  expect(await records.archive.find(id, ['acme'], PAGE)).toBeUndefined();
  expect(await run(['migrate'], familyOf())).toEqual(['conversations: 1 in Redis, 1 written']);
  const found = await records.archive.find(id, ['acme'], PAGE);
  expect(found?.messages.map(({ seq, text }) => [seq, text])).toEqual(
    [1, 2, 3, 4, 5].map((seq) => [seq, `Message ${seq}`]),
  );
  expect(found).toMatchObject({
    conversation: {
      visitorId: 'visitor-1',
      responder: 'assistant',
      name: 'A visitor',
      satisfaction: { score: 4, comment: 'Fine' },
    },
    ratings: [{ messageId: 'm2', value: 'down', reason: 'Wrong price' }],
  });
});

test('a repeated migration writes nothing, and one that was interrupted goes on with what is missing', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => storeConversation(3)));
  let writes = 0;
  const breaking = familyOf({
    readAfter: records.archive.readAfter,
    write: async (changes) => {
      writes += 1;
      if (writes > 15) throw new Error('the database went away');
      await records.archive.write(changes);
    },
  });
  await expect(run(['migrate'], breaking)).rejects.toThrow('the database went away');
  const [line = ''] = await run(['migrate', '--dry-run'], familyOf());
  expect(line).toMatch(/^conversations: 20 in Redis, 1\d to write$/);
  expect(await run(['migrate'], familyOf())).toEqual([line.replace('to write', 'written')]);
  expect(await run(['migrate'], familyOf())).toEqual(['conversations: 20 in Redis, 0 written']);
  for (const id of ids) expect((await records.archive.find(id, ['acme'], PAGE))?.messages).toHaveLength(3);
});

test('a conversation of which the feed archived only the last messages is completed', async () => {
  const id = await storeConversation(1200);
  const message = { seq: 1200, id: 'm1200', from: 'agent', text: 'Message 1200', at: 1200 } as const;
  await records.archive.write([{ type: 'message', conversationId: id, siteId: 'acme', at: 1200, message }]);
  expect(await run(['migrate'], familyOf())).toEqual(['conversations: 1 in Redis, 1 written']);
  expect(await records.archive.readAfter(id, 0, 2000)).toHaveLength(1200);
});

test('accounts and API tokens are taken over once, and what was removed since stays removed', async () => {
  const account = {
    id: randomUUID(),
    email: `${randomUUID()}@shop.example`,
    name: 'Ada',
    passwordHash: 'scrypt$16$1$1$c2FsdA$a2V5',
    credential: 'c1',
    createdAt: 1,
  } as const;
  const tokenHash = randomUUID();
  const program = { id: randomUUID(), name: 'Importer', scope: 'write', createdAt: 1 };
  await redis.hset(keys.agentAccounts(), account.id, JSON.stringify({ ...account, role: 'admin' }));
  await redis.hset(keys.apiTokens(), tokenHash, JSON.stringify(program));
  const family = accountFamily({ redis, keys, ...records });
  const line = (end: string) => [`accounts, links and API tokens: 2 in Redis, ${end}`];
  expect(await run(['migrate', '--dry-run'], family)).toEqual(line('2 to write'));
  expect(await records.accounts.load(account.id)).toBeUndefined();
  expect(await run(['migrate'], family)).toEqual(line('2 written'));
  expect(await records.accounts.load(account.id)).toEqual({ ...account, roles: { '*': 'admin' } });
  expect(await records.apiTokens.find(tokenHash)).toEqual(program);
  expect(await run(['migrate'], family)).toEqual(line('0 written'));
  await records.accounts.remove({ ...account, roles: {} });
  await run(['migrate'], family);
  expect(await records.accounts.load(account.id)).toBeUndefined();
});

test('totals are taken over, and leave Redis; counting them changes nothing', async () => {
  const siteId = `site-${randomUUID()}`;
  const day = '2026-05-20';
  const key = keys.ledgerDay(siteId, day);
  const total = (name: string) => JSON.stringify(['fast', 'us-east', 'quick', 'answer', name]);
  await redis.hset(key, { [total('calls')]: 2, [total('promptTokens')]: 900, tokens: 900 });
  const family = usageFamily({ redis, keys, usage: records.usage });
  const line = (found: number, end: string) => [`model calls and totals: ${found} in Redis, ${end}`];
  expect(await run(['migrate', '--dry-run'], family)).toEqual(line(1, '1 to write'));
  expect(await run(['migrate'], family)).toEqual(line(1, '1 written'));
  expect(await redis.hgetall(key)).toEqual({ tokens: '900' }); // what budgets count
  expect(await run(['migrate'], family)).toEqual(line(0, '0 written'));
});

test('a form without a message is no conversation', async () => {
  await createPreChatStore(redis, keys).save(randomUUID(), 'acme', { name: 'A visitor' }, 1);
  expect(await run(['migrate'], familyOf())).toEqual(['conversations: 1 in Redis, 0 written']);
});

test('every mistake in the command line is answered with the fix', () => {
  expect(readRecordsCommand([])).toEqual({ name: 'help' });
  expect(readRecordsCommand(['migrate', '--dry-run'])).toEqual({ name: 'migrate', dryRun: true });
  expect(() => readRecordsCommand(['migrat'])).toThrow(/^"migrat" is not a command. Did you mean "migrate"\?/);
  expect(() => readRecordsCommand(['migrate', 'all'])).toThrow(/^`migrate` needs no argument, but was given "all"/);
  expect(() => readRecordsCommand(['migrate', '--dryrun'])).toThrow(
    /^Unknown option "--dryrun"\. Did you mean "--dry-run"\?/,
  );
  expect(USAGE).toContain('--dry-run');
});
