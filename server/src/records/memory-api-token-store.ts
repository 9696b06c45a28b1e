/** API tokens in memory, for unit tests. */
import type { ApiTokenStore, Program } from './api-token-store.ts';

export function createMemoryApiTokenStore(): ApiTokenStore {
  const programs = new Map<string, Program>();
  const imported = new Set<string>();
  return {
    async add(tokenHash, program) {
      programs.set(tokenHash, program);
    },
    find: async (tokenHash) => programs.get(tokenHash),
    list: async () => [...programs.values()].sort((one, other) => one.createdAt - other.createdAt),
    async remove(id) {
      const hashes = [...programs].flatMap(([hash, program]) => (program.id === id ? [hash] : []));
      for (const hash of hashes) programs.delete(hash);
      return hashes.length > 0;
    },
    async importToken(tokenHash, program) {
      if (!imported.has(tokenHash)) programs.set(tokenHash, program);
      imported.add(tokenHash);
    },
  };
}
