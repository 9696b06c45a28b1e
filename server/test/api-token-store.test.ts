import { createApiTokens } from '@firstword/server/agents/api-tokens';
import { createTokenHash } from '@firstword/server/lib/tokens';
import type { AccountStore } from '@firstword/server/records/account-store';
import type { ApiTokenStore } from '@firstword/server/records/api-token-store';
import { createMemoryApiTokenStore } from '@firstword/server/records/memory-api-token-store';
import { createMemoryRecords } from '@firstword/server/records/memory-records';
import { createPostgresAccountStore } from '@firstword/server/records/postgres-account-store';
import { createPostgresApiTokenStore } from '@firstword/server/records/postgres-api-token-store';
import { RecordsError } from '@firstword/server/records/records-error';
import { addSecurityRow } from '@firstword/testing/security-row';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { accountOf } from './account-of.ts';
import { openTestDatabase } from './open-test-database.ts';

const tokenHash = createTokenHash('a secret of this test');

const STORES: Readonly<Record<string, () => Promise<ApiTokenStore>>> = {
  'in memory': async () => createMemoryApiTokenStore(),
  'in PostgreSQL': async () => createPostgresApiTokenStore(await openTestDatabase()),
};

const WITH_ACCOUNTS: Readonly<Record<string, () => Promise<{ store: ApiTokenStore; accounts: AccountStore }>>> = {
  'in memory': async () => {
    const { apiTokens, accounts } = createMemoryRecords();
    return { store: apiTokens, accounts };
  },
  'in PostgreSQL': async () => {
    const database = await openTestDatabase();
    return { store: createPostgresApiTokenStore(database), accounts: createPostgresAccountStore(database) };
  },
};

describe.each(Object.entries(STORES))('API tokens %s', (_name, open) => {
  test('are found by their token alone, listed from the oldest, and removed by their id', async () => {
    let now = 1_790_000_000_000;
    const tokens = createApiTokens(await open(), tokenHash, () => now++);
    const [one, other] = [await tokens.add('Importer', 'write'), await tokens.add('Report', 'read')];
    expect(await tokens.check(one.token)).toEqual(one.program);
    expect(await tokens.check(one.token.replace('fw_', 'fw_x'))).toBeUndefined();
    expect(await tokens.list()).toMatchObject([one.program, other.program]);
    await tokens.recheck();
    expect([await tokens.check(one.token), await tokens.check(other.token)]).toEqual([one.program, other.program]);
    expect([await tokens.remove(one.program.id), await tokens.remove(one.program.id)]).toEqual([true, false]);
    expect([await tokens.check(one.token), await tokens.check(other.token)]).toEqual([undefined, other.program]);
  });

  test('have sites, an end and a last use, and end with the agent who made them', async () => {
    const store = await open();
    let now = 1_790_000_000_000;
    const tokens = createApiTokens(store, tokenHash, () => now);
    const ends = now + 60_000;
    const [bounded, other] = [
      await tokens.add('Bounded', 'read', { sites: ['acme'], expiresAt: ends }),
      await tokens.add('Endless', 'read'),
    ];
    const find = async (id: string) => (await tokens.list()).find((program) => program.id === id);
    expect(await tokens.check(bounded.token)).toMatchObject({ sites: ['acme'], expiresAt: ends });
    await expect.poll(async () => (await find(bounded.program.id))?.lastUsedAt).toBe(now);
    now = ends - 1;
    expect(await tokens.check(bounded.token)).toBeDefined();
    now = ends;
    expect(await tokens.check(bounded.token)).toBeUndefined();
    expect(await find(other.program.id)).toEqual(other.program);
  });

  test('of an older version are imported once: a removed one does not come back', async () => {
    const store = await open();
    const program = { id: 'p1', name: 'Importer', scope: 'write', createdAt: 1_790_000_000_000 } as const;
    await store.importToken('hash', program);
    await store.importToken('hash', program);
    expect([await store.findAll(['hash', 'other']), await store.list()]).toEqual([
      new Map([['hash', program]]),
      [program],
    ]);
    await store.remove('p1');
    await store.importToken('hash', program);
    expect(await store.findAll(['hash'])).toEqual(new Map());
  });
});

