/** API tokens in memory, for unit tests. */
import type { Account } from './account-store.ts';
import type { ApiTokenStore, KnownProgram, Program } from './api-token-store.ts';

export interface MemoryApiTokenStore extends ApiTokenStore {
  /** Removes those that this agent made. */
  removeOf(accountId: string): void;
}

type LoadMaker = (accountId: string) => Promise<Account | undefined>;

export function createMemoryApiTokenStore(loadMaker: LoadMaker = async () => undefined): MemoryApiTokenStore {
  const programs = new Map<string, Program>();
  const used = new Map<string, number>();
  const imported = new Set<string>();
  const known = async (program: Program): Promise<KnownProgram> => {
    if (program.accountId === undefined) return program;
    const maker = await loadMaker(program.accountId);
    return { ...program, makerRoles: maker === undefined || maker.deactivatedAt !== undefined ? {} : maker.roles };
  };
  return {
    async add(tokenHash, program) {
      programs.set(tokenHash, program);
    },
    find: async (tokenHash) => programs.get(tokenHash),
    async findAll(tokenHashes) {
      const asked = [...programs].filter(([hash]) => tokenHashes.includes(hash));
      return new Map(await Promise.all(asked.map(async ([hash, program]) => [hash, await known(program)] as const)));
    },
    async list() {
      const all = [...programs.values()].sort((one, other) => one.createdAt - other.createdAt);
      return Promise.all(
        all.map(async (program) => {
          const lastUsedAt = used.get(program.id);
          return { ...(await known(program)), ...(lastUsedAt === undefined ? {} : { lastUsedAt }) };
        }),
      );
    },
    async noteUse(id, at) {
      used.set(id, at);
    },
    removeOf(accountId) {
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
