import { randomUUID } from 'node:crypto';
import type { AccountStore, Link } from '@firstword/server/records/account-store';
import { createMemoryAccountStore } from '@firstword/server/records/memory-account-store';
import { createPostgresAccountStore } from '@firstword/server/records/postgres-account-store';
import { describe, expect, test } from 'vitest';
import { accountOf } from './account-of.ts';
import { openTestDatabase } from './open-test-database.ts';

const HOUR_MS = 3600 * 1000;

/** Opens a link, and returns the hash of its token. */
async function linkIn(store: AccountStore, link: Link, expiresAt = Date.now() + HOUR_MS): Promise<string> {
  const tokenHash = randomUUID();
  await store.openLink(tokenHash, link, expiresAt);
  return tokenHash;
}

const STORES: Readonly<Record<string, () => Promise<AccountStore>>> = {
  'in memory': async () => createMemoryAccountStore(),
  'in PostgreSQL': async () => createPostgresAccountStore(await openTestDatabase()),
};

describe.each(Object.entries(STORES))('accounts %s', (_name, open) => {
  test('an account is found by id and address, listed and removed', async () => {
    const store = await open();
    const [ada, bob] = [accountOf('ada@example.com'), accountOf('bob@example.com', { roles: { '*': 'admin' } })];
    expect([await store.add(bob), await store.add(ada)]).toEqual([true, true]);
    expect(await store.load(ada.id)).toEqual(ada);
    expect(await store.find('bob@example.com')).toEqual(bob);
    expect(await store.list()).toEqual([ada, bob]);
    await store.remove(ada);
    expect([await store.count(), await store.find('ada@example.com'), await store.load(ada.id)]).toEqual([
      1,
      undefined,
      undefined,
    ]);
  });

  test('the access of some accounts is read together, with nothing else of them', async () => {
    const store = await open();
    const [ada, bob, eve] = ['ada', 'bob', 'eve'].map((name) => accountOf(`${name}@example.com`));
    if (ada === undefined || bob === undefined || eve === undefined) throw new Error('no accounts');
    for (const account of [ada, bob, eve]) await store.add(account);
    await store.change(bob.id, { deactivatedAt: 1_790_000_001_000, credential: 'c2', roles: { acme: 'viewer' } });
    const found = await store.access([bob.id, 'unknown', ada.id]);
    expect(new Map(found.map(({ id, ...access }) => [id, access]))).toEqual(
      new Map([
        [ada.id, { roles: ada.roles, credential: 'c1' }],
        [bob.id, { roles: { acme: 'viewer' }, credential: 'c2', deactivatedAt: 1_790_000_001_000 }],
      ]),
    );
    expect(await store.access([])).toEqual([]);
  });

  test('an account and an invitation have a role for each site, which can change', async () => {
    const store = await open();
    const boss = accountOf('boss@example.com', { roles: { '*': 'admin' } });
    const ada = accountOf('ada@example.com', { roles: { acme: 'agent', other: 'viewer', north: 'billing' } });
    await Promise.all([store.add(boss), store.add(ada)]);
    expect(await store.load(ada.id)).toEqual(ada);
    const roles = { '*': 'viewer', acme: 'admin' } as const;
    expect(await store.change(ada.id, { roles })).toBe('done');
    expect(await store.find(ada.email)).toEqual({ ...ada, roles });
    // An administrator of one site, and a role on all of them, do not keep the installation manageable.
    expect(await store.change(boss.id, { roles: { acme: 'admin' } })).toBe('last-admin');
    await linkIn(store, { kind: 'invite', email: 'bob@example.com', roles });
    expect(await store.listInvites()).toMatchObject([{ email: 'bob@example.com', roles }]);
  });

  test('an address has one account', async () => {
    const store = await open();
    const results = await Promise.all([1, 2, 3].map(() => store.add(accountOf('ada@example.com'))));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await store.count()).toBe(1);
  });

  test('of several first links, one creates the first account, and the others are refused', async () => {
    const store = await open();
    const link = { kind: 'first-run' } as const;
    const tokens = [await linkIn(store, link), await linkIn(store, link)];
    expect(await store.readLink(tokens[0] ?? '')).toEqual(link);
    const outcomes = await Promise.all(
      tokens.map((token, index) => store.redeem(token, link, accountOf(`agent-${index}@example.com`))),
    );
    expect(outcomes.sort()).toEqual(['done', 'refused']);
    expect(await store.count()).toBe(1);
  });

  test('an invitation works once; for an address that has an account it stays usable', async () => {
    const store = await open();
    const link = { kind: 'invite', email: 'ada@example.com', roles: { '*': 'admin' } } as const;
    const token = await linkIn(store, link);
    const taken = accountOf('ada@example.com');
    await store.add(taken);
    expect(await store.redeem(token, link, accountOf('ada@example.com'))).toBe('taken');
    await store.remove(taken);
    expect(await store.readLink(token)).toEqual(link);
    expect(await store.redeem(token, link, accountOf('ada@example.com'))).toBe('done');
    expect(await store.redeem(token, link, accountOf('eve@example.com'))).toBe('refused');
    expect(await store.readLink(token)).toBeUndefined();
  });

  test('a reset replaces the account it was issued for, and never creates one', async () => {
    const store = await open();
    const ada = accountOf('ada@example.com');
    await store.add(ada);
    const link = { kind: 'reset', email: 'ada@example.com' } as const;
    const token = await linkIn(store, link);
    expect(await store.redeem(token, link, accountOf('ada@example.com'))).toBe('refused');
    const changed = { ...ada, passwordHash: 'other', credential: 'c2' };
    expect(await store.redeem(token, link, changed)).toBe('done');
    expect(await store.find('ada@example.com')).toEqual(changed);
  });

  test('a hash is renewed unless the password has changed meanwhile', async () => {
    const store = await open();
    const ada = accountOf('ada@example.com');
    await store.add(ada);
    await store.renewHash(ada.id, 'another hash', 'late');
    expect(await store.load(ada.id)).toEqual(ada);
    await store.renewHash(ada.id, 'hash', 'new');
    expect(await store.load(ada.id)).toEqual({ ...ada, passwordHash: 'new' });
  });

  test('an unknown token is refused', async () => {
    const store = await open();
    expect(await store.readLink('unknown')).toBeUndefined();
    expect(await store.redeem('unknown', { kind: 'first-run' }, accountOf('eve@example.com'))).toBe('refused');
  });

  test('an imported account that was removed since, and an imported link that was used, do not come back', async () => {
    const store = await open();
    const ada = accountOf('ada@example.com');
    const invite = { kind: 'invite', email: 'bob@example.com', roles: { acme: 'agent', other: 'viewer' } } as const;
    const bring = async () => {
      await store.importAccount(ada);
      await store.importLink('hash', invite, Date.now() + HOUR_MS);
    };
    await bring();
    await bring();
    expect([await store.list(), await store.readLink('hash')]).toEqual([[ada], invite]);
    await store.remove(ada);
    expect(await store.redeem('hash', invite, accountOf('bob@example.com'))).toBe('done');
    await bring();
    expect([await store.find('ada@example.com'), await store.readLink('hash')]).toEqual([undefined, undefined]);
  });

  test('an imported account never replaces one with its address', async () => {
    const store = await open();
    const ada = accountOf('ada@example.com');
    await store.add(ada);
    await store.importAccount(accountOf('ada@example.com'));
    expect(await store.list()).toEqual([ada]);
  });
});

