/** Builds the accounts and API tokens of a web process, and takes over those that older versions stored in Redis. */
import { type AgentPictures, createAgentPictures } from '../agents/agent-pictures.ts';
import { type Agents, createAgents } from '../agents/agents.ts';
import { type ApiTokens, createApiTokens } from '../agents/api-tokens.ts';
import { createPasswordPool } from '../agents/password-pool.ts';
import { createPasswords, SCRYPT_COST } from '../agents/passwords.ts';
import type { ProviderSignIn, ProviderSignInParts } from '../agents/provider-sign-in.ts';
import { takeOverAccounts } from '../agents/take-over-accounts.ts';
import type { Config } from '../config/config.ts';
import type { Log } from '../lib/log.ts';
import { startPeriodic } from '../lib/periodic.ts';
import type { Redis } from '../lib/redis.ts';
import { retryUntilDone } from '../lib/retry-until-done.ts';
import type { TokenHash } from '../lib/tokens.ts';
import type { Records } from '../records/records.ts';
import { RecordsError } from '../records/records-error.ts';
import { createAgentSessionStore } from '../store/agent-session-store.ts';
import { createFormerAccounts } from '../store/former-accounts.ts';
import type { RedisKeys } from '../store/keys.ts';
import { createPictureNames } from '../store/picture-names.ts';
import { createSignInLimits } from '../store/sign-in-limits.ts';
import { openProviderSignIn } from './web-sign-in.ts';

export interface WebAgentsParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly records: Pick<Records, 'accounts' | 'identities' | 'apiTokens' | 'pictures'>;
  readonly tokenHash: TokenHash;
  readonly settings: Pick<Config, 'signIn' | 'oidc' | 'publicUrl'>;
  readonly useOnce: ProviderSignInParts['useOnce'];
  readonly log: Log;
}

export interface WebAgents {
  readonly agents: Agents;
  readonly apiTokens: ApiTokens;
  readonly pictures: AgentPictures;
  /** Undefined where agents sign in with passwords alone. */
  readonly providerSignIn: ProviderSignIn | undefined;
  close(): Promise<void>;
}

/** How often revoked tokens are looked for: as often as a change of agents' access. */
const RECHECK_MS = 1000;
const SESSION_TIMES = { idleSeconds: 12 * 3600, absoluteSeconds: 7 * 24 * 3600 };

/**
 * Resolves when every account is taken over and its picture known, or at once while the database is away: they then follow
 * when it is back.
 */
export async function createWebAgents(parts: WebAgentsParts): Promise<WebAgents> {
  const { redis, keys, records, tokenHash, settings, log } = parts;
  const { accounts, identities, apiTokens } = records;
  const former = createFormerAccounts(redis, keys);
  const pictures = createAgentPictures(records.pictures, createPictureNames(redis, keys));
  const takeOver = async () => {
    await takeOverAccounts({ former, accounts, apiTokens });
    await pictures.restore();
  };
  const onFailure = (error: unknown) => {
    if (!(error instanceof RecordsError)) log.warn({ reason: String(error) }, 'taking over accounts failed; retrying');
  };
  const closing = new AbortController();
  let following: Promise<void> | undefined;
  await takeOver().catch((error: unknown) => {
    onFailure(error);
    following = retryUntilDone(takeOver, { signal: closing.signal, onFailure });
  });
  const pool = createPasswordPool();
  const programs = createApiTokens(apiTokens, tokenHash);
  const rechecking = startPeriodic(programs.recheck, RECHECK_MS, (reason) =>
    log.warn({ reason }, 'looking for revoked API tokens failed; retrying every second'),
  );
  const limits = createSignInLimits(redis, keys.signInLimits(), tokenHash);
  const agents = createAgents({
    accounts,
    identities,
    apiTokens: programs,
    sessions: createAgentSessionStore(redis, keys),
    limits,
    tokenHash,
    passwords: createPasswords(SCRYPT_COST, pool.derive),
    times: SESSION_TIMES,
    requireSecondFactor: settings.signIn.requireSecondFactor,
  });
  return {
    agents,
    apiTokens: programs,
    pictures,
    providerSignIn: openProviderSignIn({ records, agents, limits, tokenHash, useOnce: parts.useOnce, log }, settings),
    async close() {
      closing.abort();
      await rechecking.stop();
      await following;
      await pool.close();
    },
  };
}