describe.each(Object.entries(WITH_ACCOUNTS))('API tokens of agents %s', (_name, open) => {
  test('have the roles of the agent at the next recheck, and end with the agent for good', async () => {
    const { store, accounts } = await open();
    const boss = accountOf('boss@example.com', { roles: { '*': 'admin' } });
    const [ada, bob] = [accountOf('ada@example.com', { roles: { shop: 'admin' } }), accountOf('bob@example.com')];
    for (const account of [boss, ada, bob]) await accounts.add(account);
    let now = 1_790_000_000_000;
    const tokens = createApiTokens(store, tokenHash, () => now++);
    const [own, command] = [
      await tokens.add('Own', 'read', { accountId: ada.id }),
      await tokens.add('Command', 'read'),
    ];
    const ofBob = await tokens.add('Of Bob', 'read', { accountId: bob.id });
    const rolesNow = async () => (await tokens.check(own.token))?.makerRoles;
    expect(await rolesNow()).toEqual({ shop: 'admin' });
    await accounts.change(ada.id, { roles: { shop: 'viewer', help: 'billing' } });
    await tokens.recheck();
    expect(await rolesNow()).toEqual({ shop: 'viewer', help: 'billing' });
    await accounts.change(ada.id, { roles: { shop: 'agent' } });
    tokens.forgetThoseOf(ada.id);
    expect(await rolesNow()).toEqual({ shop: 'agent' });
    await accounts.change(ada.id, { deactivatedAt: Date.now() });
    await tokens.recheck();
    expect(await tokens.check(own.token)).toBeUndefined();
    await accounts.change(ada.id, { deactivatedAt: null });
    expect(await tokens.check(own.token)).toBeUndefined();
    expect((await tokens.list()).map(({ name }) => name)).toEqual(['Command', 'Of Bob']);
    await accounts.remove(bob);
    await tokens.recheck();
    expect(await tokens.check(ofBob.token)).toBeUndefined();
    expect(await tokens.check(command.token)).toEqual(command.program);
  });

  test('that were being made while the agent was deactivated never work', async () => {
    const { store, accounts } = await open();
    const ada = accountOf('ada@example.com', { deactivatedAt: Date.now() });
    await accounts.add(ada);
    const tokens = createApiTokens(store, tokenHash);
    const { token } = await tokens.add('Late', 'read', { accountId: ada.id });
    expect(await tokens.check(token)).toBeUndefined();
    await accounts.change(ada.id, { deactivatedAt: null });
    expect(await tokens.check(token)).toBeUndefined();
  });
});

test('an agent stays active when the database fails to remove the tokens with the account', async () => {
  const database = await openTestDatabase();
  const [store, accounts] = [createPostgresApiTokenStore(database), createPostgresAccountStore(database)];
  const ada = accountOf('ada@example.com');
  await accounts.add(ada);
  await createApiTokens(store, tokenHash).add('Own', 'read', { accountId: ada.id });
  await database.query((db) =>
    sql`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk failed'; END $$`.execute(
      db,
    ),
  );
  await database.query((db) =>
    sql`CREATE TRIGGER fail BEFORE DELETE ON api_tokens FOR EACH ROW EXECUTE FUNCTION fail()`.execute(db),
  );
  await expect(accounts.change(ada.id, { deactivatedAt: Date.now() })).rejects.toThrow('the disk failed');
  expect((await accounts.load(ada.id))?.deactivatedAt).toBeUndefined();
  await expect(accounts.remove(ada)).rejects.toThrow('the disk failed');
  expect(await accounts.load(ada.id)).toEqual(ada);
});