test('an expired link is refused', async () => {
  const database = await openTestDatabase();
  let now = Date.now();
  for (const store of [createPostgresAccountStore(database, () => now), createMemoryAccountStore(() => now)]) {
    const token = await linkIn(store, { kind: 'first-run' }, now + HOUR_MS);
    now += HOUR_MS + 1;
    expect(await store.readLink(token)).toBeUndefined();
    expect(await store.redeem(token, { kind: 'first-run' }, accountOf('ada@example.com'))).toBe('refused');
  }
});

test('roles of an earlier version count as they are stored, and so does what such a version changes', async () => {
  const database = await openTestDatabase();
  const store = createPostgresAccountStore(database);
  const ada = accountOf('ada@example.com', { roles: { acme: 'agent', other: 'viewer' } });
  await store.add(ada);
  const stored = () =>
    database.query((db) => db.selectFrom('accounts').select(['role', 'sites']).executeTakeFirstOrThrow());
  // It would give the role on each of the sites, so it finds the weakest.
  expect(await stored()).toEqual({ role: 'viewer', sites: ['acme', 'other'] });
  const changeAs = (columns: { role?: string; sites?: string[] | null; site_roles?: null }) =>
    database.query((db) => db.updateTable('accounts').set(columns).execute());
  await changeAs({ role: 'billing' });
  expect((await store.load(ada.id))?.roles).toEqual({ acme: 'billing', other: 'billing' });
  await changeAs({ role: 'agent', sites: null, site_roles: null });
  expect((await store.load(ada.id))?.roles).toEqual({ '*': 'agent' });
});
