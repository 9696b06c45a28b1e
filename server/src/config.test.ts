import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const withFile = (content: unknown) => {
  const path = join(mkdtempSync(join(tmpdir(), 'firstword-config-')), 'config.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return { CONFIG_FILE: path };
};
const fault = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
};

test('nothing set is a working configuration with the demo engine', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    endpoint: undefined,
    redisUrl: undefined,
    role: 'all',
    sites: undefined,
  });
});

test('an empty variable counts as not set', () => {
  expect(readConfig({ LLM_BASE_URL: '', PORT: '' })).toMatchObject({ port: 3000, endpoint: undefined });
});

test('a key alone points at the reference endpoint; a base URL loses its last slash', () => {
  expect(readConfig({ LLM_API_KEY: 'k' }).endpoint).toEqual({ baseUrl: 'https://global-apis.com/v1', apiKey: 'k' });
  expect(readConfig({ LLM_BASE_URL: 'http://localhost:8000/v1/' }).endpoint).toEqual({
    baseUrl: 'http://localhost:8000/v1',
  });
});

test.each([
  [{ PORT: 'abc' }, /^PORT: was "abc"; a number from 0 to 65535$/],
  [{ PORT: '70000' }, /^PORT: was "70000"/],
  [{ REDIS_URL: 'localhost:6379' }, /^REDIS_URL: was "localhost:6379"; .*redis:\/\//],
  [{ REDIS_URL: 'redis://a:6379,b:6379' }, /^REDIS_URL: was .*; one Redis, or Sentinel .* Redis Cluster does not work/],
  [{ REDIS_REPLICAS: 'all' }, /^REDIS_REPLICAS: was "all"; a number from 0 to 9$/],
  [{ LLM_BASE_URL: 'ftp://x' }, /^LLM_BASE_URL: was "ftp:\/\/x"; an http or https address/],
  [{ ROLE: 'boss' }, /^ROLE: was "boss".*all.*web.*worker/],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL: was "loud"/],
  [{ APP_SECRET: 'changeme' }, /^APP_SECRET: was \(hidden\)/],
  [{ NODE_ENV: 'production' }, /^APP_SECRET: is not set/],
  [{ CONFIG_FILE: 'nowhere.json' }, /^CONFIG_FILE: was "nowhere.json"; there is no such file/],
])('%j is refused with one line that names it', (env, line) => {
  expect(fault(env)).toMatch(line);
});

test('a slow model in an interactive tier ends the start, naming model, TTFT and rule', () => {
  const env = withFile({ tiers: { fast: { chain: { default: ['kimi-k2.5'] } } } });
  expect(fault(env)).toMatch(/"kimi-k2.5" has a TTFT of 600 ms.*at most 400 ms/);
});

test('models are swapped by configuration alone', () => {
  const config = readConfig(withFile({ tiers: { fast: { chain: { default: ['qwen3-32b'] } } } }));
  expect(config.tiers.fast).toEqual({ maxTokens: 200, chain: { default: ['qwen3-32b'] } });
  expect(config.tiers.instant.chain.default[0]).toBe('qwen3-8b');
});

test('secrets come from the environment, and a missing one is named', () => {
  const site = { id: 'acme', name: 'Acme', allowedOrigins: ['https://acme.example'], identitySecret: '$SITE_SECRET' };
  const env = withFile({ sites: [site] });
  expect(readConfig({ ...env, SITE_SECRET: 's'.repeat(40) }).sites?.[0]?.identitySecret).toBe('s'.repeat(40));
  expect(fault(env)).toMatch(/\$SITE_SECRET, which is not set/);
});

test('an unknown or wrong setting is named with its place', () => {
  expect(fault(withFile({ sites: [{ id: 'A!', name: '', allowedOrigins: ['x'] }], colour: 1 }))).toMatch(
    /sites\.0\.id[\s\S]*colour/,
  );
  expect(fault(withFile('{ not json'))).toMatch(/is not JSON/);
});

test('budgets limit nothing until they are set, and a site may have its own', () => {
  expect(readConfig({}).budgets).toEqual({ degradeAt: 0.8, stopped: false, sites: {} });
  const budgets = { siteDay: { usd: 20 }, sites: { acme: { siteDay: { usd: 5, tokens: 1_000_000 }, stopped: true } } };
  expect(readConfig(withFile({ budgets })).budgets).toEqual({ degradeAt: 0.8, stopped: false, ...budgets });
  expect(fault(withFile({ budgets: { siteDay: { usd: -1 } } }))).toContain('budgets.siteDay.usd');
});

test('analyses cost what their site allows a day, and a worker writes as many at once as it is told', () => {
  expect(readConfig({}).analysisUsdPerDay('acme')).toBeUndefined();
  expect(readConfig({}).limits.runningAnalyses).toBe(4);
  const budgets = { analysisUsdPerDay: 3, sites: { acme: { analysisUsdPerDay: 0.5 } } };
  const config = readConfig(withFile({ budgets, limits: { runningAnalyses: 1 } }));
  expect(['acme', 'other'].map(config.analysisUsdPerDay)).toEqual([0.5, 3]);
  expect(config.limits.runningAnalyses).toBe(1);
  expect(fault(withFile({ limits: { runningAnalyses: 0 } }))).toContain('limits.runningAnalyses');
});

test('a premium model is refused where people wait', () => {
  const models = [{ id: 'our-model', ttftMs: 90, outputUsdPerMillion: 3 }];
  expect(fault(withFile({ models, tiers: { instant: { chain: { default: ['our-model'] } } } }))).toMatch(
    /"our-model" costs 3 dollars/,
  );
});

test('the fastest preset changes the chain outside Asia, and a chain of one’s own outweighs it', () => {
  const preset = (file: object) => readConfig(withFile({ routing: { preset: 'fastest' }, ...file })).tiers.fast.chain;
  expect(preset({})).toEqual({
    default: ['step-3.5-flash', 'deepseek-v4-flash'],
    asia: ['deepseek-v4-flash', 'hunyuan-turbos'],
  });
  expect(preset({ tiers: { fast: { chain: { default: ['qwen3-32b'] } } } })).toEqual({ default: ['qwen3-32b'] });
});

test('a site whose allowed regions have no endpoint ends the start, and one with an endpoint does not', () => {
  const sites = [{ id: 'acme', name: 'Acme', allowedOrigins: ['https://acme.example'], allowedRegions: ['asia'] }];
  expect(fault(withFile({ sites }))).toMatch(/^sites\.acme\.allowedRegions: was asia; .* endpoints\.asia$/);
  const endpoints = { asia: { baseUrl: 'https://asia.example/v1/', apiKey: '$ASIA_KEY' } };
  const config = readConfig({ ...withFile({ sites, endpoints }), ASIA_KEY: 'k' });
  expect(config.endpoints).toEqual({ asia: { baseUrl: 'https://asia.example/v1', apiKey: 'k' } });
});

test('conversations are kept for 90 days unless a site says otherwise, and 0 is for ever', () => {
  const sites = (more: object) => [{ id: 'acme', name: 'Acme', allowedOrigins: ['https://acme.example'], ...more }];
  const days = (more: object) => readConfig(withFile({ sites: sites(more) })).sites?.[0]?.retentionDays;
  expect(days({})).toBe(90);
  expect(days({ retentionDays: 0 })).toBe(0);
  expect(fault(withFile({ sites: sites({ retentionDays: 1.5 }) }))).toMatch(/sites\.0\.retentionDays: a whole number/);
});
