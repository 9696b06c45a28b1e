import { createMemoryAccountStore } from '@firstword/server/records/memory-account-store';
import { createMemoryIdentityStore } from '@firstword/server/records/memory-identity-store';
import { createPostgresAccountStore } from '@firstword/server/records/postgres-account-store';
import { createPostgresIdentityStore } from '@firstword/server/records/postgres-identity-store';
import { describe, expect, test } from 'vitest';
import { accountOf } from './account-of.ts';
import { openTestDatabase } from './open-test-database.ts';

async function openStores(kind: 'memory' | 'postgres') {
  if (kind === 'memory') return { accounts: createMemoryAccountStore(), identities: createMemoryIdentityStore() };
  const database = await openTestDatabase();
  return { accounts: createPostgresAccountStore(database), identities: createPostgresIdentityStore(database) };
}

const ISSUER = 'https://id.example';

describe.each(['memory', 'postgres'] as const)('links to an identity provider in %s', (kind) => {
  test('lead from a person to one account, until they are removed', async () => {
    const { accounts, identities } = await openStores(kind);
    const [ada, bob] = [accountOf('ada@example.com'), accountOf('bob@example.com')];
    await accounts.add(ada);
    await accounts.add(bob);
    const person = { issuer: ISSUER, subject: '1' };
    expect(await identities.find(person)).toBeUndefined();
    const linked = await Promise.all([1, 2, 3].map(() => identities.link(person, ada.id)));
    expect(linked.filter(Boolean)).toHaveLength(1);
    expect(await identities.link(person, bob.id)).toBe(false);
    expect(await identities.link({ issuer: ISSUER, subject: '2' }, ada.id)).toBe(false);
    expect(await identities.link({ issuer: 'https://other.example', subject: '1' }, ada.id)).toBe(true);
    expect([await identities.find(person), await identities.find({ issuer: ISSUER, subject: '2' })]).toEqual([
      ada.id,
      undefined,
    ]);
    expect([await identities.unlink(ada.id), await identities.unlink(ada.id)]).toEqual([true, false]);
    expect(await identities.find(person)).toBeUndefined();
    expect(await identities.link(person, bob.id)).toBe(true);
  });
});

test('a link ends with its account', async () => {
  const { accounts, identities } = await openStores('postgres');
  const ada = accountOf('ada@example.com');
  await accounts.add(ada);
  await identities.link({ issuer: ISSUER, subject: '1' }, ada.id);
  await accounts.remove(ada);
  expect(await identities.find({ issuer: ISSUER, subject: '1' })).toBeUndefined();
});
