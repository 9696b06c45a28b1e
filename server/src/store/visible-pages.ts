/** Which agents see a page of the console, across processes. Entries expire by themselves, so a dead process leaves none behind. */
import type { Redis } from '../lib/redis.ts';
import { createExpiringSet } from './expiring-set.ts';
import type { RedisKeys } from './keys.ts';

export interface VisiblePage {
  readonly agentId: string;
  readonly socketId: string;
}

export interface VisiblePages {
  /** Adds or renews the entries of these pages. */
  touch(pages: readonly VisiblePage[]): Promise<void>;
  drop(page: VisiblePage): Promise<void>;
  agents(): Promise<ReadonlySet<string>>;
}

/** @param ttlMs how long an entry lives unless it is renewed */
export function createVisiblePages(redis: Redis, keys: RedisKeys, ttlMs: number): VisiblePages {
  const pages = createExpiringSet(redis, keys.visiblePages(), ttlMs);
  const toMember = ({ agentId, socketId }: VisiblePage) => `${agentId} ${socketId}`;
  return {
    touch: (visible) => pages.touch(visible.map(toMember)),
    drop: (page) => pages.drop(toMember(page)),
    agents: async () => new Set((await pages.read()).map((member) => member.slice(0, member.indexOf(' ')))),
  };
}
