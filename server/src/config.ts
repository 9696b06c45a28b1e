/** Reads the environment and the configuration file, once, and hands each room only its own few values. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { REGIONS, type Region, TIERS } from '@firstword/shared/catalog';
import { type Site, siteSchema } from '@firstword/shared/site';
import { siteIdSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import type { BudgetSettings } from './ledger/budgets.ts';
import { LOG_LEVELS } from './lib/log.ts';
import { isClusterAddress, isRedisAddress } from './lib/redis-address.ts';
import { createModelRegistry, type ModelRegistry } from './routing/model-registry.ts';
import type { HedgeSettings } from './routing/router.ts';
import { checkTiers, presetTiers, ROUTING_PRESETS, type RoutingPreset, type Tiers } from './routing/tiers.ts';

const PLACEHOLDER_SECRETS = /^(change-?me|secret|password|example|replace.*|your.*|x+)$/i;
/** Where the reference benchmark was measured; used when only a key is given. */
const REFERENCE_BASE_URL = 'https://global-apis.com/v1';

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'an http or https address' })
  .transform((url) => url.replace(/\/+$/, ''));

const NO_CLUSTER =
  'one Redis, or Sentinel as redis+sentinel://host:26379,host:26379/name; a Redis Cluster does not work, because queues ' +
  'and totals span its slots';

