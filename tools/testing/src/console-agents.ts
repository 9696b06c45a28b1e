/** The agents of a test console. Their passwords cost little to verify, and are counted when they are. */
import { createAgents } from '@firstword/server/agents/agents';
import { createApiTokens } from '@firstword/server/agents/api-tokens';
import { DEVICE_DAYS } from '@firstword/server/agents/known-devices';
import { createPasswords, type Passwords } from '@firstword/server/agents/passwords';
import { createDeviceCookie, createSessionCookie } from '@firstword/server/agents/session-cookie';
import type { Redis } from '@firstword/server/lib/redis';
import type { TokenHash } from '@firstword/server/lib/tokens';
import type { Records } from '@firstword/server/records/records';
import { createAgentSessionStore } from '@firstword/server/store/agent-session-store';
import type { RedisKeys } from '@firstword/server/store/keys';
import { createSignInLimits } from '@firstword/server/store/sign-in-limits';
import { type AgentRole, rolesOn, type SiteRoles } from '@firstword/shared/permissions';
import type { Page } from './console-page.ts';

export const EMAIL = 'agent@shop.example';
export const PASSWORD = 'a long enough password';
/** With the production cost, each sign-in takes 250 ms. */
const LOW_COST = { N: 16, r: 1, p: 1 };

export type ConsoleAgents = ReturnType<typeof createConsoleAgents>;

export function createConsoleAgents(parts: {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly records: Pick<Records, 'accounts' | 'identities' | 'apiTokens'>;
  readonly tokenHash: TokenHash;
  readonly now: () => number;
  readonly publicHttps?: boolean | undefined;
  readonly passwords?: Passwords | undefined;
  readonly requireSecondFactor?: boolean | undefined;
}) {
  const { redis, keys, records, tokenHash, now, publicHttps = false } = parts;
  const lowCost = createPasswords(LOW_COST);
  let checked = 0;
  const passwords: Passwords = parts.passwords ?? {
    ...lowCost,
    verify(password, stored, sender) {
      checked += 1;
      return lowCost.verify(password, stored, sender);
    },
  };
  const apiTokens = createApiTokens(records.apiTokens, tokenHash);
  const agents = createAgents({
    accounts: records.accounts,
    identities: records.identities,
    apiTokens,
    sessions: createAgentSessionStore(redis, keys),
    limits: createSignInLimits(redis, keys.signInLimits(), tokenHash),
    tokenHash,
    passwords,
    times: { idleSeconds: 12 * 3600, absoluteSeconds: 7 * 24 * 3600 },
    now,
    ...(parts.requireSecondFactor === undefined ? {} : { requireSecondFactor: parts.requireSecondFactor }),
  });
  return {
    forApi: {
      agents,
      apiTokens,
      cookie: createSessionCookie(publicHttps),
      deviceCookie: createDeviceCookie(publicHttps, DEVICE_DAYS),
    },
    checked: () => checked,
    /** Adds the agent and signs them in on this page. */
    async signIn(
      page: Page,
      email = EMAIL,
      role: AgentRole | SiteRoles = 'agent',
      sites?: readonly string[],
    ): Promise<Page> {
      const roles = typeof role === 'string' ? rolesOn(role, sites) : role;
      await agents.add({ email, name: email.split('@')[0] ?? email, password: PASSWORD, roles });
      const { status } = await page.request('POST', '/session', { email, password: PASSWORD });
      if (status !== 200) throw new Error(`Signing in failed with status ${status}.`);
      return page;
    },
  };
}
