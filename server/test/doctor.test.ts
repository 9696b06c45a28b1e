/** The doctor on set-ups that are broken as real ones are: each fault is named with what was asked and its fix. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withConfigFile } from '@firstword/testing/config-file';
import { startForwardProxy } from '@firstword/testing/forward-proxy';
import { DURABLE, type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { startSmtpServer } from '@firstword/testing/smtp-server';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { createTestFolder } from '@firstword/testing/test-folder';
import { azure, deepSeek, ollama, startVendorEndpoint, type Vendor } from '@firstword/testing/vendor-endpoint';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { runDoctor } from '../src/cli/doctor/run-doctor.ts';
import { runDoctorCommand } from '../src/cli/doctor-command.ts';
import { createSettingSecrets } from '../src/configured-sites.ts';
import { ALL_SETTINGS } from '../src/settings/follow-settings.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { createSettingsPublication } from '../src/store/publication.ts';

type Env = Record<string, string>;

let redis: RedisServer;
let database: TestDatabase;
let stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  [redis, database] = await Promise.all([startRedisServer(...DURABLE), createTestDatabase()]);
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
});
afterAll(() => Promise.all([redis.stop(), database.drop()]));

const MODEL = 'ours';
const SITE = { id: 'acme', name: 'Acme', allowedOrigins: ['https://www.acme.example'] };
const KEY = 'canary-key-77';

/** One model in every tier, so that a table has one fault and not five. */
const oneModel = (more: object = {}) => ({
  sites: [SITE],
  models: [{ id: MODEL, ttftMs: 150, inputUsdPerMillion: 0.05, outputUsdPerMillion: 0.1 }],
  tiers: Object.fromEntries(['instant', 'fast', 'quality'].map((tier) => [tier, { chain: { default: [MODEL] } }])),
  ...more,
});

async function vendorAt(vendor: Vendor): Promise<string> {
  const server = await startVendorEndpoint(vendor);
  stops.push(server.stop);
  return server.origin;
}

