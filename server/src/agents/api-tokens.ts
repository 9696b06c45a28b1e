/** API tokens, which programs use instead of an agent's session. Only their hashes are stored. */
import { randomUUID } from 'node:crypto';
import { mintToken, type TokenHash } from '../lib/tokens.ts';
import type { ApiTokenStore, KnownProgram, ListedProgram, Program } from '../records/api-token-store.ts';
import { createTokenFinder } from './token-finder.ts';

export interface ApiTokens {
  /** @returns the token, which can't be shown again */
  add(name: string, scope: Program['scope'], limits?: TokenLimits): Promise<{ token: string; program: Program }>;
  /** Oldest first. */
  list(): Promise<ListedProgram[]>;
  /** Revokes the token; other processes notice that when they recheck. False when the program does not exist. */
  remove(id: string): Promise<boolean>;
  /** Reads those that this agent made from the database before their next use: the agent's access has changed. */
  forgetThoseOf(accountId: string): void;
  /** The program behind a token; undefined when there is none, or it has expired. */
  check(token: string): Promise<KnownProgram | undefined>;
  /** Follows what another process or a command has revoked, and changes of what the agents who made tokens may do. @throws RecordsError while the database is away */
  recheck(): Promise<void>;
}

/** Absent: all sites, no end, and no agent. */
export type TokenLimits = Pick<Program, 'sites' | 'accountId' | 'expiresAt'>;

/** Lets secret scanners recognize a leaked token. */
const PREFIX = 'fw_';
const FORM = /^fw_[\w-]{43}$/;
/** How long a token is accepted without a request that asks the database: what an outage may last. */
const TRUSTED_MS = 10_000;
/** How exactly the last use of a token is known. */
const USE_NOTED_MS = 60_000;
/** Valid tokens that are in use at once. */
const TRUSTED_MAX = 1000;

export function createApiTokens(store: ApiTokenStore, tokenHash: TokenHash, now: () => number = Date.now): ApiTokens {
  const find = createTokenFinder(store);
  // Only tokens that exist: invalid ones can't fill the memory, and a new one works at once.
  const trusted = new Map<string, { readonly program: KnownProgram; readonly until: number }>();
  const trust = (hash: string, program: KnownProgram, since: number) => {
    trusted.delete(hash);
    trusted.set(hash, { program, until: since + TRUSTED_MS });
    const [oldest] = trusted.keys();
    if (trusted.size > TRUSTED_MAX && oldest !== undefined) trusted.delete(oldest);
  };
  const notedAt = new Map<string, number>();
  /** In the background: no request waits for it, and without the database it is left out. */
  const noteUse = ({ id }: Program) => {
    if (now() - (notedAt.get(id) ?? 0) < USE_NOTED_MS) return;
    notedAt.delete(id);
    notedAt.set(id, now());
    const [oldest] = notedAt.keys();
    if (notedAt.size > TRUSTED_MAX && oldest !== undefined) notedAt.delete(oldest);
    void store.noteUse(id, now()).catch(() => {});
  };
  const isValid = ({ expiresAt = Number.POSITIVE_INFINITY, makerRoles }: KnownProgram) =>
    now() < expiresAt && (makerRoles === undefined || Object.keys(makerRoles).length > 0);
  return {
    async add(name, scope, limits = {}) {
      const token = `${PREFIX}${mintToken()}`;
      const program: Program = { id: randomUUID(), name, scope, createdAt: now(), ...limits };
      await store.add(tokenHash(token), program);
      return { token, program };
    },
    list: () => store.list(),
    async remove(id) {
      const removed = await store.remove(id);
      for (const [hash, { program }] of trusted) if (program.id === id) trusted.delete(hash);
      return removed;
    },
    forgetThoseOf(accountId) {
      for (const [hash, { program }] of trusted) if (program.accountId === accountId) trusted.delete(hash);
    },
    async check(token) {
      if (!FORM.test(token)) return undefined;
      const hash = tokenHash(token);
      const known = trusted.get(hash);
      if (known !== undefined && now() < known.until) return isValid(known.program) ? known.program : undefined;
      const askedAt = now();
      const program = await find(hash);
      if (program === undefined || !isValid(program)) {
        trusted.delete(hash);
        return undefined;
      }
      trust(hash, program, askedAt);
      noteUse(program);
      return program;
    },
    async recheck() {
      for (const [hash, { until }] of trusted) if (until <= now()) trusted.delete(hash);
      if (trusted.size === 0) return;
      const asked = [...trusted];
      const existing = await store.findAll(asked.map(([hash]) => hash));
      for (const [hash, known] of asked) {
        if (trusted.get(hash) !== known) continue; // a request has read it meanwhile
        const program = existing.get(hash);
        if (program === undefined) trusted.delete(hash);
        else trusted.set(hash, { ...known, program });
      }
    },
  };
}
