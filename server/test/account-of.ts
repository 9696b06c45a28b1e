/** An account for tests of stores. */
import { randomUUID } from 'node:crypto';
import type { Account } from '@firstword/server/records/account-store';

export function accountOf(email: string, more: Partial<Account> = {}): Account {
  const fixed = {
    name: 'Ada',
    roles: { '*': 'agent' } as const,
    passwordHash: 'hash',
    credential: 'c1',
    createdAt: 1_790_000_000_000,
  };
  return { id: randomUUID(), email, ...fixed, ...more };
}
