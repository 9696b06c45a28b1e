import { acmeWith, withConfigFile } from '@firstword/testing/config-file';
import { expect, test } from 'vitest';
import { createAnalysisLimit } from '../configured-sites.ts';
import { defaultConfig, readConfig } from './config.ts';

test('nothing set is a working configuration with the demo engine', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    endpoint: undefined,
    redisUrl: undefined,
    role: 'all',
    sites: undefined,
    warnings: [],
  });
});

test('the defaults are those of a start without environment and file', () => {
  const { warnings, fileName, namedSettings, checkSite, ...read } = readConfig({});
  expect(defaultConfig()).toMatchObject(read);
});

test('the identity provider is read from the environment, with a secret or without', () => {
  const env = { OIDC_ISSUER: 'https://login.example.com/', OIDC_CLIENT_ID: 'console', PUBLIC_URL: 'https://x.example' };
  const client = { issuer: 'https://login.example.com/', clientId: 'console' };
  expect(readConfig(env).oidc).toEqual({ ...client, clientSecret: undefined });
  expect(readConfig({ ...env, OIDC_CLIENT_SECRET: 's' })).toMatchObject({
    oidc: { ...client, clientSecret: 's' },
    signIn: { passwordSignIn: true, oidc: { scopes: ['openid', 'email', 'profile'], createAccounts: false } },
  });
});

