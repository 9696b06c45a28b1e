/** The settings of a web process, and its handle. */
import type { ModelSource } from '@firstword/shared/model-settings';
import type { ModelCheck } from '@firstword/shared/model-status';
import type { Router } from 'express';
import type { Config } from '../config/config.ts';
import type { ConfiguredSites } from '../configured-sites.ts';
import type { Article } from '../knowledge/article.ts';
import type { IndexBuilder } from '../knowledge/index-builder.ts';
import type { Log } from '../lib/log.ts';
import type { Records } from '../records/records.ts';
import type { Endpoint } from '../routing/route.ts';

type Configured = Pick<
  Config,
  | 'host'
  | 'port'
  | 'publicUrl'
  | 'redisReplicas'
  | 'endpoints'
  | 'proxy'
  | 'tiers'
  | 'models'
  | 'signIn'
  | 'oidc'
  | 'captcha'
  | 'budgets'
  | 'checkSite'
  | 'modelApi'
  | 'objective'
  | 'hotMs'
  | 'keepDays'
  | 'webhookPrivateHosts'
  | 'push'
  | 'mail'
  | 'trustProxy'
  | 'longPolling'
  | 'metrics'
  | 'production'
  | 'filesDir'
  | 'clamdUrl'
>;

export interface WebAppSettings extends Configured {
  /** `knowledge.privateHosts`; none when absent. */
  readonly privateHosts?: readonly string[];
  /** Name of the configuration file, for messages; `firstword.config.json` when absent. */
  readonly fileName?: string;
  readonly redisUrl: string;
  /** What lasts. Not closed with the web process. */
  readonly records: Records;
  /** Keys the hashes under which tokens are stored; the same in every process. */
  readonly appSecret: string;
  /** Separates installations that share a Redis. */
  readonly redisPrefix: string;
  /**
   * In `routing.defaultRegion`; serves every region without an endpoint of its own. Undefined: nothing answers until one is
   * connected in the console.
   */
  readonly endpoint: Endpoint | undefined;
  /** `demo`: the endpoint is the demo engine, until another one is connected. */
  readonly mode: 'live' | 'demo';
  readonly modelOrigins?: Config['modelOrigins'];
  readonly routing: Omit<Config['routing'], 'preset'>;
  readonly limits: Omit<Config['limits'], 'runningAnalyses'>;
  /** Follows what is changed in the console. */
  readonly sites: ConfiguredSites;
  readonly articles: readonly Article[];
  /** Absent: every site answers from `articles` where it has none of its own. */
  readonly hasDefaultArticles?: (siteId: string) => boolean;
  /** Shared by the parts of one process, so that each index exists once. */
  readonly indexes?: IndexBuilder;
  /** How long an answer continues that no page is watching; 60 s when absent. */
  readonly unwatchedMs?: number;
  /** How long a draft waits for its visitor; 30 s when absent. */
  readonly keepDraftMs?: number;
  /** How often alerts are looked for and sent; once a minute and every 5 s when absent. */
  readonly alertSweepMs?: number;
  readonly folders: { readonly widget: string; readonly console: string };
  /** At `/` as long as the demo's site is there. */
  readonly pages?: Router | undefined;
  readonly log: Log;
}

export interface WebApp {
  readonly port: number;
  /** Token of the first agent's one-time link; undefined once there is an agent. */
  firstRun(): Promise<string | undefined>;
  /** Where the models come from. */
  modelSource(): ModelSource;
  /** Asks every model of every tier once, and shows what it found in `/health/ready` and the console. */
  checkModels(): Promise<readonly ModelCheck[]>;
  /** Stops accepting visitors, waits for running answers, and closes every part. */
  close(): Promise<void>;
}
