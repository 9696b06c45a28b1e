/** API tokens in memory, for unit tests. */
import type { ApiTokenStore, Program } from './api-token-store.ts';

export function createMemoryApiTokenStore(): ApiTokenStore {
  const programs = new Map<string, Program>();
  const used = new Map<string, number>();
  const imported = new Set<string>();
  return {
    async add(tokenHash, program) {
      programs.set(tokenHash, program);
    },
    find: async (tokenHash) => programs.get(tokenHash),
    findAll: async (tokenHashes) => new Map([...programs].filter(([hash]) => tokenHashes.includes(hash))),
    list: async () =>
      [...programs.values()]
        .sort((one, other) => one.createdAt - other.createdAt)
        .map((program) => {
          const lastUsedAt = used.get(program.id);
          return lastUsedAt === undefined ? program : { ...program, lastUsedAt };
        }),
    async noteUse(id, at) {
      used.set(id, at);
    },
    async removeOf(accountId) {
      for (const [hash, program] of programs) if (program.accountId === accountId) programs.delete(hash);
    },
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
