/** The REST API of a test console. */
import { createAgentPictures } from '@firstword/server/agents/agent-pictures';
import type { FeedConsumer } from '@firstword/server/feed/feed-consumer';
import { createFeedStatus } from '@firstword/server/feed/feed-status';
import { createSetAsideEvents } from '@firstword/server/feed/set-aside-events';
import { type ApiParts, createApi } from '@firstword/server/http/api';
import { createClientAddress } from '@firstword/server/lib/client-address';
import type { Redis } from '@firstword/server/lib/redis';
import type { TokenHash } from '@firstword/server/lib/tokens';
import type { Records } from '@firstword/server/records/records';
import type { RedisKeys } from '@firstword/server/store/keys';
import { createPictureNames } from '@firstword/server/store/picture-names';
import type { SessionStore } from '@firstword/server/store/session-store';
import { createVisitorProfiles } from '@firstword/server/store/visitor-profiles';
import { createVisitorData } from '@firstword/server/visitor-data';
import type { Router } from 'express';
import type { ConsoleAgents } from './console-agents.ts';
import type { ConsoleLedger } from './console-ledger.ts';
import type { ConsoleSites } from './console-sites.ts';
import type { ConsoleTickets } from './console-tickets.ts';
import { createIdleBenchmarks } from './idle-benchmarks.ts';
import { createIdleEvaluations } from './idle-evaluations.ts';
import { createModelSettings } from './model-settings.ts';
import { silentLog } from './silent-log.ts';

export interface ConsoleApiParts
  extends Pick<
    ApiParts,
    | 'auditLog'
    | 'webhooks'
    | 'readMarks'
    | 'preChat'
    | 'deadLetters'
    | 'isOwnOrigin'
    | 'onSignOut'
    | 'onAccessChange'
    | 'setStatus'
    | 'pushDevices'
    | 'now'
  > {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly records: Records;
  readonly tokenHash: TokenHash;
  readonly appSecret: string;
  readonly visitorSessions: SessionStore;
  readonly agents: ConsoleAgents;
  readonly ledger: ConsoleLedger;
  readonly sites: ConsoleSites;
  readonly tickets: ConsoleTickets;
  readonly feedConsumers: readonly FeedConsumer[];
}

const replayAnswer: ApiParts['replayAnswer'] = async ({ text }) => replayed(text);
async function* replayed(text: string) {
  yield {
    answer: { text, citations: [], unsupported: [], coverage: 'covered', handsOff: false, shortened: false },
    calls: [],
  } as const;
}

export function createConsoleApi(parts: ConsoleApiParts): Router {
  const {
    redis,
    keys,
    records,
    tokenHash,
    appSecret,
    visitorSessions,
    agents,
    ledger,
    sites,
    tickets,
    feedConsumers,
    ...own
  } = parts;
  const { preferences, views, archive, quality, cannedReplies, replyDrafts, alerts } = records;
  return createApi({
    ...own,
    ...agents.forApi,
    ...ledger.forApi,
    ...sites.forApi,
    ...tickets.forApi,
    pictures: createAgentPictures(records.pictures, createPictureNames(redis, keys)),
    preferences,
    views,
    archive,
    quality,
    cannedReplies,
    replyDrafts,
    alerts,
    sessions: visitorSessions,
    endSession: visitorSessions.end,
    profiles: createVisitorProfiles(redis, keys),
    visitorData: createVisitorData({
      redis,
      keys,
      records,
      files: { erase: async () => 0 },
      tokenHash,
      log: silentLog,
    }),
    feed: { ...createFeedStatus(redis, keys), setAside: createSetAsideEvents(redis, keys, feedConsumers) },
    addressOf: createClientAddress(false),
    limitRefusedCalls: (_request, _response, next) => next(),
    replyAddressOf: async () => undefined,
    writingHelp: async () => 'stopped',
    replayAnswer,
    loader: async () => undefined,
    publicUrl: undefined,
    signInOptions: { password: true },
    mode: () => 'demo',
    models: () => ['deepseek-v4-pro', 'our-own'],
    modelSettings: createModelSettings({ settings: records.settings, appSecret }),
    benchmarks: createIdleBenchmarks(records.runs),
    evaluations: createIdleEvaluations(records),
    modelStatus: () => ({ state: 'ok', alarms: [], checks: [] }),
    outsideLimits: () => [],
    speculates: true,
    log: silentLog,
  });
}