function folderOf(files: Record<string, string>): string {
  const folder = createTestFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const ARTICLE = '---\nid: returns\ntitle: Returns\n---\nYou may return an item within 30 days.';

/** A set-up that works; each row breaks one part of it. */
async function works(changes: { vendor?: Vendor; file?: object; env?: Env } = {}): Promise<Env> {
  const origin = await vendorAt(changes.vendor ?? ollama([MODEL]));
  return {
    ...withConfigFile(oneModel({ knowledge: { directory: folderOf({ 'returns.md': ARTICLE }) }, ...changes.file })),
    REDIS_URL: redis.url,
    PUBLIC_URL: 'http://localhost:3000',
    LLM_BASE_URL: origin,
    LLM_API_KEY: KEY,
    ...changes.env,
  };
}

const faultsOf = async (env: Env, now?: () => number) => {
  const report = await runDoctor({ env, callMs: 2_000, ...(now === undefined ? {} : { now }) });
  expect(JSON.stringify(report)).not.toContain(KEY);
  return report.findings.filter(({ level }) => level === 'fault');
};

test('a set-up that works has no fault, and one line for each part', async () => {
  const report = await runDoctor({ env: await works() });
  expect(report).toMatchObject({ ok: true });
  // A busy machine may make the model slow, which is a warning.
  const parts = report.findings.map(({ area, level }) => (area === 'models' ? area : `${area} ${level}`));
  expect(parts).toEqual([
    'configuration ok',
    'redis ok',
    'clock ok',
    'articles ok',
    'articles ok',
    'mail ok',
    'sites ok',
    'sites ok',
    'models',
  ]);
});

test('an endpoint that is connected in the console is checked, and its fix does not name the environment', async () => {
  const appSecret = 'a secret of at least 32 characters, or more';
  const settings = { baseUrl: `${await vendorAt(deepSeek('another', [MODEL]))}/v1`, chains: {}, models: [] };
  const value = {
    settings: { ...settings, allowOutsideLimits: true },
    endpointId: 'console-1',
    sealedKey: createSettingSecrets(appSecret).seal(KEY),
  };
  const connection = await redis.connect();
  const keys = createRedisKeys('firstword');
  stops.push(async () => {
    await connection.del(keys.settings(ALL_SETTINGS));
    connection.disconnect();
  });
  const json = JSON.stringify({ models: { number: 1, value } });
  await createSettingsPublication(connection, keys).publish(ALL_SETTINGS, { version: '1', json });
  const [fault, ...others] = await faultsOf(
    await works({ env: { LLM_BASE_URL: '', LLM_API_KEY: '', APP_SECRET: appSecret } }),
  );
  expect(others).toEqual([]);
  expect(fault).toMatchObject({
    area: 'models',
    found: expect.stringContaining('unauthorized'),
    fix: expect.stringMatching(/^Check the API key: /),
  });
});

const answer =
  (status: number, message: string, more: object = {}): Vendor =>
  () => ({
    status,
    body: { error: { message, ...more } },
  });
const refusal = (vendor: Vendor) => () => works({ vendor });

test.each<[name: string, setUp: () => Promise<Env>, found: RegExp, fix: RegExp]>([
  // Configuration
  [
    'an address without a scheme',
    () => works({ env: { LLM_BASE_URL: 'localhost:11434' } }),
    /does not begin with http/,
    /Begin it with https:\/\//,
  ],
  [
    'an address of another call',
    () => works({ env: { LLM_BASE_URL: 'http://localhost:11434/api/chat' } }),
    /Ollama's own API/,
    /Use http:\/\/localhost:11434\/v1/,
  ],
  ['a key of two words', () => works({ env: { LLM_API_KEY: 'sk one' } }), /contains a blank/, /Copy the key again/],
  [
    'a comma too many',
    async () => ({ ...(await works()), ...withConfigFile('{ "sites": [], }') }),
    /not valid JSON: a comma before \}/,
    /Remove it/,
  ],
  [
    'a model of a chain that is not known',
    async () => ({ ...(await works()), ...withConfigFile({ tiers: { fast: { chain: { default: ['qwen3-8'] } } } }) }),
    /no model "qwen3-8"/,
    /Did you mean "qwen3-8b"/,
  ],
  // Redis and clock
  [
    'no Redis',
    () => works({ env: { REDIS_URL: 'redis://127.0.0.1:1' } }),
    /ECONNREFUSED/,
    /Start Redis, or correct REDIS_URL/,
  ],
  [
    'a Redis that needs a password',
    async () => {
      const locked = await startRedisServer('--requirepass', 'x');
      stops.push(locked.stop);
      return works({ env: { REDIS_URL: locked.url } });
    },
    /NOAUTH/,
    /redis:\/\/user:password@host/,
  ],
  [
    'a Redis in production that loses messages',
    async () => {
      const lossy = await startRedisServer(...DURABLE, '--appendonly', 'no');
      stops.push(lossy.stop);
      return works({
        env: {
          REDIS_URL: lossy.url,
          NODE_ENV: 'production',
          APP_SECRET: 'q7hd82hs02jd83hs92kd74hs02kd8wla',
          DATABASE_URL: database.url,
        },
      });
    },
    /appendonly is "no"/,
    /set it to "yes"/,
  ],
  [
    'replicas that are not there',
    () => works({ env: { REDIS_REPLICAS: '2' } }),
    /0 connected, but REDIS_REPLICAS is 2/,
    /Connect the replicas/,
  ],
  // Database
  [
    'no database',
    () => works({ env: { DATABASE_URL: 'postgres://firstword:hunter2@127.0.0.1:1/firstword' } }),
    /ECONNREFUSED/,
    /Start PostgreSQL, or correct DATABASE_URL/,
  ],
  [
    'a database that is not there',
    () => works({ env: { DATABASE_URL: database.url.replace(/\/test_\w+/, '/nowhere') } }),
    /database "nowhere" does not exist/,
    /Create the database/,
  ],
  [
    'a database user that is not there',
    () => works({ env: { DATABASE_URL: database.url.replace('firstword@', 'stranger@') } }),
    /role "stranger" does not exist/,
    /Check the user and the password/,
  ],
  // Articles, mail, sites
  [
    'a folder that is not there',
    () => works({ file: { knowledge: { directory: '/nowhere/help' } } }),
    /does not exist/,
    /Correct the folder/,
  ],
  [
    'a mail server that refuses the password',
    async () => {
      const smtp = await startSmtpServer('535 5.7.8 refused');
      stops.push(smtp.stop);
      return works({ env: { SMTP_URL: `smtp://me:no@${smtp.host}`, MAIL_FROM: 'help@acme.example' } });
    },
    /handshake failed: EAUTH/,
    /Check the user and password in SMTP_URL/,
  ],
  [
    'a mail server at another port',
    () => works({ env: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'help@acme.example' } }),
    /ECONNREFUSED/,
    /587 with smtp:\/\//,
  ],
  [
    'a widget that browsers refuse',
    () => works({ env: { PUBLIC_URL: 'http://support.acme.example' } }),
    /browsers refuse the widget on https:\/\/www\.acme\.example/,
    /begin PUBLIC_URL with https/,
  ],
  // Models: what vendors and servers answer
  ['a wrong key', refusal(deepSeek('another', [MODEL])), /unauthorized: status 401/, /Check LLM_API_KEY/],
  ['an empty account', refusal(answer(402, 'Insufficient Balance')), /no-credit: status 402/, /Add credit/],
  [
    'a used-up quota',
    refusal(answer(429, 'You exceeded your current quota', { code: 'insufficient_quota' })),
    /no-credit: status 429/,
    /raise its quota/,
  ],
  [
    'a model that was never pulled',
    refusal(ollama(['ours:8b', 'llama3.2'])),
    /unknown-model: status 404/,
    /It has ours:8b, llama3\.2/,
  ],
  [
    'a model that the vendor does not have',
    refusal(deepSeek(KEY, ['deepseek-chat'])),
    /unknown-model: status 400/,
    /It has deepseek-chat/,
  ],
  [
    'a deployment that does not exist',
    async () => {
      const env = await works({ vendor: azure(KEY, ['chat']) });
      return { ...env, LLM_BASE_URL: `${env['LLM_BASE_URL']}/openai/deployments/gpt?api-version=2024-10-21` };
    },
    /unknown-model: status 404 \(DeploymentNotFound\)/,
    /Set upstreamName/,
  ],
  [
    'a wrong path',
    async () => {
      const env = await works();
      return { ...env, LLM_BASE_URL: `${env['LLM_BASE_URL']}/api/v3` };
    },
    /no-model: status 404/,
    /An API answers at http:\/\/127\.0\.0\.1:\d+\/v1/,
  ],
  [
    'a host that does not resolve',
    () => works({ env: { LLM_BASE_URL: 'http://models.acme.invalid/v1' } }),
    /dns-failed/,
    /typing error/,
  ],
  [
    'an endpoint that is not running',
    () => works({ env: { LLM_BASE_URL: 'http://127.0.0.1:1/v1' } }),
    /connect-failed.*ECONNREFUSED/,
    /Check that the endpoint runs/,
  ],
  [
    'a proxy that refuses',
    async () => {
      const proxy = await startForwardProxy(1, 407);
      stops.push(proxy.stop);
      return works({ env: { LLM_BASE_URL: 'http://models.example/v1', HTTP_PROXY: proxy.url } });
    },
    /proxy-failed: the proxy refused the connection \(407\)/,
    /add models\.example to NO_PROXY/,
  ],
  [
    'an endpoint that redirects',
    refusal(() => ({ status: 308, headers: { location: 'https://x.example/v1' } })),
    /redirected: status 308/,
    /Set LLM_BASE_URL to the address/,
  ],
  [
    'a web page',
    refusal(() => ({ status: 200, type: 'text/html', body: '<!doctype html>' })),
    /bad-response/,
    /is not a streaming chat API/,
  ],
  ['an endpoint that never answers', refusal(() => 'hang'), /headers-timeout/, /is loaded/],
])('%s', async (_, setUp, found, fix) => {
  const faults = await faultsOf(await setUp());
  expect(faults, JSON.stringify(faults)).toHaveLength(1);
  expect(faults[0]?.found).toMatch(found);
  expect(faults[0]?.fix).toMatch(fix);
  if (faults[0]?.area === 'models') expect(faults[0].asked).toMatch(/^https?:\/\/.+\/chat\/completions\S* for "ours"$/);
});

