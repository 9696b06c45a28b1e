/** Builds what shares a web process fairly among its clients. */

import { createKnownCallers, type KnownCallerParts } from '../agents/known-callers.ts';
import { DEVICE_DAYS } from '../agents/known-devices.ts';
import { createDeviceCookie, createSessionCookie } from '../agents/session-cookie.ts';
import { createCaptchaProvider } from '../ask-captcha-provider.ts';
import type { ClientAddressOf } from '../lib/client-address.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import { createQuietLog } from '../lib/quiet-log.ts';
import type { Redis } from '../lib/redis.ts';
import type { TokenHash } from '../lib/tokens.ts';
import { createAddressPace } from '../limits/address-pace.ts';
import { createCaptcha } from '../limits/captcha.ts';
import { createChallenges } from '../limits/challenges.ts';
import { createClientChecks } from '../limits/client-checks.ts';
import { createFairShare } from '../limits/fair-share.ts';
import { limitOf } from '../limits/limit-table.ts';
import { createRefusedCallLimit } from '../limits/refused-calls.ts';
import { createWindowCounter } from '../limits/window-counter.ts';
import { createConnectionWatch } from '../realtime/connection-limits.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { SessionStore } from '../store/session-store.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebLimitParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly sessions: Pick<SessionStore, 'useOnce'>;
  readonly tokenHash: TokenHash;
  readonly addressOf: ClientAddressOf;
  readonly accounts: Pick<KnownCallerParts, 'agents' | 'apiTokens'>;
  readonly publicHttps: boolean;
  readonly metrics: Metrics;
  readonly log: Log;
}

interface WebLimitSettings
  extends Pick<WebAppSettings['limits'], 'perMinute' | 'connectionsPerAddress' | 'provenMessagesPerAddressHour'>,
    Pick<WebAppSettings, 'captcha' | 'proxy'> {}

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;
/** What a visitor or an agent may send in a minute over one connection. */
export const EVENTS_PER_MINUTE = 600;
/** A client that is refused and goes on is disconnected. */
const REFUSED_EVENTS_MAX = 200;
const BYTES_PER_MINUTE = 4_000_000;
/** Share of its first limit from which a key is counted over all processes: most visitors stay below it. */
const SHARE_FROM = 0.2;

export function createWebLimits(
  { redis, keys, sessions, tokenHash, addressOf, accounts, publicHttps, metrics, log }: WebLimitParts,
  { perMinute, connectionsPerAddress, provenMessagesPerAddressHour, captcha: given, proxy }: WebLimitSettings,
) {
  const quiet = createQuietLog(log, ['kind', 'scope']);
  const counterOf = (name: string, windowSeconds: number, limit: number) =>
    createWindowCounter({
      redis,
      keyPrefix: keys.limitCounts(name),
      hide: tokenHash,
      shareFrom: Math.max(1, limit * SHARE_FROM),
      onError: (error) => quiet.warn({ reason: String(error) }, 'counting over all processes failed'),
      windowSeconds,
    });
  const hourly = counterOf('hour:address:messages', HOUR_SECONDS, provenMessagesPerAddressHour);
  const useOnce = (id: string, seconds: number) => sessions.useOnce(id, undefined, seconds);
  const provider = given && createCaptchaProvider(given, proxy);
  const captcha =
    given &&
    provider &&
    createCaptcha({
      view: { provider: given.provider, siteKey: given.siteKey, scriptUrl: given.scriptUrl },
      mayBeMissing: given.withoutToken === 'proof-of-work',
      secretKey: given.secretKey,
      ask: provider.ask,
      useOnce,
      onChecked: (outcome) => metrics.captchaChecks.inc({ outcome }),
      log: quiet,
    });
  const fairShare = createFairShare({
    table: perMinute,
    counterOf(kind, scope) {
      const { challengeAbove, refuseAbove } = limitOf(perMinute, scope, kind) ?? {};
      return counterOf(`minute:${scope}:${kind}`, MINUTE_SECONDS, challengeAbove ?? refuseAbove ?? 0);
    },
    pace: createAddressPace(async (address) => (await hourly.add(address, 1)).count <= provenMessagesPerAddressHour),
    checks: createClientChecks(createChallenges(tokenHash, useOnce), captcha),
    onRefused({ kind, scope, key, challenged }) {
      metrics.limited.inc({ kind, scope, outcome: challenged ? 'challenged' : 'refused' });
      if (!challenged)
        quiet.warn({ kind, scope, ...(scope === 'address' && { address: key }) }, 'refusing what is beyond a limit');
    },
  });
  const connections = createConnectionWatch({
    fairShare,
    addressOf,
    limits: {
      openPerAddress: connectionsPerAddress,
      packetsPerMinute: EVENTS_PER_MINUTE + REFUSED_EVENTS_MAX,
      bytesPerMinute: BYTES_PER_MINUTE,
    },
    onRefused(why, address) {
      metrics.limited.inc({ kind: why, scope: 'address', outcome: 'refused' });
      quiet.warn(
        { kind: why, address },
        why === 'flood' ? 'disconnecting a client that floods' : 'refusing a connection',
      );
    },
  });
  const limitRefusedCalls = createRefusedCallLimit({
    ...{ fairShare, addressOf },
    isKnown: createKnownCallers({
      ...accounts,
      sessionCookie: createSessionCookie(publicHttps),
      deviceCookie: createDeviceCookie(publicHttps, DEVICE_DAYS),
    }),
  });
  return { fairShare, connections, limitRefusedCalls, close: async () => void (await provider?.close()) };
}
