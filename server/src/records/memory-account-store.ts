/** Accounts in memory, for unit tests. */
import { mintToken } from '../lib/tokens.ts';
import type { Account, AccountStore, Link } from './account-store.ts';

export function createMemoryAccountStore(now: () => number = Date.now): AccountStore {
  const accounts = new Map<string, Account>();
  const links = new Map<string, { readonly link: Link; readonly until: number }>();
  const findByEmail = (email: string) => [...accounts.values()].find((account) => account.email === email);
  // Without awaiting: an interleaved call must not see a state between two steps.
  const validLink = (token: string) => {
    const found = links.get(token);
    return found !== undefined && found.until > now() ? found.link : undefined;
  };
  return {
    count: async () => accounts.size,
    load: async (id) => accounts.get(id),
    find: async (email) => findByEmail(email),
    list: async () => [...accounts.values()].sort((one, other) => one.email.localeCompare(other.email)),
    async add(account) {
      if (findByEmail(account.email) !== undefined) return false;
      accounts.set(account.id, account);
      return true;
    },
    async remove({ id }) {
      accounts.delete(id);
    },
    async openLink(link, seconds) {
      const token = mintToken();
      links.set(token, { link, until: now() + seconds * 1000 });
      return token;
    },
    readLink: async (token) => validLink(token),
    async redeem(token, { kind }, account) {
      if (validLink(token) === undefined) return 'refused';
      if (kind === 'first-run' && accounts.size > 0) {
        links.delete(token);
        return 'refused';
      }
      const known = findByEmail(account.email);
      if (kind === 'reset' && known?.id !== account.id) return 'refused';
      if (kind !== 'reset' && known !== undefined) return 'taken';
      links.delete(token);
      accounts.set(account.id, account);
      return 'done';
    },
  };
}