const environmentSchema = z.object({
  PORT: z.coerce.number('a number from 0 to 65535').int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: httpUrl.optional(),
  REDIS_URL: z
    .string()
    .refine(isRedisAddress, 'an address that begins with redis://, rediss://, unix:// or redis+sentinel://')
    .refine((value) => !isClusterAddress(value), NO_CLUSTER)
    .optional(),
  REDIS_REPLICAS: z.coerce.number('a number from 0 to 9').int().min(0).max(9).default(0),
  LLM_BASE_URL: httpUrl.optional(),
  LLM_API_KEY: z.string().min(1).optional(),
  APP_SECRET: z
    .string()
    .min(32, 'at least 32 characters')
    .refine((value) => !PLACEHOLDER_SECRETS.test(value) && new Set(value).size > 8, 'a random value, not a placeholder')
    .optional(),
  CONFIG_FILE: z.string().min(1).optional(),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('warn'),
  TRUST_PROXY: z
    .string()
    .default('false')
    .transform((value) =>
      value === 'false' ? false : /^\d+$/.test(value) ? Number(value) : value === 'true' ? true : value,
    ),
  DATA_DIR: z.string().min(1).default('.data'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'an address that begins with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.email('an e-mail address').default('support@localhost.localdomain'),
  DEMO_PACE: z.enum(['real', 'instant']).default('real'),
  NODE_ENV: z.string().default('development'),
});

const chainSchema = z.strictObject({
  default: z.array(z.string()),
  ...Object.fromEntries(REGIONS.map((region) => [region, z.array(z.string()).optional()])),
});
const endpointSchema = z.strictObject({ baseUrl: httpUrl, apiKey: z.string().min(1).optional() });
const tierSchema = z.strictObject({ maxTokens: z.int().min(1).max(8192).optional(), chain: chainSchema.optional() });

const budgetLimitSchema = z.strictObject({ usd: z.number().min(0).optional(), tokens: z.int().min(0).optional() });
const budgetLimitSchemas = {
  conversation: budgetLimitSchema.optional(),
  visitorDay: budgetLimitSchema.optional(),
  siteDay: budgetLimitSchema.optional(),
};
/** US dollars that the analyses of one site may cost in a UTC day. */
const analysisUsdPerDay = z.number().min(0).optional();

const configFileSchema = z.strictObject({
  $schema: z.string().optional(),
  sites: z.array(siteSchema).min(1).optional(),
  tiers: z.strictObject(Object.fromEntries(TIERS.map((tier) => [tier, tierSchema.optional()]))).optional(),
  models: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(100),
        upstreamName: z.string().min(1).optional(),
        ttftMs: z.number().positive().optional(),
        inputUsdPerMillion: z.number().min(0).optional(),
        outputUsdPerMillion: z.number().min(0).optional(),
      }),
    )
    .default([]),
  routing: z
    .strictObject({
      mode: z.enum(['speculative', 'sequential']).default('speculative'),
      preset: z.enum(ROUTING_PRESETS).default('balanced'),
      holdCapMs: z.int().min(0).max(5000).default(220),
      defaultRegion: z.enum(REGIONS).default('us-east'),
      hedge: z
        .strictObject({
          mode: z.enum(['off', 'hedge', 'race']).default('hedge'),
          deadlineMs: z.int().min(1).max(10_000).default(400),
          budgetShare: z.number().min(0).max(1).default(0.45),
        })
        .prefault({}),
      answerCache: z
        .strictObject({
          ttlSeconds: z.int().min(0).max(86_400).default(600),
          entries: z.int().min(1).max(100_000).default(1000),
        })
        .prefault({}),
    })
    .prefault({}),
  endpoints: z
    .strictObject(Object.fromEntries(REGIONS.map((region) => [region, endpointSchema.optional()])))
    .default({}),
  knowledge: z.strictObject({ directory: z.string().min(1) }).optional(),
  budgets: z
    .strictObject({
      ...budgetLimitSchemas,
      analysisUsdPerDay,
      degradeAt: z.number().min(0).max(1).default(0.8),
      stopped: z.boolean().default(false),
      sites: z
        .record(
          siteIdSchema,
          z.strictObject({ ...budgetLimitSchemas, analysisUsdPerDay, stopped: z.boolean().optional() }),
        )
        .default({}),
    })
    .prefault({}),
  /** The promise about the wait for the first word, as a share of all answers. */
  objective: z
    .strictObject({
      withinMs: z.int().min(50).max(10_000).default(400),
      share: z.number().min(0.5).max(0.999).default(0.95),
    })
    .prefault({}),
  limits: z
    .strictObject({
      messagesPerMinute: z.int().min(1).default(30),
      runningTurns: z.int().min(1).default(500),
      /** A process whose event loop is so late, smoothed, gives fewer answers at once; in milliseconds. */
      loopLagMs: z.int().min(20).max(60_000).default(25),
      /** The same where Redis takes so long to answer. */
      redisMs: z.int().min(20).max(60_000).default(500),
      /** Analyses that one worker writes at once. */
      runningAnalyses: z.int().min(1).max(100).default(4),
    })
    .prefault({}),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  /** Undefined: `npm start` brings a Redis of its own. */
  readonly redisUrl: string | undefined;
  /** How many replicas must have a message before it is acknowledged. */
  readonly redisReplicas: number;
  /** Undefined: the demo engine answers. */
  readonly endpoint: { readonly baseUrl: string; readonly apiKey?: string } | undefined;
  readonly appSecret: string | undefined;
  readonly role: 'all' | 'web' | 'worker';
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly trustProxy: boolean | number | string;
  readonly dataDir: string;
  readonly demoPace: 'real' | 'instant';
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  readonly production: boolean;
  /** Undefined: one site `demo` on the server's own origins. */
  readonly sites: readonly Site[] | undefined;
  readonly tiers: Tiers;
  readonly models: ModelRegistry;
  readonly routing: {
    readonly mode: 'speculative' | 'sequential';
    readonly holdCapMs: number;
    readonly defaultRegion: Region;
    readonly hedge: HedgeSettings;
    readonly answerCache: { readonly ttlSeconds: number; readonly entries: number };
  };
  /** Endpoints of regions that have their own; the main one stands in `defaultRegion` and serves the rest. */
  readonly endpoints: Readonly<Partial<Record<Region, { readonly baseUrl: string; readonly apiKey?: string }>>>;
  /** Undefined: the demo shop's articles. */
  readonly articlesDirectory: string | undefined;
  readonly budgets: BudgetSettings;
  readonly objective: { readonly withinMs: number; readonly share: number };
  readonly limits: {
    readonly messagesPerMinute: number;
    readonly runningTurns: number;
    readonly loopLagMs: number;
    readonly redisMs: number;
    readonly runningAnalyses: number;
  };
  /** US dollars that a site's analyses may cost in a UTC day; undefined for no limit. */
  readonly analysisUsdPerDay: (siteId: string) => number | undefined;
}