test('a token that another process revokes is refused after the next recheck, and after 10 s without one', async () => {
  const store = createMemoryApiTokenStore();
  let now = 0;
  const here = createApiTokens(store, tokenHash, () => now);
  const elsewhere = createApiTokens(store, tokenHash, () => now);
  const { token, program } = await elsewhere.add('Importer', 'read');
  const kept = await elsewhere.add('Report', 'read');
  expect([await here.check(token), await here.check(kept.token)]).toEqual([program, kept.program]);
  await elsewhere.remove(program.id);
  expect(await here.check(token)).toEqual(program);
  await here.recheck();
  expect([await here.check(token), await here.check(kept.token)]).toEqual([undefined, kept.program]);
  await elsewhere.remove(kept.program.id);
  now = 9_999;
  expect(await here.check(kept.token)).toEqual(kept.program);
  now = 10_000;
  expect(await here.check(kept.token)).toBeUndefined();
});

test('while the database is away, a known token works for 10 s, and every other one is "unavailable"', async () => {
  const memory = createMemoryApiTokenStore();
  let now = 0;
  let away = false;
  const tokens = createApiTokens(
    {
      ...memory,
      async findAll(hashes) {
        if (away) throw new RecordsError('unavailable', 'The database did not answer.');
        return memory.findAll(hashes);
      },
    },
    tokenHash,
    () => now,
  );
  const [known, other] = [await tokens.add('Importer', 'read'), await tokens.add('Report', 'read')];
  await tokens.check(known.token);
  away = true;
  now = 9_999;
  expect(await tokens.check(known.token)).toEqual(known.program);
  await expect(tokens.check(other.token)).rejects.toThrow(RecordsError);
  now = 10_000;
  await expect(tokens.check(known.token)).rejects.toThrow(RecordsError);
  away = false;
  expect(await tokens.check(known.token)).toEqual(known.program);
});

test('a flood of guessed tokens costs a few queries, beside which a real token is found', async ({ task }) => {
  const memory = createMemoryApiTokenStore();
  const waiting: (() => void)[] = [];
  let queries = 0;
  const tokens = createApiTokens(
    {
      ...memory,
      async findAll(hashes) {
        queries += 1;
        await new Promise<void>((resolve) => waiting.push(resolve));
        return memory.findAll(hashes);
      },
    },
    tokenHash,
  );
  const { token, program } = await tokens.add('Importer', 'read');
  const guess = (n: number) => tokens.check(`fw_${n.toString().padStart(43, 'x')}`);
  const guesses = Array.from({ length: 500 }, (_, n) => guess(n));
  await expect.poll(() => waiting.length).toBe(1);
  const found = tokens.check(token);
  guesses.push(...Array.from({ length: 500 }, (_, n) => guess(500 + n)));
  waiting.shift()?.();
  await expect.poll(() => waiting.length).toBe(1);
  waiting.shift()?.();
  expect(await found).toEqual(program);
  expect(new Set(await Promise.all(guesses))).toEqual(new Set([undefined]));
  for (const malformed of ['fw_', `fw_${'x'.repeat(44)}`, `fw_${'x'.repeat(42)}é`, 'x'.repeat(46)])
    expect(await tokens.check(malformed)).toBeUndefined();
  expect(queries).toBe(2);
  addSecurityRow(task, {
    id: 'guessed tokens',
    tried: '1,000 guessed API tokens in two waves, and 4 malformed ones',
    result: `0 accepted, ${queries} queries; a real token among them is found by the second`,
  });
});

test('the database has no token, only hashes', async () => {
  const database = await openTestDatabase();
  const { token } = await createApiTokens(createPostgresApiTokenStore(database), tokenHash).add('Importer', 'read');
  const { rows } = await database.query((db) => sql`SELECT t::text AS stored FROM api_tokens t`.execute(db));
  expect(JSON.stringify(rows)).not.toContain(token.slice(3));
});
