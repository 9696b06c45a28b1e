/** Runs every check in turn. A check that needs what another one found broken is left out. */
import { ConfigError, readConfig } from '../../config/config.ts';
import { DEFAULT_SITE_ID } from '../../config/config-checks.ts';
import type { GivenEnvironment } from '../../config/environment.ts';
import { chatAddress } from '../../gateway/chat-address.ts';
import { checkEach } from '../../gateway/check-each.ts';
import { createModelProbe } from '../../gateway/model-probe.ts';
import { createArticleStore } from '../../knowledge/article-store.ts';
import { createLog } from '../../lib/log.ts';
import { connectRedis, type Redis } from '../../lib/redis.ts';
import { privateRedisSocket } from '../../local/private-redis.ts';
import { reportCheck } from '../../models/model-report.ts';
import { regionalEndpoints } from '../../routing/endpoints.ts';
import { modelsInUse } from '../../routing/router.ts';
import { createRedisKeys } from '../../store/keys.ts';
import { checkArticles } from './check-articles.ts';
import { checkCertificates } from './check-certificates.ts';
import { checkDatabase } from './check-database.ts';
import { checkMail } from './check-mail.ts';
import { checkRedis, unreachableRedis } from './check-redis.ts';
import { checkSites } from './check-sites.ts';
import { readModelSetup } from './connected-endpoint.ts';
import { createReport, type DoctorReport, type Finding } from './report.ts';

export interface DoctorParts {
  readonly env: GivenEnvironment;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Longest wait for one model's whole answer. */
  readonly callMs?: number;
}

type Config = ReturnType<typeof readConfig>;
const REDIS_READY_MS = 3000;

/** Never rejects for anything that an operator can fix. */
export async function runDoctor({ env, now = Date.now, callMs }: DoctorParts): Promise<DoctorReport> {
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return createReport(error.message.split('\n').map((line) => settingFinding('fault', line)));
  }
  const { sites, mail, publicUrl, production } = config;
  const [stored, database, mailFindings, certificates, models] = await Promise.all([
    checkStored(config, now),
    // `npm start` brings its own PostgreSQL.
    config.databaseUrl === undefined ? [] : checkDatabase(config.databaseUrl),
    checkMail(mail),
    checkCertificates({ addresses: secureAddresses(config), now }),
    checkModels(config, callMs),
  ]);
  return createReport([
    ...configFindings(config),
    ...stored,
    ...database,
    ...mailFindings,
    ...checkSites({ sites, publicUrl, production }),
    ...certificates,
    ...models,
  ]);
}

function configFindings({ warnings, sites }: Config): Finding[] {
  const found = `readable, ${sites?.length ?? 1} ${sites === undefined || sites.length === 1 ? 'site' : 'sites'}`;
  return [
    { area: 'configuration', level: 'ok', subject: 'environment and file', found },
    ...warnings.map((line) => settingFinding('warning', line)),
  ];
}

/** Messages begin with the setting, and the fix is what follows the first sentence. */
function settingFinding(level: 'fault' | 'warning', line: string): Finding {
  const [, subject = 'settings', text = line] =
    /^((?:[^\s:]+:\d+:\d+|[^\s:]+(?:: [\w$.[\]"-]+(?=:))?)): (.*)$/s.exec(line) ?? [];
  const [, found = text, fix] = /^(.*?[^.\s]\.)\s+(?=[A-Z])(.*)$/s.exec(text) ?? [];
  return { area: 'configuration', level, subject, found, ...(fix === undefined ? {} : { fix }) };
}

async function checkStored(config: Config, now: () => number): Promise<Finding[]> {
  const { redisUrl, redisReplicas: replicas, dataDir, production } = config;
  const address = redisUrl ?? `unix://${privateRedisSocket(dataDir)}`;
  const siteIds = config.sites?.map(({ id }) => id) ?? [DEFAULT_SITE_ID];
  const keys = createRedisKeys('firstword');
  let redis: Redis | undefined;
  let reached: Finding[];
  try {
    redis = await connectRedis(address, 'commands', createLog('silent'), REDIS_READY_MS);
    reached = await checkRedis(redis, { address, replicas, production, key: keys.readyCheck, now });
  } catch (error) {
    reached = [redisUrl === undefined ? notStarted(dataDir) : unreachableRedis(address, error)];
  }
  const store = redis && createArticleStore(redis, keys);
  const articles = await checkArticles({
    directory: config.articlesDirectory,
    siteIds: config.sites ? siteIds : [],
    store,
  });
  redis?.disconnect();
  return [...reached, ...articles];
}

/** Not a fault: `npm start` brings its own Redis. */
function notStarted(dataDir: string): Finding {
  return {
    area: 'redis',
    level: 'ok',
    subject: 'private Redis',
    found: `not running; \`npm start\` starts it in ${dataDir}`,
  };
}

function secureAddresses({ publicUrl, endpoint, endpoints }: Config): (readonly [string, string])[] {
  return [
    ...(publicUrl === undefined ? [] : [['PUBLIC_URL', publicUrl] as const]),
    ...(endpoint === undefined ? [] : [['LLM_BASE_URL', chatAddress(endpoint.baseUrl)] as const]),
    ...Object.entries(endpoints).map(
      ([region, { baseUrl }]) => [`endpoints.${region}.baseUrl`, chatAddress(baseUrl)] as const,
    ),
  ];
}

async function checkModels(config: Config, callMs: number | undefined): Promise<Finding[]> {
  const { endpoints, routing, proxy, production } = config;
  const { endpoint: main, tiers, models } = await readModelSetup(config, REDIS_READY_MS);
  if (main === undefined)
    return [
      production
        ? {
            area: 'models',
            level: 'fault',
            subject: 'LLM_API_KEY',
            found: 'no endpoint is set',
            fix: 'Connect one on the console’s page Models, or set LLM_API_KEY, or LLM_BASE_URL for an endpoint that needs no key.',
          }
        : {
            area: 'models',
            level: 'ok',
            subject: 'demo engine',
            found: 'no endpoint is set, so the demo engine answers',
          },
    ];
  const served = { main, mainRegion: routing.defaultRegion, regional: regionalEndpoints(endpoints) };
  const probe = createModelProbe({ proxy, ...(callMs === undefined ? {} : { callMs }) });
  try {
    const checks = await checkEach(probe, modelsInUse({ tiers, models, endpoints: served }));
    return checks.map((check) => ({ area: 'models', ...reportCheck(check) }));
  } finally {
    await probe.close();
  }
}