test('an endpoint without TLS at an https address is named twice: by its certificate and by its models', async () => {
  const env = await works();
  const faults = await faultsOf({ ...env, LLM_BASE_URL: env['LLM_BASE_URL']?.replace('http:', 'https:') ?? '' });
  expect(faults.map(({ area }) => area)).toEqual(['certificates', 'models']);
  expect(faults[1]?.fix).toMatch(/begin LLM_BASE_URL with http:\/\//);
});

test('a clock that is wrong by an hour', async () => {
  const faults = await faultsOf(await works(), () => Date.now() + 3_600_000);
  expect(faults).toMatchObject([
    { area: 'clock', found: expect.stringMatching(/^3(?:599|600)\d{3} ms ahead of Redis$/) },
  ]);
});

test('prints a report for people or for programs, and exits with 1 on a fault', async () => {
  const lines: string[] = [];
  const run = async (args: string[], env: Env) => runDoctorCommand(args, { env, say: (text) => lines.push(text) });
  expect(await run([], await works())).toBe(0);
  expect(lines[0]).toMatch(/^Configuration\n {2}ok {7}environment and file: readable, 1 site\n/);
  expect(lines[0]).toMatch(/\n\n(?:Everything works|No fault\. 1 warning)\.$/);

  expect(await run([], await works({ vendor: answer(402, 'no') }))).toBe(1);
  expect(lines[1]).toMatch(
    / {2}FAULT {4}ours \(instant, fast, quality\): no-credit: status 402\n {11}Asked: http\S+ for "ours"\n {11}Fix: Add credit .*\n\n1 fault found\.$/,
  );

  expect(await run(['--json'], await works())).toBe(0);
  const schema = z.object({
    ok: z.literal(true),
    findings: z.array(z.object({ area: z.string(), level: z.string() })),
  });
  expect(schema.parse(JSON.parse(lines[2] ?? '')).findings.length).toBeGreaterThan(5);
  await expect(run(['--jsn'], {})).rejects.toThrow(/Did you mean "--json"/);
});
