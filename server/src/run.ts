/** Starts what the configuration asks for, prints where it is, and stops it in order. */
import { fileURLToPath } from 'node:url';
import { type Site, siteSchema } from '@firstword/shared/site';
import type { Router } from 'express';
import { type Config, ConfigError, readConfig } from './config.ts';
import { readArticles } from './knowledge/article.ts';
import { createDataDir, secretIn } from './lib/data-dir.ts';
import { createLog, type Log } from './lib/log.ts';
import { connectRedis } from './lib/redis.ts';
import { readDurability } from './lib/redis-durability.ts';
import { startChildServer } from './local/child-server.ts';
import { createPrivateRedis } from './local/private-redis.ts';
import type { Endpoint } from './routing/route.ts';
import { startWebApp } from './web-app.ts';
import { startWorkerApp, type WorkerAppSettings } from './worker-app.ts';
import { startWorkerHealth } from './worker-health.ts';

/** What `npm start` adds to an installation where nothing is configured. The production image has none. */
export interface Demo {
  /** Path of the demo engine's entry point. */
  readonly engineEntry: string;
  readonly articlesDirectory: string;
  readonly siteName: string;
  readonly greeting: string;
  readonly suggestions: readonly string[];
  /** The help centre with the widget on it. */
  createPages(options: { siteId: string; engineLabel: string }): Promise<Router>;
}

/** What must be stopped again, in the reverse order of its start. */
type Running = { stop(): Promise<void> }[];

/** This file's folder is one below `server/`, as source and as build. */
const inServer = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const REDIS_PREFIX = 'firstword';
/** Id of the one site that an installation without `sites` has. */
const DEFAULT_SITE = 'demo';
/** Where `npm start` keeps the secret that it makes for itself. */
const APP_SECRET_FILE = 'app';
const say = (line: string) => void process.stdout.write(`${line}\n`);

async function start(config: Config, running: Running, demo: Demo | undefined): Promise<void> {
  const log = createLog(config.logLevel);
  const redisUrl = config.redisUrl ?? (await startRedis(config, log, running));
  await checkDurability(redisUrl, config.production, log);
  const endpoint = config.endpoint ? { id: 'main', ...config.endpoint } : await startEngine(config, demo, log, running);
  // The demo's articles are for the demo's site alone: sites of one's own must never answer from them.
  const articlesDirectory = config.articlesDirectory ?? (config.sites ? undefined : demo?.articlesDirectory);
  const articles = articlesDirectory
    ? await readArticles(articlesDirectory, (id) => `${config.publicUrl ?? ''}/help/${id}`)
    : [];

  if (config.role !== 'web') running.push(await startWorker(config, { redisUrl, endpoint, articles, log }));
  if (config.role === 'worker') {
    running.push(await startWorkerHealth(config, redisUrl, log));
    return say("Firstword's worker is ready.");
  }
  const app = await startWebApp({
    ...config,
    redisUrl,
    appSecret: config.appSecret ?? secretIn(config.dataDir, APP_SECRET_FILE),
    redisPrefix: REDIS_PREFIX,
    endpoint,
    mode: config.endpoint ? 'live' : 'demo',
    sites: (origins) => config.sites ?? [defaultSite(origins, demo)],
    articles,
    folders: { widget: inServer('../widget/dist'), console: inServer('../console/dist') },
    pages: config.sites
      ? undefined
      : await demo?.createPages({
          siteId: DEFAULT_SITE,
          engineLabel: config.endpoint
            ? 'the endpoint of this installation'
            : 'the demo engine, which only quotes these articles',
        }),
    log,
  });
  running.push({ stop: app.close });
  const url = config.publicUrl ?? `http://localhost:${app.port}`;
  const token = await app.firstRun();
  const link = token === undefined ? '' : `\n  First agent: set a password   ${url}/console/first-run#token=${token}`;
  say(
    `Firstword is ready.\n  Help centre with the widget  ${url}/\n  Agent console                ${url}/console${link}`,
  );
}

