/** What a web process is built from, and what it gives back. */
import type { Region } from '@firstword/shared/catalog';
import type { Site } from '@firstword/shared/site';
import type { Router } from 'express';
import type { RoutingMode } from './conversation/answer.ts';
import type { Article } from './knowledge/article.ts';
import type { BudgetSettings } from './ledger/budgets.ts';
import type { Objective } from './ledger/objective.ts';
import type { Log } from './lib/log.ts';
import type { RegionalEndpoints } from './routing/endpoints.ts';
import type { ModelRegistry } from './routing/model-registry.ts';
import type { Endpoint } from './routing/route.ts';
import type { HedgeSettings } from './routing/router.ts';
import type { Tiers } from './routing/tiers.ts';

export interface WebAppSettings {
  readonly host: string;
  readonly port: number;
  readonly redisUrl: string;
  /** How many replicas must have a message before it is acknowledged; 0, as when absent, for none. */
  readonly redisReplicas?: number;
  /** Keys the hashes under which tokens are stored; the same in every process. */
  readonly appSecret: string;
  /** Keeps installations on one Redis apart. */
  readonly redisPrefix: string;
  /** Stands in `routing.defaultRegion` and serves every region without an endpoint of its own. */
  readonly endpoint: Endpoint;
  readonly endpoints?: RegionalEndpoints;
  readonly mode: 'live' | 'demo';
  /** Built for the port in use, which is known only once the server listens. */
  readonly sites: (origins: readonly string[]) => readonly Site[];
  readonly publicUrl: string | undefined;
  readonly articles: readonly Article[];
  readonly tiers: Tiers;
  readonly models: ModelRegistry;
  readonly routing: {
    readonly mode: RoutingMode;
    readonly holdCapMs: number;
    readonly defaultRegion: Region;
    /** Absent: one request for each answer. */
    readonly hedge?: HedgeSettings;
    /** Absent: every answer is asked for. */
    readonly answerCache?: { readonly ttlSeconds: number; readonly entries: number };
  };
  readonly budgets: BudgetSettings;
  readonly objective: Objective;
  readonly limits: {
    readonly messagesPerMinute: number;
    readonly runningTurns: number;
    /** A process beyond these gives fewer answers at once and refuses other messages as `busy`; absent: only `runningTurns` refuses. */
    readonly loopLagMs?: number;
    readonly redisMs?: number;
  };
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  /** How long an answer goes on that nobody watches; 60 s when absent. */
  readonly unwatchedMs?: number;
  readonly trustProxy: boolean | number | string;
  /** What visitors send is kept in its folder `files`; shared by all web processes. */
  readonly dataDir: string;
  readonly folders: { readonly widget: string; readonly console: string };
  readonly pages?: Router | undefined;
  readonly log: Log;
}

export interface WebApp {
  readonly port: number;
  /** Token of the first agent's one-time link; undefined once there is an agent. */
  firstRun(): Promise<string | undefined>;
  /** Stops taking visitors, lets running answers finish, and closes every part. */
  close(): Promise<void>;
}
