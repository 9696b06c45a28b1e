/** Starts what the configuration asks for, prints where it is, and stops it in order. */
import { fileURLToPath } from 'node:url';
import { readArticlesDirectory } from './config/articles-directory.ts';
import { readConfig } from './config/config.ts';
import { DEFAULT_SITE_ID } from './config/config-checks.ts';
import { type ConfiguredSites, createAnalysisLimit, createConfiguredSites } from './configured-sites.ts';
import { type Demo, defaultSite } from './demo.ts';
import { readWidgetLoader } from './http/widget-loader.ts';
import type { Article } from './knowledge/article.ts';
import { createIndexBuilder } from './knowledge/index-builder.ts';
import { readArticleFolder } from './knowledge/read-articles.ts';
import { secretIn } from './lib/data-dir.ts';
import { hideSecrets } from './lib/hide-secrets.ts';
import { createLog, type Log } from './lib/log.ts';
import { startChildServer } from './local/child-server.ts';
import { reportCheck, writeReportLine } from './models/model-report.ts';
import { openStores } from './open-stores.ts';
import { RecordsError } from './records/records-error.ts';
import type { Endpoint } from './routing/route.ts';
import { createRedisKeys } from './store/keys.ts';
import { startWebApp } from './web/web-app.ts';
import type { WebApp } from './web/web-settings.ts';
import { startWorkerApp, type WorkerAppSettings } from './worker-app.ts';
import { startWorkerHealth } from './worker-health.ts';

/** Started parts, stopped in reverse order. */
type Running = { stop(): Promise<void> }[];

type Config = ReturnType<typeof readConfig>;

/** This file's folder is one below `server/`, as source and as build. */
const inServer = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const REDIS_PREFIX = 'firstword';
/** Name of the generated secret in `DATA_DIR`. */
const APP_SECRET_FILE = 'app';
const say = (line: string) => void process.stdout.write(`${line}\n`);
const warn = (line: string) => void process.stderr.write(`Warning: ${line}\n`);

/** Configured sites must never answer from the demo's articles. Only the demo has pages of its own. */
async function readArticlesOf(
  { articlesDirectory, sites }: Config,
  demo: Demo | undefined,
): Promise<readonly Article[]> {
  if (articlesDirectory !== undefined) return readArticlesDirectory(articlesDirectory, warn);
  if (sites !== undefined || demo === undefined) return [];
  return (await readArticleFolder(demo.articlesDirectory, (id) => `/help/${id}`)).articles;
}

async function start(config: Config, running: Running, demo: Demo | undefined): Promise<void> {
  for (const warning of config.warnings) warn(warning);
  const log = createLog(config.logLevel);
  const appSecret = config.appSecret ?? secretIn(config.dataDir, APP_SECRET_FILE);
  const sites = createConfiguredSites({
    ...config,
    sites: config.sites ?? [],
    ...(config.sites === undefined ? { demo: defaultSite(demo) } : {}),
    appSecret,
    log,
  });
  const { redisUrl, records } = await openStores({ ...config, sites: sites.sites }, log, running);
  const endpoint = config.endpoint
    ? { id: 'main', ...config.endpoint }
    : demo && (await startEngine(config, demo, log, running));
  const mode = config.endpoint || demo === undefined ? 'live' : 'demo';
  const articles = await readArticlesOf(config, demo);
  // Only the demo's site may answer from the demo's articles.
  const hasDefaultArticles = (siteId: string) => config.articlesDirectory !== undefined || siteId === DEFAULT_SITE_ID;
  const indexes = createIndexBuilder();

  if (config.role !== 'web')
    running.push(
      await startWorker(config, {
        redisUrl,
        records,
        endpoint,
        mode,
        appSecret,
        articles,
        hasDefaultArticles,
        sites,
        indexes,
        log,
      }),
    );
  if (config.role === 'worker') {
    running.push(await startWorkerHealth(config, redisUrl, createRedisKeys(REDIS_PREFIX), records, log));
    return say("Firstword's worker is ready.");
  }
  const app = await startWebApp({
    ...config,
    redisUrl,
    appSecret,
    redisPrefix: REDIS_PREFIX,
    records,
    endpoint,
    mode,
    sites,
    hasDefaultArticles,
    articles,
    indexes,
    folders: { widget: inServer('../widget/dist'), console: inServer('../console/dist') },
    pages: config.sites
      ? undefined
      : await demo?.createPages({
          siteId: DEFAULT_SITE_ID,
          engineLabel: () =>
            app.modelSource() === 'demo'
              ? 'the demo engine, which only quotes these articles'
              : 'the endpoint of this installation',
        }),
    log,
  });
  running.push({ stop: app.close });
  const url = config.publicUrl ?? `http://localhost:${app.port}`;
  const link = await firstRunLine(app, url);
  const loader = await readWidgetLoader(inServer('../widget/dist'));
  say(
    `Firstword is ready.\n  ${sites.open.has(DEFAULT_SITE_ID) && config.sites === undefined ? 'Help centre with the widget' : 'Preview of the widget      '}  ${url}/\n  Agent console                ${url}/console${link}${loader === undefined ? '' : `\n  Widget script with integrity ${url}${loader.path}\n                               ${loader.integrity}`}`,
  );
  if (app.modelSource() === 'none')
    warn(`no model endpoint is connected, so visitors get no answers. Connect one at ${url}/console/models.`);
  // Not awaited: visitors are served meanwhile.
  if (app.modelSource() !== 'demo' && app.modelSource() !== 'none')
    void app.checkModels().then(
      (checks) =>
        say(
          ['Models, by one short call to each:', ...checks.map((check) => writeReportLine(reportCheck(check)))].join(
            '\n',
          ),
        ),
      (error: unknown) => log.warn({ reason: describe(error) }, 'checking the models failed'),
    );
}

