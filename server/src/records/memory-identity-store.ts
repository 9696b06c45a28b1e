/** Links to identity providers in memory, for unit tests. */
import type { Identity, IdentityStore } from './identity-store.ts';

export function createMemoryIdentityStore(): IdentityStore {
  const links = new Map<string, Identity & { readonly accountId: string }>();
  const keyOf = ({ issuer, subject }: Identity) => JSON.stringify([issuer, subject]);
  return {
    find: async (identity) => links.get(keyOf(identity))?.accountId,
    async link(identity, accountId) {
      const isLinked = [...links.values()].some(
        (link) => link.accountId === accountId && link.issuer === identity.issuer,
      );
      if (isLinked || links.has(keyOf(identity))) return false;
      links.set(keyOf(identity), { ...identity, accountId });
      return true;
    },
    async unlink(accountId) {
      const own = [...links].filter(([, link]) => link.accountId === accountId);
      for (const [key] of own) links.delete(key);
      return own.length > 0;
    },
  };
}
