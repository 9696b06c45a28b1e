import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, defaultConfig, readConfig } from './config.ts';

const withFile = (content: unknown) => {
  const path = join(mkdtempSync(join(tmpdir(), 'firstword-config-')), 'config.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return { CONFIG_FILE: path };
};
/** The message, with the path of the file shortened to its name. */
const fault = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(env['CONFIG_FILE'] ?? '\0', 'config.json');
    throw error;
  }
  return 'accepted';
};
const acme = { id: 'acme', name: 'Acme', allowedOrigins: ['https://acme.example'] };

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
  const { warnings, analysisUsdPerDay, ...read } = readConfig({});
  expect(defaultConfig()).toMatchObject(read);
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

test('a public address keeps its path and loses its last slash', () => {
  expect(readConfig({ PUBLIC_URL: 'https://x.example/support/' }).publicUrl).toBe('https://x.example/support');
});

const SECRET = 'a random text, such as the output of `openssl rand -base64 32`.';
test.each([
  [{ PORT: 'abc' }, 'PORT: "abc" is not allowed. Use a whole number from 0 to 65535.'],
  [{ PORT: '70000' }, 'PORT: "70000" is not allowed. Use a whole number from 0 to 65535.'],
  [
    { HOST: 'http://localhost' },
    'HOST: "http://localhost" is not a host name or an IP address. Use 127.0.0.1, or 0.0.0.0 for all interfaces; the port is set by PORT.',
  ],
  [
    { PUBLIC_URL: 'support.example.com' },
    'PUBLIC_URL: "support.example.com" does not begin with http:// or https://. Begin it with https://, or with http:// for a local server.',
  ],
  [
    { PUBLIC_URL: 'https://root:hunter2@x.example' },
    'PUBLIC_URL: "https://***@x.example" contains a user or password. Remove them from the address.',
  ],
  [
    { PUBLIC_URL: 'https://x.example/?a=1' },
    'PUBLIC_URL: "https://x.example/?a=1" has a query or a fragment. Remove everything from the first "?" or "#".',
  ],
  [
    { REDIS_URL: 'localhost:6379' },
    'REDIS_URL: "localhost:6379" is not a Redis address. Begin it with redis://, rediss://, unix:// or redis+sentinel://.',
  ],
  [
    { REDIS_URL: 'redis:/:hunter2@secret@localhost' },
    'REDIS_URL: "***@localhost" is not a Redis address. Begin it with redis://, rediss://, unix:// or redis+sentinel://.',
  ],
  [
    { REDIS_URL: 'redis://:hunter2@a:63790000' },
    'REDIS_URL: "redis://***@a:63790000" has a port above 65535. Redis usually listens on 6379.',
  ],
  [
    { REDIS_URL: 'redis://a:6379,b:6379' },
    'REDIS_URL: "redis://a:6379,b:6379" names a Redis Cluster, which is not supported: queues and totals span its slots. Use one Redis, or Sentinel as redis+sentinel://host:26379,host:26379/name.',
  ],
  [{ REDIS_REPLICAS: 'all' }, 'REDIS_REPLICAS: "all" is not allowed. Use a whole number from 0 to 9.'],
  [
    { LLM_BASE_URL: 'ftp://x' },
    'LLM_BASE_URL: "ftp://x" does not begin with http:// or https://. Begin it with https://, or with http:// for a local server.',
  ],
  [
    { LLM_BASE_URL: 'https://x.example/v1/chat/completions' },
    'LLM_BASE_URL: "https://x.example/v1/chat/completions" ends with /chat/completions, which is added to each request. Use https://x.example/v1.',
  ],
  [{ ROLE: 'worke' }, 'ROLE: "worke" is not allowed. Use all, web or worker. Did you mean "worker"?'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: "loud" is not allowed. Use debug, info, warn, error or silent.'],
  [
    { TRUST_PROXY: 'nginx' },
    'TRUST_PROXY: "nginx" is not a proxy. Use the number of proxies in front, such as 1, or their IP addresses or subnets, such as 10.0.0.0/8.',
  ],
  [
    { SMTP_URL: 'mail.example.com' },
    'SMTP_URL: "mail.example.com" is not the address of a mail server. Use smtp://user:password@host:587, or smtps:// for implicit TLS.',
  ],
  [
    { MAIL_FROM: 'support' },
    'MAIL_FROM: "support" is not an e-mail address. Use an address such as support@example.com.',
  ],
  [{ APP_SECRET: 'changeme' }, `APP_SECRET: the given value is shorter than 32 characters. Use ${SECRET}`],
  [{ APP_SECRET: 'x'.repeat(40) }, `APP_SECRET: the given value is a placeholder. Use ${SECRET}`],
  [
    { NODE_ENV: 'production' },
    `APP_SECRET: is required in production but not set. Use ${SECRET}\nREDIS_URL: is required in production but not set. Use the address of your Redis, such as redis://redis:6379.`,
  ],
  [
    { CONFIG_FILE: '/nowhere.json' },
    'CONFIG_FILE: "config.json" does not exist (looked in config.json). Set CONFIG_FILE to the path of your configuration file, or unset it.',
  ],
])('the environment %j is refused', (env, message) => {
  expect(fault(env)).toBe(message);
});

const MODELS =
  'step-3.5-flash, deepseek-v4-flash, hunyuan-turbos, qwen3-8b, qwen3-32b, doubao-seed-lite, hunyuan-turbo, glm-4-32b, ' +
  'qwen3.5-27b, deepseek-v4-pro, minimax-m2.5, glm-5, kimi-k2.5, deepseek-r1, qwen3.5-397b';
const sites = (more: object) => ({ sites: [{ ...acme, ...more }] });
test.each<[unknown, string]>([
  [
    { limits: { messagesPerMinute: 'many' } },
    'limits.messagesPerMinute: "many" is not allowed. Use a whole number, 1 or more.',
  ],
  [{ limits: { runningAnalyses: 0 } }, 'limits.runningAnalyses: 0 is not allowed. Use a whole number from 1 to 100.'],
  [{ budgets: { siteDay: { usd: -1 } } }, 'budgets.siteDay.usd: -1 is not allowed. Use a number, 0 or more.'],
  [
    { limits: { messagePerMinute: 10 } },
    'limits.messagePerMinute: there is no such setting. Did you mean "messagesPerMinute"? Allowed here: messagesPerMinute, runningTurns, loopLagMs, redisMs, runningAnalyses.',
  ],
  [
    { site: [] },
    'site: there is no such setting. Did you mean "sites"? Allowed here: sites, models, tiers, routing, endpoints, knowledge, budgets, objective, limits.',
  ],
  [
    { routing: { mode: 'sequental' } },
    'routing.mode: "sequental" is not allowed. Use speculative or sequential. Did you mean "sequential"?',
  ],
  [
    { sites: [{ id: 'acme', allowedOrigins: ['https://acme.example'] }] },
    'sites[0].name: is required but not set. Use a text of 1 to 80 characters.',
  ],
  [{ sites: [] }, 'sites: an empty list is not allowed. Use a list with at least 1 entry.'],
  [
    [],
    'The file: an empty list is not allowed. Use an object with the keys $schema, sites, models, tiers, routing, endpoints, knowledge, budgets, objective, limits.',
  ],
  [sites({ id: 'A!' }), 'sites[0].id: "A!" is not a site id. Use 1 to 48 characters: a-z, 0-9 and -.'],
  [
    sites({ allowedOrigins: ['https://shop.example/en/'] }),
    'sites[0].allowedOrigins[0]: "https://shop.example/en/" has a path. Use https://shop.example.',
  ],
  [
    sites({ allowedOrigins: ['https://shop.example/'] }),
    'sites[0].allowedOrigins[0]: "https://shop.example/" ends with a slash. Use https://shop.example.',
  ],
  [
    sites({ allowedOrigins: ['https://Shop.example'] }),
    'sites[0].allowedOrigins[0]: "https://Shop.example" is not written as browsers send it. Use https://shop.example.',
  ],
  [
    sites({ allowedOrigins: ['*'] }),
    'sites[0].allowedOrigins[0]: "*" is not an origin. Use the scheme and host of the page, such as https://shop.example.',
  ],
  [
    sites({ theme: { accent: 'green' } }),
    'sites[0].theme.accent: "green" is not a colour. Use # and six hexadecimal digits, such as #1f6f5c.',
  ],
  [sites({ retentionDays: 1.5 }), 'sites[0].retentionDays: 1.5 is not allowed. Use a whole number from 0 to 3650.'],
  [
    sites({ identitySecret: 'hunter2' }),
    'sites[0].identitySecret: the given value is not allowed. Use a text of at least 32 characters.',
  ],
  [
    sites({ hours: { timeZone: 'Berlin', open: [{ days: ['mon'], from: '9:00', to: '17:00' }] } }),
    'sites[0].hours.timeZone: "Berlin" is not a time zone. Use an IANA name such as Europe/Berlin.\n' +
      'sites[0].hours.open[0].from: "9:00" is not a time of day. Use 24-hour time such as 09:00.',
  ],
  [
    sites({ preChat: {} }),
    'sites[0].preChat: an object asks for nothing. Add "name", "email" or "question", or remove "preChat".',
  ],
  [
    { sites: [acme, { ...acme, name: 'Other' }] },
    'sites[1].id: "acme" is already the id of sites[0]. Give each site an id of its own.',
  ],
  [
    {
      models: [
        { id: 'ours', ttftMs: 90 },
        { id: 'ours', ttftMs: 100 },
      ],
    },
    'models[1].id: "ours" is already the id of models[0]. Merge the two entries, or give one another id.',
  ],
  [
    { models: [{ id: 'qwen3-8' }] },
    'models[0].ttftMs: is required but not set, because "qwen3-8" is not in the catalog. Use its time to first token in milliseconds; `npm run bench:models` measures it. Did you mean "qwen3-8b"?',
  ],
  [
    { ...sites({}), budgets: { sites: { acmee: { siteDay: { usd: 5 } } } } },
    'budgets.sites.acmee: there is no site "acmee". Did you mean "acme"? Sites: acme.',
  ],
  [
    { tiers: { fast: { chain: { default: ['qwen3-8'] } } } },
    `tiers.fast.chain.default[0]: there is no model "qwen3-8". Did you mean "qwen3-8b"? Add it to "models", or use ${MODELS}.`,
  ],
  [
    { tiers: { fast: { chain: { default: [] } } } },
    'tiers.fast.chain.default: an empty list is not allowed. Use a list with at least 1 entry.',
  ],
  [
    sites({ allowedRegions: ['asia'] }),
    'sites[0].allowedRegions: no endpoint is in asia; there are endpoints in us-east. Add endpoints.asia, or allow another region.',
  ],
  [
    { endpoints: { asia: { baseUrl: '$ASIA_URL' } } },
    'endpoints.asia.baseUrl: the value of $ASIA_URL does not begin with http:// or https://. Begin it with https://, or with http:// for a local server.',
  ],
  [
    sites({ identitySecret: '$SITE_SECRET' }),
    'sites[0].identitySecret: refers to the environment variable SITE_SECRET, which is not set. Set SITE_SECRET.',
  ],
  [
    { budgets: { sites: { 'A!': {} } } },
    'budgets.sites["A!"]: "A!" is not a site id. Use 1 to 48 characters: a-z, 0-9 and -.',
  ],
])('the file %j is refused', (file, message) => {
  const line = (text: string) => `config.json: ${text}`;
  expect(fault({ ...withFile(file), ASIA_URL: 'asia.example' })).toBe(message.split('\n').map(line).join('\n'));
});

test.each([
  ['{\n  "sites": [,]\n}', '2:13: not valid JSON: "," is not allowed here. Write a value or ] in this place.'],
  ['{ "limits": {}, }', '1:17: not valid JSON: a comma before } is not allowed. Remove it.'],
  ['{ // limits\n}', '1:3: not valid JSON: JSON has no comments. Remove this one.'],
  ["{ 'limits': {} }", "1:3: not valid JSON: ' is not allowed. Use double quotes."],
  ['', '1:1: not valid JSON: the file is empty. Write at least {}.'],
])('the text %j is refused with line and column', (text, message) => {
  expect(fault(withFile(text))).toBe(`config.json:${message}`);
});

test('a text with a byte order mark is read', () => {
  expect(readConfig(withFile('\uFEFF{}')).limits.messagesPerMinute).toBe(30);
});

test.each([
  [
    { LLM_BASEURL: 'https://x.example/v1' },
    'LLM_BASEURL: has no effect, because there is no such setting. Did you mean LLM_BASE_URL?',
  ],
  [{ REDIS_URI: 'redis://x' }, 'REDIS_URI: has no effect, because there is no such setting. Did you mean REDIS_URL?'],
  [{ llm_api_key: 'k' }, 'llm_api_key: has no effect, because there is no such setting. Did you mean LLM_API_KEY?'],
  [{ SMTP_HOST: 'mail' }, 'SMTP_HOST: has no effect, because there is no such setting. Use SMTP_URL.'],
  [
    { LLM_TEMPERATURE: '1' },
    'LLM_TEMPERATURE: has no effect, because there is no such setting. Use LLM_BASE_URL or LLM_API_KEY.',
  ],
])('the environment %j is warned about, and starts', (env, warning) => {
  expect(readConfig(env).warnings).toEqual([warning]);
});

test('names that other software sets, and those that the file refers to, are not warned about', () => {
  const file = withFile({ endpoints: { asia: { baseUrl: 'https://asia.example/v1', apiKey: '$LLM_ASIA_KEY' } } });
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
  const file = withFile(sites({ allowedOrigins: ['https://acme.example', 'https://acme.example'] }));
  expect(readConfig(file).warnings).toEqual([
    expect.stringContaining(
      'sites[0].allowedOrigins[1]: "https://acme.example" is listed twice. Remove one of the two.',
    ),
  ]);
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

test('secrets come from the environment', () => {
  const env = withFile(sites({ identitySecret: '$SITE_SECRET' }));
  expect(readConfig({ ...env, SITE_SECRET: 's'.repeat(40) }).sites?.[0]?.identitySecret).toBe('s'.repeat(40));
});

test('budgets limit nothing until they are set, and a site may have its own', () => {
  expect(readConfig({}).budgets).toEqual({ degradeAt: 0.8, stopped: false, sites: {} });
  const budgets = { siteDay: { usd: 20 }, sites: { acme: { siteDay: { usd: 5, tokens: 1_000_000 }, stopped: true } } };
  const config = readConfig(withFile({ ...sites({}), budgets }));
  expect(config.budgets).toEqual({ degradeAt: 0.8, stopped: false, ...budgets });
});

test('analyses cost what their site allows a day, and a worker runs the configured number at once', () => {
  expect(readConfig({}).analysisUsdPerDay('acme')).toBeUndefined();
  expect(readConfig({}).limits.runningAnalyses).toBe(4);
  const budgets = { analysisUsdPerDay: 3, sites: { acme: { analysisUsdPerDay: 0.5 } } };
  const config = readConfig(withFile({ ...sites({}), budgets, limits: { runningAnalyses: 1 } }));
  expect(['acme', 'other'].map(config.analysisUsdPerDay)).toEqual([0.5, 3]);
  expect(config.limits.runningAnalyses).toBe(1);
});

test('a premium model is refused in an interactive tier', () => {
  const models = [{ id: 'our-model', ttftMs: 90, outputUsdPerMillion: 3 }];
  expect(fault(withFile({ models, tiers: { instant: { chain: { default: ['our-model'] } } } }))).toMatch(
    /"our-model" costs \$3 per million output tokens/,
  );
});

test('the fastest preset changes the chain outside Asia, and a configured chain overrides it', () => {
  const preset = (file: object) => readConfig(withFile({ routing: { preset: 'fastest' }, ...file })).tiers.fast.chain;
  expect(preset({})).toEqual({
    default: ['step-3.5-flash', 'deepseek-v4-flash'],
    asia: ['deepseek-v4-flash', 'hunyuan-turbos'],
  });
  expect(preset({ tiers: { fast: { chain: { default: ['qwen3-32b'] } } } })).toEqual({ default: ['qwen3-32b'] });
});

test('a site whose allowed region has an endpoint is accepted', () => {
  const endpoints = { asia: { baseUrl: 'https://asia.example/v1/', apiKey: '$ASIA_KEY' } };
  const config = readConfig({ ...withFile({ ...sites({ allowedRegions: ['asia'] }), endpoints }), ASIA_KEY: 'k' });
  expect(config.endpoints).toEqual({ asia: { baseUrl: 'https://asia.example/v1', apiKey: 'k' } });
});

test('conversations are kept for 90 days unless a site says otherwise, and 0 is for ever', () => {
  const days = (more: object) => readConfig(withFile(sites(more))).sites?.[0]?.retentionDays;
  expect(days({})).toBe(90);
  expect(days({ retentionDays: 0 })).toBe(0);
});

test.each(['true', 'false', '1', 'loopback', '10.0.0.0/8', '10.1.2.3, fd00::/8', '10.0.0.0/255.0.0.0'])(
  'TRUST_PROXY=%s is accepted',
  (value) => {
    expect(fault({ TRUST_PROXY: value })).toBe('accepted');
  },
);
