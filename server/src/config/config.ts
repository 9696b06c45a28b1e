/** Reads all settings, once: the environment, the configuration file, and what follows from the two. */
import { join, resolve } from 'node:path';
import { TIERS } from '@firstword/shared/catalog';
import { phraseText } from '../lib/phrase.ts';
import type { ModelOrigins } from '../models/model-setup.ts';
import { createModelRegistry } from '../routing/model-registry.ts';
import { describeOutsideLimit } from '../routing/tier-limits.ts';
import { admittedOutsideLimits, checkTiers, presetTiers, type TierSettings, type Tiers } from '../routing/tiers.ts';
import { createSiteCheck } from '../site-check.ts';
import { captchaFaults, captchaSettings } from './captcha-settings.ts';
import { fileFaults, fileWarnings, productionFaults, providerFaults } from './config-checks.ts';
import { ConfigError } from './config-faults.ts';
import { readConfigFile } from './config-file.ts';
import { type ConfigFile, configFileSchema } from './config-schema.ts';
import { repairedVariables } from './endpoint-values.ts';
import {
  type Environment,
  environmentSchema,
  type GivenEnvironment,
  PROXY_VARIABLES,
  proxySettings,
  readEnvironment,
} from './environment.ts';
import { unknownNames } from './environment-names.ts';
import { PREMIUM_USD_PER_DAY } from './routing-schema.ts';
import { SECRET_SETTINGS } from './secret-files.ts';

export { ConfigError } from './config-faults.ts';
export type Config = ReturnType<typeof composeConfig>;

const DEFAULT_FILE = 'firstword.config.json';
const HOUR_MS = 3_600_000;

/** Used when only a key is given: the reference benchmark was measured there. */
const REFERENCE_BASE_URL = 'https://global-apis.com/v1';

/** The reference article's choice for legal and compliance matters. */
const DEFAULT_PREMIUM: NonNullable<NonNullable<NonNullable<ConfigFile['tiers']>['quality']>['premium']> = {
  models: ['kimi-k2.5'],
  reasons: ['legal', 'compliance'],
  maxUsdPerDay: PREMIUM_USD_PER_DAY,
};

const KNOWN_NAMES = [
  ...Object.keys(environmentSchema.shape),
  ...PROXY_VARIABLES.map((name) => name.toLowerCase()),
  ...SECRET_SETTINGS.map((name) => `${name}_FILE`),
];

/** @throws ConfigError */
export function readConfig(env: GivenEnvironment) {
  const environment = readEnvironment(env);
  const {
    file,
    shownPath = DEFAULT_FILE,
    namedSettings,
    references,
    repairs,
  } = readConfigFile(environment.CONFIG_FILE, env);
  const inFile = (line: string) => `${shownPath}: ${line}`;
  const faults = [
    ...productionFaults(environment),
    ...providerFaults(environment),
    ...captchaFaults(environment),
    ...fileFaults(file, environment).map(inFile),
  ];
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  const config = composeConfig(environment, file);
  try {
    checkTiers(config.tiers, config.models, config.routing.allowOutsideLimits);
  } catch (error) {
    const lines = error instanceof Error ? error.message : String(error);
    throw new ConfigError(lines.split('\n').map(inFile).join('\n'));
  }
  return {
    ...config,
    /** Name of the configuration file, for messages. */
    fileName: shownPath,
    /** The settings that it names of each site, by site id. */
    namedSettings,
    /** What was ignored, or was probably not meant: printed at the start. */
    warnings: [
      ...unknownNames(env, KNOWN_NAMES, references),
      ...repairedVariables(env),
      ...repairs.map(inFile),
      ...fileWarnings(file).map(inFile),
      ...config.outsideLimits.map((limit) =>
        inFile(
          `routing.allowOutsideLimits: ${phraseText(describeOutsideLimit(limit))}. It is used because it is listed here.`,
        ),
      ),
      ...unusedAllowances(config).map(inFile),
    ],
  };
}

function unusedAllowances({ routing, outsideLimits }: Config): string[] {
  return routing.allowOutsideLimits.flatMap((id, index) =>
    outsideLimits.some(({ modelId }) => modelId === id)
      ? []
      : [`routing.allowOutsideLimits[${index}]: "${id}" has no effect, because no limit excludes it. Remove it.`],
  );
}

/** The settings of an installation where nothing is configured. */
export function defaultConfig(): Config {
  return composeConfig(environmentSchema.parse({}), configFileSchema.parse({}));
}