test('a worker, at which no one signs in, needs nothing of the identity provider', () => {
  const file = withConfigFile({ signIn: { passwordSignIn: false } });
  expect(readConfig({ ...file, ROLE: 'worker' }).signIn.passwordSignIn).toBe(false);
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

test('an address with the chat call, a bare host and a query are read', () => {
  const baseUrl = (given: string) => readConfig({ LLM_BASE_URL: given }).endpoint?.baseUrl;
  expect(baseUrl('http://localhost:11434')).toBe('http://localhost:11434/v1');
  expect(baseUrl('http://localhost:8000/v1/chat/completions')).toBe('http://localhost:8000/v1');
  expect(baseUrl('https://r.example/openai/deployments/gpt?api-version=1')).toBe(
    'https://r.example/openai/deployments/gpt?api-version=1',
  );
});

test('what surrounds a key or an address is removed, and warned about', () => {
  const endpoints = { asia: { baseUrl: 'https://asia.example/v1', apiKey: '$ASIA_KEY', apiKeyHeader: 'API-Key' } };
  const config = readConfig({
    ...withConfigFile({ endpoints }),
    LLM_BASE_URL: '"https://x.example/v1"',
    LLM_API_KEY: 'Bearer k\n',
    ASIA_KEY: "'a'",
  });
  expect(config.endpoint).toEqual({ baseUrl: 'https://x.example/v1', apiKey: 'k' });
  expect(config.endpoints).toEqual({
    asia: { baseUrl: 'https://asia.example/v1', apiKey: 'a', apiKeyHeader: 'api-key' },
  });
  expect(config.warnings).toEqual([
    'LLM_BASE_URL: quotes around the value were removed. Remove them from the setting.',
    'LLM_API_KEY: blanks or line breaks and "Bearer" around the value were removed. Remove them from the setting.',
    expect.stringContaining('endpoints.asia.apiKey: quotes around the value were removed.'),
  ]);
});

test('a proxy is read in either case, without a warning, and a host alone is an HTTP proxy', () => {
  expect(readConfig({}).proxy).toBeUndefined();
  expect(readConfig({ NO_PROXY: 'x.example' }).proxy).toBeUndefined();
  const config = readConfig({ https_proxy: 'proxy.example:3128', HTTPS_PROXY: 'http://other', no_proxy: '.internal' });
  expect(config.proxy).toEqual({ https: 'http://proxy.example:3128', http: undefined, bypass: '.internal' });
  expect(config.warnings).toEqual([]);
});

test('a public address keeps its path and loses its last slash', () => {
  expect(readConfig({ PUBLIC_URL: 'https://x.example/support/' }).publicUrl).toBe('https://x.example/support');
});

test('a text with a byte order mark is read', () => {
  expect(readConfig(withConfigFile('\uFEFF{}')).limits.messagesPerMinute).toBe(30);
});

test.each([
  [
    { LLM_BASEURL: 'https://x.example/v1' },
    'LLM_BASEURL: has no effect, because there is no such setting. Did you mean LLM_BASE_URL?',
  ],
  [{ REDIS_URI: 'redis://x' }, 'REDIS_URI: has no effect, because there is no such setting. Did you mean REDIS_URL?'],
  [
    { DATABASE_URI: 'postgres://x' },
    'DATABASE_URI: has no effect, because there is no such setting. Did you mean DATABASE_URL?',
  ],
  [{ llm_api_key: 'k' }, 'llm_api_key: has no effect, because there is no such setting. Did you mean LLM_API_KEY?'],
  [{ SMTP_HOST: 'mail' }, 'SMTP_HOST: has no effect, because there is no such setting. Use SMTP_URL.'],
  [
    { LLM_TEMPERATURE: '1' },
    'LLM_TEMPERATURE: has no effect, because there is no such setting. Use LLM_BASE_URL or LLM_API_KEY or LLM_API_KEY_HEADER.',
  ],
])('the environment %j is warned about, and starts', (env, warning) => {
  expect(readConfig(env).warnings).toEqual([warning]);
});

test('names that other software sets, and those that the file refers to, are not warned about', () => {
  const file = withConfigFile({ endpoints: { asia: { baseUrl: 'https://asia.example/v1', apiKey: '$LLM_ASIA_KEY' } } });
  const others = {
    REDIS_SERVICE_HOST: 'a',
    REDIS_PORT_6379_TCP: 'b',
    HOSTNAME: 'c',
    HOME: 'd',
    APP_ENV: 'e',
    TERM: 'f',
  };
  expect(readConfig({ ...file, ...others, LLM_ASIA_KEY: 'k' }).warnings).toEqual([]);
});

test('an origin that is listed twice is warned about', () => {
  const file = withConfigFile(acmeWith({ allowedOrigins: ['https://acme.example', 'https://acme.example'] }));
  expect(readConfig(file).warnings).toEqual([
    expect.stringContaining(
      'sites[0].allowedOrigins[1]: "https://acme.example" is listed twice. Remove one of the two.',
    ),
  ]);
});

test('a model outside the limits of its tier is used when it is allowed by name, and the start says so', () => {
  const file = withConfigFile({
    models: [{ id: 'our-model', ttftMs: 600, outputUsdPerMillion: 0.3 }],
    tiers: { fast: { chain: { default: ['our-model'] } } },
    routing: { allowOutsideLimits: ['our-model', 'qwen3-8b'] },
  });
  const { warnings, outsideLimits } = readConfig(file);
  expect(outsideLimits).toEqual([{ tier: 'fast', modelId: 'our-model', what: 'ttft', value: 600, limit: 400 }]);
  expect(warnings).toEqual([
    expect.stringMatching(
      /allowOutsideLimits: model "our-model" has a TTFT of 600 ms; the fast tier allows at most 400 ms/,
    ),
    expect.stringContaining('allowOutsideLimits[1]: "qwen3-8b" has no effect'),
  ]);
});

test('premium models are for legal and compliance matters, unless configured otherwise', () => {
  expect(readConfig({}).premium).toEqual({
    models: ['kimi-k2.5'],
    reasons: ['legal', 'compliance'],
    maxUsdPerDay: 5,
  });
  const premium = { models: ['glm-5'], reasons: ['legal'], maxUsdPerDay: 2 };
  expect(readConfig(withConfigFile({ tiers: { quality: { premium } } })).premium).toEqual(premium);
});

test('models are swapped by configuration alone', () => {
  const config = readConfig(withConfigFile({ tiers: { fast: { chain: { default: ['qwen3-32b'] } } } }));
  expect(config.tiers.fast).toEqual({ maxTokens: 200, chain: { default: ['qwen3-32b'] } });
  expect(config.tiers.instant.chain.default[0]).toBe('qwen3-8b');
});

test('secrets come from the environment', () => {
  const env = withConfigFile(acmeWith({ identitySecret: '$SITE_SECRET' }));
  expect(readConfig({ ...env, SITE_SECRET: 's'.repeat(40) }).sites?.[0]?.identitySecret).toBe('s'.repeat(40));
});

test('budgets limit nothing until they are set, and a site may have its own', () => {
  expect(readConfig({}).budgets).toEqual({
    degradeAt: 0.8,
    typingBudgetShare: 0.3,
    addressShare: 0.25,
    stopped: false,
    sites: {},
  });
  const budgets = { siteDay: { usd: 20 }, sites: { acme: { siteDay: { usd: 5, tokens: 1_000_000 }, stopped: true } } };
  const config = readConfig(withConfigFile({ ...acmeWith({}), budgets }));
  expect(config.budgets).toEqual({
    degradeAt: 0.8,
    typingBudgetShare: 0.3,
    addressShare: 0.25,
    stopped: false,
    ...budgets,
  });
});

test('analyses cost what their site allows a day, and a worker runs the configured number at once', () => {
  const limitOf = (config: ReturnType<typeof readConfig>) => createAnalysisLimit(config.budgets, config.budgets.sites);
  expect(limitOf(readConfig({}))('acme')).toBeUndefined();
  expect(readConfig({}).limits.runningAnalyses).toBe(4);
  const budgets = { analysisUsdPerDay: 3, sites: { acme: { analysisUsdPerDay: 0.5 } } };
  const config = readConfig(withConfigFile({ ...acmeWith({}), budgets, limits: { runningAnalyses: 1 } }));
  expect(['acme', 'other'].map(limitOf(config))).toEqual([0.5, 3]);
  expect(config.limits.runningAnalyses).toBe(1);
});

test('the fastest preset changes the chain outside Asia, and a configured chain overrides it', () => {
  const preset = (file: object) =>
    readConfig(withConfigFile({ routing: { preset: 'fastest' }, ...file })).tiers.fast.chain;
  expect(preset({})).toEqual({
    default: ['step-3.5-flash', 'deepseek-v4-flash'],
    asia: ['deepseek-v4-flash', 'hunyuan-turbos'],
  });
  expect(preset({ tiers: { fast: { chain: { default: ['qwen3-32b'] } } } })).toEqual({ default: ['qwen3-32b'] });
});

test('a site whose allowed region has an endpoint is accepted', () => {
  const endpoints = { asia: { baseUrl: 'https://asia.example/v1/', apiKey: '$ASIA_KEY' } };
  const config = readConfig({
    ...withConfigFile({ ...acmeWith({ allowedRegions: ['asia'] }), endpoints }),
    ASIA_KEY: 'k',
  });
  expect(config.endpoints).toEqual({ asia: { baseUrl: 'https://asia.example/v1', apiKey: 'k' } });
});

test('conversations are kept for 90 days unless a site says otherwise, and 0 is for ever', () => {
  const days = (more: object) => readConfig(withConfigFile(acmeWith(more))).sites?.[0]?.retentionDays;
  expect(days({})).toBe(90);
  expect(days({ retentionDays: 0 })).toBe(0);
});

test('a captcha needs its provider and both keys, the secret perhaps from a file', () => {
  const env = { CAPTCHA_PROVIDER: 'turnstile', CAPTCHA_SITE_KEY: 'site', CAPTCHA_SECRET_KEY: 'secret' };
  expect(readConfig({}).captcha).toBeUndefined();
  expect(readConfig(env).captcha).toMatchObject({
    ...{ provider: 'turnstile', siteKey: 'site', secretKey: 'secret', withoutToken: 'refuse' },
    verifyUrl: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
    hosts: ['https://challenges.cloudflare.com'],
  });
  const file = withConfigFile({ captcha: { scriptUrl: 'https://captcha.example/api.js?render=explicit' } });
  expect(readConfig({ ...env, ...file }).captcha?.hosts).toEqual(['https://captcha.example']);
  const { CAPTCHA_SECRET_KEY: _, ...half } = env;
  expect(() => readConfig(half)).toThrow('CAPTCHA_SECRET_KEY: is required with CAPTCHA_PROVIDER but not set.');
  expect(() => readConfig({ ...env, CAPTCHA_PROVIDER: 'recaptcha' })).toThrow('CAPTCHA_PROVIDER');
  expect(readConfig({ ...half, ROLE: 'worker' }).captcha).toBeUndefined();
});

test.each([
  'rediss+cluster://ada:secret@one:6379,two:6379?ca=/run/secrets/redis_ca',
  'rediss+sentinel://:secret@one,two/main?ca=/run/secrets/redis_ca&sentinelPassword=secret',
])('%s is an address of Redis', (REDIS_URL) => {
  expect(readConfig({ REDIS_URL }).redisUrl).toBe(REDIS_URL);
});