/** What the first agent must know; empty once there is one. */
async function firstRunLine({ firstRun }: Pick<WebApp, 'firstRun'>, url: string): Promise<string> {
  try {
    const token = await firstRun();
    return token === undefined ? '' : `\n  First agent: set a password   ${url}/console/first-run#token=${token}`;
  } catch (error) {
    if (!(error instanceof RecordsError)) throw error;
    return '\n  First agent                   the database does not answer yet; then run `npm run agent -- add EMAIL --role admin`';
  }
}

async function startWorker(
  config: Config,
  parts: Pick<
    WorkerAppSettings,
    'redisUrl' | 'records' | 'endpoint' | 'mode' | 'appSecret' | 'articles' | 'hasDefaultArticles' | 'indexes' | 'log'
  > & {
    readonly sites: ConfiguredSites;
  },
): Promise<Running[number]> {
  const { tiers, models, routing, limits, budgets } = config;
  const { budgets: ofSites } = parts.sites;
  const app = await startWorkerApp({
    ...parts,
    redisPrefix: REDIS_PREFIX,
    tiers,
    models,
    premium: config.premium,
    region: routing.defaultRegion,
    allowOutsideLimits: routing.allowOutsideLimits,
    endpoints: config.endpoints,
    modelOrigins: config.modelOrigins,
    proxy: config.proxy,
    usdPerDay: createAnalysisLimit(budgets, ofSites),
    stopped: (siteId) => budgets.stopped || (ofSites[siteId]?.stopped ?? false),
    worker: { concurrency: limits.runningAnalyses },
  });
  return { stop: app.close };
}

async function startEngine({ demoPace }: Config, demo: Demo, log: Log, running: Running): Promise<Endpoint> {
  const engine = await startChildServer({
    name: 'The demo engine',
    entry: demo.engineEntry,
    env: { ...process.env, DEMO_PACE: demoPace },
    log,
  });
  running.push(engine);
  say('Started the demo engine, which answers by quoting articles. To use a model, connect one in the console.');
  return { id: 'demo', baseUrl: `http://127.0.0.1:${engine.port}/v1` };
}

const describe = (error: unknown) =>
  hideSecrets(error instanceof Error ? (error.stack ?? error.message) : String(error));

async function stopAll(running: Running): Promise<void> {
  for (const part of running.toReversed()) await part.stop();
}

/** npm forwards Ctrl-C, so it arrives twice within milliseconds. A second key press comes later. */
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
  // Ending the process would affect all of its visitors, an unhandled rejection usually one.
  process.on('unhandledRejection', (reason) => log.error({ reason: describe(reason) }, 'unhandled rejection'));
  // The state is unknown after an uncaught exception: finish running work and let a new process take over.
  process.on('uncaughtException', (error) => {
    log.error({ reason: describe(error) }, 'uncaught exception, shutting down');
    void end(1);
  });
  process.on('SIGTERM', () => void end(0));
  process.on('SIGINT', () => {
    if (endingSince === undefined) say('\nFinishing running answers. Press Ctrl-C again to stop now.');
    void end(0);
  });
  try {
    await start(readConfig(process.env), running, demo);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Firstword could not start.\n${hideSecrets(reason)}\n`);
    await end(1);
  }
}