function composeConfig(environment: Environment, file: ConfigFile) {
  const { LLM_API_KEY: apiKey, LLM_API_KEY_HEADER: apiKeyHeader } = environment;
  const models = createModelRegistry(file.models);
  const tiers = mergeTiers(presetTiers(file.routing.preset), file.tiers);
  const baseUrl = environment.LLM_BASE_URL ?? (apiKey === undefined ? undefined : REFERENCE_BASE_URL);
  return {
    port: environment.PORT,
    host: environment.HOST,
    publicUrl: environment.PUBLIC_URL,
    /** Undefined: `npm start` runs a private Redis. */
    redisUrl: environment.REDIS_URL,
    /** Undefined: `npm start` runs a private PostgreSQL. */
    databaseUrl: environment.DATABASE_URL,
    redisReplicas: environment.REDIS_REPLICAS,
    /** Undefined: the demo engine answers. */
    endpoint:
      baseUrl === undefined
        ? undefined
        : {
            baseUrl,
            ...(apiKey === undefined ? {} : { apiKey }),
            ...(apiKeyHeader === undefined ? {} : { apiKeyHeader }),
          },
    /** Between this server and model endpoints. */
    proxy: proxySettings(environment),
    appSecret: environment.APP_SECRET,
    role: environment.ROLE,
    logLevel: environment.LOG_LEVEL,
    trustProxy: environment.TRUST_PROXY,
    metrics: {
      token: environment.METRICS_TOKEN,
      port: environment.METRICS_PORT,
      host: environment.METRICS_HOST,
    },
    longPolling: environment.LONG_POLLING === 'on',
    dataDir: resolve(environment.DATA_DIR),
    filesDir: resolve(environment.FILES_DIR ?? join(environment.DATA_DIR, 'files')),
    clamdUrl: environment.CLAMD_URL,
    demoPace: environment.DEMO_PACE,
    mail: { smtpUrl: environment.SMTP_URL, from: environment.MAIL_FROM },
    production: environment.NODE_ENV === 'production',
    /** Undefined: one site on the server's own origins. */
    sites: file.sites,
    checkSite: createSiteCheck(file),
    tiers,
    models,
    /** What the console can't change. */
    modelOrigins: originsOf(environment, file),
    premium: file.tiers?.quality?.premium ?? DEFAULT_PREMIUM,
    /** Models that may be slower or more expensive than their tier allows, because the owner has listed them. */
    outsideLimits: admittedOutsideLimits(tiers, models, file.routing.allowOutsideLimits),
    routing: file.routing,
    /** Endpoints of single regions; the main one is in `routing.defaultRegion` and serves all others. */
    endpoints: file.endpoints,
    /** Undefined: none, or the demo's. */
    articlesDirectory: file.knowledge?.directory && resolve(file.knowledge.directory),
    webhookPrivateHosts: file.webhooks.privateHosts,
    push: {
      privateKey: environment.VAPID_PRIVATE_KEY,
      subject: environment.VAPID_SUBJECT,
      privateHosts: file.push.privateHosts,
    },
    privateHosts: file.knowledge?.privateHosts ?? [],
    signIn: file.signIn,
    /** Undefined: agents sign in with passwords alone. */
    oidc: oidcClient(environment),
    /** Undefined: beyond the first limit of an address, a proof of work is enough. */
    captcha: captchaSettings(environment, file.captcha),
    budgets: file.budgets,
    modelApi: file.modelApi,
    objective: file.objective,
    limits: file.limits,
    /** How long a quiet conversation stays in Redis. */
    hotMs: file.storage.hotHours * HOUR_MS,
    /** Days that records are kept, where their site says nothing else; 0 for ever. */
    keepDays: {
      audit: file.storage.auditDays,
      calls: file.storage.callDays,
      usage: file.storage.usageDays,
    },
  };
}

function oidcClient({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }: Environment) {
  if (OIDC_ISSUER === undefined || OIDC_CLIENT_ID === undefined) return undefined;
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET };
}

function originsOf({ LLM_BASE_URL, LLM_API_KEY }: Environment, { tiers = {}, models }: ConfigFile): ModelOrigins {
  const endpoint = LLM_BASE_URL !== undefined ? 'LLM_BASE_URL' : LLM_API_KEY !== undefined ? 'LLM_API_KEY' : undefined;
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    tiers: TIERS.filter((tier) => tiers[tier]?.chain !== undefined),
    models: models.map(({ id }) => id),
  };
}

function mergeTiers(preset: Tiers, changes: NonNullable<ConfigFile['tiers']> = {}): Tiers {
  const merged = (tier: keyof Tiers): TierSettings => ({
    maxTokens: changes[tier]?.maxTokens ?? preset[tier].maxTokens,
    chain: changes[tier]?.chain ?? preset[tier].chain,
  });
  return { instant: merged('instant'), fast: merged('fast'), quality: merged('quality') };
}