async function startWorker(
  config: Config,
  parts: Pick<WorkerAppSettings, 'redisUrl' | 'endpoint' | 'articles' | 'log'>,
): Promise<Running[number]> {
  const { tiers, models, routing, limits, budgets, sites = [] } = config;
  const app = await startWorkerApp({
    ...parts,
    redisPrefix: REDIS_PREFIX,
    tiers,
    models,
    region: routing.defaultRegion,
    siteIds: config.sites?.map(({ id }) => id) ?? [DEFAULT_SITE],
    endpoints: config.endpoints,
    allowedRegions: new Map(sites.flatMap(({ id, allowedRegions }) => (allowedRegions ? [[id, allowedRegions]] : []))),
    maskedSites: sites.filter(({ maskPersonalData }) => maskPersonalData).map(({ id }) => id),
    usdPerDay: config.analysisUsdPerDay,
    stopped: (siteId) => budgets.stopped || (budgets.sites[siteId]?.stopped ?? false),
    worker: { concurrency: limits.runningAnalyses },
  });
  return { stop: app.close };
}

/** @throws Error in production: there, an acknowledgement must be worth what it says */
async function checkDurability(redisUrl: string, production: boolean, log: Log): Promise<void> {
  const redis = await connectRedis(redisUrl, 'commands', log);
  const { lossy, warnings } = await readDurability(redis).finally(() => redis.disconnect());
  if (production && lossy) throw new Error(warnings.join('\n'));
  for (const warning of warnings) log.warn(warning);
}

async function startRedis({ dataDir }: Config, log: Log, running: Running): Promise<string> {
  const folder = createDataDir(dataDir);
  running.push({ stop: async () => folder.release() });
  const redis = createPrivateRedis({ dataDir, log });
  running.push(redis);
  await redis.ready;
  say('Redis is up: private, every write on disk.');
  return `unix://${redis.path}`;
}

async function startEngine(
  { demoPace }: Config,
  demo: Demo | undefined,
  log: Log,
  running: Running,
): Promise<Endpoint> {
  if (demo === undefined)
    throw new ConfigError('LLM_API_KEY: is not set. Set it, or LLM_BASE_URL for an endpoint that needs no key.');
  const engine = await startChildServer({
    name: 'The demo engine',
    entry: demo.engineEntry,
    env: { ...process.env, DEMO_PACE: demoPace },
    log,
  });
  running.push(engine);
  say('The demo engine answers by quoting articles; no model is involved. To use a model, set LLM_BASE_URL.');
  return { id: 'demo', baseUrl: `http://127.0.0.1:${engine.port}/v1` };
}

function defaultSite(origins: readonly string[], demo: Demo | undefined): Site {
  return siteSchema.parse({
    id: DEFAULT_SITE,
    name: demo?.siteName ?? 'Support',
    allowedOrigins: origins,
    greeting: demo?.greeting ?? 'Hello. How can we help?',
    suggestions: demo?.suggestions ?? [],
  });
}

const describe = (error: unknown) => (error instanceof Error ? error.stack : String(error));

async function stopAll(running: Running): Promise<void> {
  for (const part of running.toReversed()) await part.stop();
}

/** A terminal's Ctrl-C arrives twice under npm, within milliseconds; a person's second one comes later. */
const SECOND_SIGNAL_MS = 1000;

/** Runs until SIGTERM or SIGINT. */
export async function runProcess(demo?: Demo): Promise<void> {
  const running: Running = [];
  let endingSince: number | undefined;
  const end = async (code: number) => {
    if (endingSince !== undefined) {
      if (performance.now() - endingSince > SECOND_SIGNAL_MS) process.exit(1);
      return;
    }
    endingSince = performance.now();
    await stopAll(running).catch((error: unknown) => {
      process.stderr.write(`${describe(error)}\n`);
    });
    process.exit(code);
  };
  const log = createLog('error');
  // A forgotten promise harms one visitor; to end the process would harm all of its visitors.
  process.on('unhandledRejection', (reason) => log.error({ reason: describe(reason) }, 'unhandled rejection'));
  // After an exception that nobody caught the state is unknown: finish what runs, and let a fresh process take over.
  process.on('uncaughtException', (error) => {
    log.error({ reason: describe(error) }, 'uncaught exception; ending');
    void end(1);
  });
  process.on('SIGTERM', () => void end(0));
  process.on('SIGINT', () => {
    if (endingSince === undefined) say('\nFinishing what is being answered … (Ctrl-C again ends at once)');
    void end(0);
  });
  try {
    await start(readConfig(process.env), running, demo);
  } catch (error) {
    process.stderr.write(`Cannot start.\n${error instanceof Error ? error.message : String(error)}\n`);
    await end(1);
  }
}