/** A configuration that cannot be used. Each line of the message names a setting, what it was and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws ConfigError */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const environment = readEnvironment(env);
  const file = readConfigFile(environment.CONFIG_FILE, env);
  const production = environment.NODE_ENV === 'production';
  if (production && environment.APP_SECRET === undefined)
    throw new ConfigError('APP_SECRET: is not set; in production it must be at least 32 random characters');
  if (production && environment.REDIS_URL === undefined)
    throw new ConfigError('REDIS_URL: is not set; in production name your Redis, like redis://redis:6379');

  const models = asConfigError(() => createModelRegistry(file.models));
  const tiers = mergeTiers(file.routing.preset, file.tiers);
  asConfigError(() => checkTiers(tiers, models));
  checkResidency(file);
  const baseUrl = environment.LLM_BASE_URL ?? (environment.LLM_API_KEY === undefined ? undefined : REFERENCE_BASE_URL);
  return {
    port: environment.PORT,
    host: environment.HOST,
    publicUrl: environment.PUBLIC_URL,
    redisUrl: environment.REDIS_URL,
    redisReplicas: environment.REDIS_REPLICAS,
    endpoint:
      baseUrl === undefined
        ? undefined
        : { baseUrl, ...(environment.LLM_API_KEY === undefined ? {} : { apiKey: environment.LLM_API_KEY }) },
    appSecret: environment.APP_SECRET,
    role: environment.ROLE,
    logLevel: environment.LOG_LEVEL,
    trustProxy: environment.TRUST_PROXY,
    dataDir: resolve(environment.DATA_DIR),
    demoPace: environment.DEMO_PACE,
    mail: { smtpUrl: environment.SMTP_URL, from: environment.MAIL_FROM },
    production,
    sites: file.sites,
    tiers,
    models,
    routing: file.routing,
    endpoints: file.endpoints as Config['endpoints'],
    articlesDirectory: file.knowledge && resolve(file.knowledge.directory),
    budgets: file.budgets,
    objective: file.objective,
    limits: file.limits,
    analysisUsdPerDay: (siteId) => file.budgets.sites[siteId]?.analysisUsdPerDay ?? file.budgets.analysisUsdPerDay,
  };
}

function readEnvironment(env: Readonly<Record<string, string | undefined>>) {
  // An empty value is how a compose file says "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues
      .map(({ path, message }) => {
        const name = String(path[0]);
        const shown = /KEY|SECRET|SMTP/.test(name) ? '(hidden)' : JSON.stringify(given[name]);
        return `${name}: was ${shown}; ${message}`;
      })
      .join('\n'),
  );
}

function readConfigFile(named: string | undefined, env: Readonly<Record<string, string | undefined>>) {
  const path = resolve(named ?? 'firstword.config.json');
  if (!existsSync(path)) {
    if (named !== undefined) throw new ConfigError(`CONFIG_FILE: was "${named}"; there is no such file`);
    return configFileSchema.parse({});
  }
  const json = asConfigError(() => JSON.parse(readFileSync(path, 'utf8')), `${path}: is not JSON: `);
  const parsed = configFileSchema.safeParse(withEnvironment(json, env));
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`).join('\n'),
  );
}

/** Replaces each string `"$NAME"` by the environment's value, so that no secret need stand in the file. */
function withEnvironment(value: unknown, env: Readonly<Record<string, string | undefined>>): unknown {
  if (typeof value === 'string' && /^\$[A-Z][A-Z0-9_]*$/.test(value)) {
    const found = env[value.slice(1)];
    if (found === undefined) throw new ConfigError(`the configuration refers to ${value}, which is not set`);
    return found;
  }
  if (Array.isArray(value)) return value.map((item) => withEnvironment(item, env));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withEnvironment(item, env)]));
  return value;
}

/** A site that no endpoint may serve would answer nobody; better said at the start than to its visitors. */
function checkResidency({ sites = [], endpoints, routing }: z.infer<typeof configFileSchema>): void {
  const homes = [routing.defaultRegion, ...REGIONS.filter((region) => endpoints[region] !== undefined)];
  const faults = sites
    .filter(({ allowedRegions }) => allowedRegions && !allowedRegions.some((region) => homes.includes(region)))
    .map(
      ({ id, allowedRegions = [] }) =>
        `sites.${id}.allowedRegions: was ${allowedRegions.join(', ')}; there are endpoints in ${homes.join(', ')}, ` +
        `so name one as endpoints.${allowedRegions[0]}`,
    );
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
}

function mergeTiers(preset: RoutingPreset, changes: z.infer<typeof configFileSchema>['tiers']): Tiers {
  const merged = TIERS.map((tier) => {
    const base = presetTiers(preset)[tier];
    const change = changes?.[tier];
    const chain = change?.chain as Tiers[typeof tier]['chain'] | undefined;
    return [tier, { maxTokens: change?.maxTokens ?? base.maxTokens, chain: chain ?? base.chain }];
  });
  return Object.fromEntries(merged) as Tiers;
}

function asConfigError<Result>(read: () => Result, prefix = ''): Result {
  try {
    return read();
  } catch (error) {
    throw new ConfigError(`${prefix}${error instanceof Error ? error.message : String(error)}`);
  }
}
