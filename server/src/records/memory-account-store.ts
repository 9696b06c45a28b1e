/** Accounts in memory, for unit tests. */
import { randomUUID } from 'node:crypto';
import { type Account, type AccountStore, accessOf, changedAccount, isFullAdmin, type Link } from './account-store.ts';

/** @param removeTokens removes the API tokens that this agent made */
export function createMemoryAccountStore(
  now: () => number = Date.now,
  removeTokens: (accountId: string) => void = () => {},
): AccountStore {
  const accounts = new Map<string, Account>();
  const links = new Map<string, { readonly id: string; readonly link: Link; readonly until: number }>();
  const imported = new Set<string>();
  const findByEmail = (email: string) => [...accounts.values()].find((account) => account.email === email);
  // Without awaiting: an interleaved call must not see a state between two steps.
  const validLink = (tokenHash: string) => {
    const found = links.get(tokenHash);
    return found !== undefined && found.until > now() ? found.link : undefined;
  };
  const once = (source: string, work: () => void) => {
    if (imported.has(source)) return;
    imported.add(source);
    work();
  };
  return {
    count: async () => accounts.size,
    load: async (id) => accounts.get(id),
    find: async (email) => findByEmail(email),
    access: async (ids) => [...accounts.values()].filter(({ id }) => ids.includes(id)).map(accessOf),
    list: async () => [...accounts.values()].sort((one, other) => one.email.localeCompare(other.email)),
    async add(account) {
      if (findByEmail(account.email) !== undefined) return false;
      accounts.set(account.id, account);
      return true;
    },
    async remove({ id }) {
      accounts.delete(id);
      removeTokens(id);
    },
    async change(id, change) {
      const account = accounts.get(id);
      if (account === undefined) return 'not-found';
      const changed = changedAccount(account, change);
      const others = [...accounts.values()].some((each) => each.id !== id && isFullAdmin(each));
      if (isFullAdmin(account) && !isFullAdmin(changed) && !others) return 'last-admin';
      accounts.set(id, changed);
      if (account.deactivatedAt !== undefined || changed.deactivatedAt !== undefined) removeTokens(id);
      return 'done';
    },
    async useSecondFactor(id, from, to) {
      const account = accounts.get(id);
      if (JSON.stringify(account?.secondFactor) !== JSON.stringify(from) || account === undefined) return false;
      accounts.set(id, { ...account, secondFactor: to });
      return true;
    },
    async renewHash(id, from, to) {
      const account = accounts.get(id);
      if (account?.passwordHash === from) accounts.set(id, { ...account, passwordHash: to });
    },
    async openLink(tokenHash, link, until) {
      links.set(tokenHash, { id: randomUUID(), link, until });
    },
    async listInvites() {
      const open = [...links.values()].flatMap(({ id, link, until }) => {
        if (link.kind !== 'invite' || until <= now()) return [];
        const { kind: _, ...invite } = link;
        return [{ ...invite, id, expiresAt: until }];
      });
      return open.sort((one, other) => one.email.localeCompare(other.email));
    },
    async removeInvite(id) {
      const found = [...links].find(([, each]) => each.id === id && each.link.kind === 'invite');
      return found !== undefined && links.delete(found[0]);
    },
    readLink: async (tokenHash) => validLink(tokenHash),
    async redeem(tokenHash, { kind }, account) {
      if (validLink(tokenHash) === undefined) return 'refused';
      if (kind === 'first-run' && accounts.size > 0) {
        links.delete(tokenHash);
        return 'refused';
      }
      const known = findByEmail(account.email);
      if (kind === 'reset' && known?.id !== account.id) return 'refused';
      if (kind !== 'reset' && known !== undefined) return 'taken';
      links.delete(tokenHash);
      accounts.set(account.id, account);
      return 'done';
    },
    async importAccount(account) {
      once(`account:${account.id}`, () => {
        if (findByEmail(account.email) === undefined) accounts.set(account.id, account);
      });
    },
    async importLink(tokenHash, link, until) {
      once(`link:${tokenHash}`, () => links.set(tokenHash, { id: randomUUID(), link, until }));
    },
  };
}
