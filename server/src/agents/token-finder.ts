/**
 * Finds API tokens in the database, one query at a time: those that are asked for meanwhile share the next one. A flood of guessed
 * tokens then costs a few queries, and leaves the database's connections to others.
 */
import type { ApiTokenStore, KnownProgram } from '../records/api-token-store.ts';

export type FindToken = (tokenHash: string) => Promise<KnownProgram | undefined>;

interface Asked {
  readonly hashes: Set<string>;
  readonly found: Promise<ReadonlyMap<string, KnownProgram>>;
}

export function createTokenFinder(store: Pick<ApiTokenStore, 'findAll'>): FindToken {
  let next: Asked | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const ask = (): Asked => {
    const hashes = new Set<string>();
    const found = last.then(() => {
      next = undefined;
      return store.findAll([...hashes]);
    });
    last = found.catch(() => {});
    return { hashes, found };
  };
  return async (tokenHash) => {
    next ??= ask();
    const { hashes, found } = next;
    hashes.add(tokenHash);
    return (await found).get(tokenHash);
  };
}
