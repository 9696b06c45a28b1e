import { acme, acmeWith, withConfigFile } from '@firstword/testing/config-file';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

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
    { OIDC_ISSUER: 'http://login.example.com', OIDC_CLIENT_ID: 'a', PUBLIC_URL: 'https://x.example' },
    'OIDC_ISSUER: "http://login.example.com" does not begin with https://. Use https://; plain http is accepted for localhost only.',
  ],
  [
    { OIDC_ISSUER: 'https://login.example.com' },
    'OIDC_CLIENT_ID: is required with OIDC_ISSUER but not set. Use the id of the client that you registered there.\n' +
      'PUBLIC_URL: is required with OIDC_ISSUER but not set. Use the address of this server, to which the provider sends agents back.',
  ],
  [
    { OIDC_CLIENT_SECRET: 'hunter2' },
    'OIDC_ISSUER: is required with OIDC_CLIENT_ID but not set. Use the address of your provider.',
  ],
  [
    { REDIS_URL: 'localhost:6379' },
    'REDIS_URL: "localhost:6379" is not a Redis address. Begin it with redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://.',
  ],
  [
    { REDIS_URL: 'redis:/:hunter2@secret@localhost' },
    'REDIS_URL: "***@localhost" is not a Redis address. Begin it with redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://.',
  ],
  [
    { REDIS_URL: 'redis://:hunter2@a:63790000' },
    'REDIS_URL: "redis://***@a:63790000" has a port above 65535. Redis usually listens on 6379.',
  ],
  [
    { REDIS_URL: 'redis://a:6379,b:6379' },
    'REDIS_URL: "redis://a:6379,b:6379" names several servers. Begin it with redis+cluster:// if they are a cluster, or name their Sentinels as redis+sentinel://host:26379,host:26379/name.',
  ],
  [
    { REDIS_URL: 'redis+cluster://ada:hunter2@a:6379,b:6379/1' },
    'REDIS_URL: "redis+cluster://***@a:6379,b:6379/1" names a database, but a cluster has only one. Remove the last "/" and what follows it.',
  ],
  [
    { REDIS_URL: 'redis+cluster://a:6379,:6380' },
    'REDIS_URL: "redis+cluster://a:6379,:6380" is not the address of a cluster. Name at least one of its servers, as in redis+cluster://user:password@host:6379,host:6379.',
  ],
  [
    { REDIS_URL: 'rediss+cluster://a:637900' },
    'REDIS_URL: "rediss+cluster://a:637900" is not the address of a cluster. Name at least one of its servers, as in redis+cluster://user:password@host:6379,host:6379.',
  ],
  [
    { DATABASE_URL: 'mysql://hunter2:secret@localhost/x' },
    'DATABASE_URL: "mysql://***@localhost/x" is not the address of a PostgreSQL. Begin it with postgres://, as in postgres://user:password@host:5432/name.',
  ],
  [
    { DATABASE_URL: 'hunter2@localhost' },
    'DATABASE_URL: "***@localhost" is not the address of a PostgreSQL. Begin it with postgres://, as in postgres://user:password@host:5432/name.',
  ],
  [
    { DATABASE_URL: 'postgres://ada:hunter2 @db/firstword' },
    'DATABASE_URL: "postgres://***@db/firstword" contains a space. Remove it, or write a space in a password as %20.',
  ],
  [
    { DATABASE_URL: 'postgres://ada:hunter2@db:99999/firstword' },
    'DATABASE_URL: "postgres://***@db:99999/firstword" is not a valid URL. Write special characters of the password encoded, such as %40 for @ and %2F for /, and use a port up to 65535.',
  ],
  [
    { DATABASE_URL: 'postgres://ada:hunter2@db' },
    'DATABASE_URL: "postgres://***@db" names no database. End it with its name, as in postgres://user:password@host:5432/firstword.',
  ],
  [
    { DATABASE_URL: 'postgres://ada:hunter2@db-1:5432,,db-3/firstword' },
    'DATABASE_URL: "postgres://***@db-1:5432,,db-3/firstword" names a server without a host. Separate them by one comma, as in postgres://user:password@db-1:5432,db-2:5432/name.',
  ],
  [
    { DATABASE_URL: 'postgres://ada:hunter2@db-1,db-2:99999/firstword' },
    'DATABASE_URL: "postgres://***@db-1,db-2:99999/firstword" is not a valid URL. Write special characters of the password encoded, such as %40 for @ and %2F for /, and use a port up to 65535.',
  ],
  [{ REDIS_REPLICAS: 'all' }, 'REDIS_REPLICAS: "all" is not allowed. Use a whole number from 0 to 9.'],
  [
    { LLM_BASE_URL: 'ftp://x' },
    'LLM_BASE_URL: "ftp://x" does not begin with http:// or https://. Begin it with https://, or with http:// for a local server.',
  ],
  [
    { LLM_BASE_URL: 'ws://x.example/v1' },
    'LLM_BASE_URL: "ws://x.example/v1" does not begin with http:// or https://. Begin it with https://, or with http:// for a local server.',
  ],
  [
    { LLM_BASE_URL: 'localhost:11434' },
    'LLM_BASE_URL: "localhost:11434" does not begin with http:// or https://. Begin it with https://, or with http:// for a local server.',
  ],
  [
    { LLM_BASE_URL: 'https://x.example/v1#chat' },
    'LLM_BASE_URL: "https://x.example/v1#chat" has a fragment. Remove everything from the "#".',
  ],
  [
    { LLM_BASE_URL: 'https://me:secret@x.example/v1' },
    'LLM_BASE_URL: "https://***@x.example/v1" contains a user or password. Remove them from the address.',
  ],
  [
    { LLM_BASE_URL: 'https://x.example/v1/completions' },
    'LLM_BASE_URL: "https://x.example/v1/completions" ends with /completions, which is another call. Use https://x.example/v1.',
  ],
  [
    { LLM_API_KEY: 'sk-abc def' },
    'LLM_API_KEY: the given value contains a blank, a line break, a quote or another character that no key has. Copy the key again, as one word.',
  ],
  [
    { LLM_API_KEY: '" "' },
    'LLM_API_KEY: the given value has no key in it. Copy the key again, or leave the setting out for an endpoint without a key.',
  ],
  [
    { LLM_API_KEY_HEADER: 'api-key: ' },
    'LLM_API_KEY_HEADER: the given value is not a header for a key. Use a header name without a colon, such as api-key or x-api-key.',
  ],
  [
    { https_proxy: 'ftp://proxy' },
    'HTTPS_PROXY: "ftp://proxy" is not the address of a proxy. Use http://host:port, with user:password@ before the host where it needs them.',
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
    `APP_SECRET: is required in production but not set. Use ${SECRET}\nREDIS_URL: is required in production but not set. Use the address of your Redis, such as redis://redis:6379.\nDATABASE_URL: is required in production but not set. Use the address of your PostgreSQL, such as postgres://user:password@host:5432/firstword.`,
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
test.each<[unknown, string]>([
  [
    { limits: { messagesPerMinute: 'many' } },
    'limits.messagesPerMinute: "many" is not allowed. Use a whole number, 1 or more.',
  ],
  [{ limits: { runningAnalyses: 0 } }, 'limits.runningAnalyses: 0 is not allowed. Use a whole number from 1 to 100.'],
  [{ budgets: { siteDay: { usd: -1 } } }, 'budgets.siteDay.usd: -1 is not allowed. Use a number, 0 or more.'],
  [
    { limits: { messagePerMinute: 10 } },
    'limits.messagePerMinute: there is no such setting. Did you mean "messagesPerMinute"? Allowed here: messagesPerMinute, runningTurns, loopLagMs, redisMs, connections, connectionsPerAddress, perMinute, provenMessagesPerAddressHour, siteWeights, agentRequestsPerAddressHour, ticketsPerAddressHour, ticketsPerSiteHour, replaysPerAgentHour, uploadMbPerAddressDay, uploadMbPerSiteDay, freeDiskMb, runningAnalyses.',
  ],
  [
    { site: [] },
    'site: there is no such setting. Did you mean "sites"? Allowed here: sites, models, tiers, routing, endpoints, knowledge, signIn, captcha, webhooks, push, budgets, modelApi, objective, storage, limits.',
  ],
  [
    { routing: { mode: 'sequental' } },
    'routing.mode: "sequental" is not allowed. Use speculative, thrifty or sequential. Did you mean "sequential"?',
  ],
  [
    { sites: [{ id: 'acme', allowedOrigins: ['https://acme.example'] }] },
    'sites[0].name: is required but not set. Use a text of 1 to 80 characters.',
  ],
  [{ sites: [] }, 'sites: an empty list is not allowed. Use a list with at least 1 entry.'],
  [
    [],
    'The file: an empty list is not allowed. Use an object with the keys $schema, sites, models, tiers, routing, endpoints, knowledge, signIn, captcha, webhooks, push, budgets, modelApi, objective, storage, limits.',
  ],
  [
    { signIn: { passwordSignIn: false } },
    'signIn.passwordSignIn: is false, but OIDC_ISSUER is not set, so no one could sign in. Set OIDC_ISSUER, or use true.',
  ],
  [
    { signIn: { oidc: { createAccounts: true } } },
    'signIn.oidc.createAccounts: is true for everyone who can sign in at the provider. Set signIn.oidc.allowedDomains or signIn.oidc.roles.',
  ],
  [
    { signIn: { oidc: { allowedDomains: ['@shop.example'] } } },
    'signIn.oidc.allowedDomains[0]: "@shop.example" is not a domain. Use the part of the addresses after the @, such as example.com.',
  ],
  [
    { signIn: { oidc: { scopes: ['email'] } } },
    'signIn.oidc.scopes: a list lacks "openid". Add it, because it makes the sign-in.',
  ],
  [acmeWith({ id: 'A!' }), 'sites[0].id: "A!" is not a site id. Use 1 to 48 characters: a-z, 0-9 and -.'],
  [
    acmeWith({ allowedOrigins: ['https://shop.example/en/'] }),
    'sites[0].allowedOrigins[0]: "https://shop.example/en/" has a path. Use https://shop.example.',
  ],
  [
    acmeWith({ allowedOrigins: ['https://shop.example/'] }),
    'sites[0].allowedOrigins[0]: "https://shop.example/" ends with a slash. Use https://shop.example.',
  ],
  [
    acmeWith({ allowedOrigins: ['https://Shop.example'] }),
    'sites[0].allowedOrigins[0]: "https://Shop.example" is not written as browsers send it. Use https://shop.example.',
  ],
  [
    acmeWith({ allowedOrigins: ['*'] }),
    'sites[0].allowedOrigins[0]: "*" is not an origin. Use the scheme and host of the page, such as https://shop.example.',
  ],
  [
    acmeWith({ theme: { accent: 'green' } }),
    'sites[0].theme.accent: "green" is not a colour. Use # and six hexadecimal digits, such as #1f6f5c.',
  ],
  [
    acmeWith({ retentionDays: 30, retention: { fileDays: 60 } }),
    'sites[0].retention.fileDays: 60 is more than retentionDays (30). Files are deleted with their conversation: use 30 or less, or leave it out.',
  ],
  [
    acmeWith({ retention: { callDays: 500 } }),
    'sites[0].retention.callDays: 500 is more than storage.usageDays (400). Single calls are part of the totals: use 400 or less.',
  ],
  [
    { storage: { callDays: 90, usageDays: 60 } },
    'storage.callDays: 90 is more than storage.usageDays (60). Single calls are part of the totals: use 60 or less.',
  ],
  [acmeWith({ retentionDays: 1.5 }), 'sites[0].retentionDays: 1.5 is not allowed. Use a whole number from 0 to 3650.'],
  [
    acmeWith({ identitySecret: 'hunter2' }),
    'sites[0].identitySecret: the given value is not allowed. Use a text of at least 32 characters.',
  ],
  [
    acmeWith({ hours: { timeZone: 'Berlin', open: [{ days: ['mon'], from: '9:00', to: '17:00' }] } }),
    'sites[0].hours.timeZone: "Berlin" is not a time zone. Use an IANA name such as Europe/Berlin.\n' +
      'sites[0].hours.open[0].from: "9:00" is not a time of day. Use 24-hour time such as 09:00.',
  ],
  [
    acmeWith({ preChat: {} }),
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
    { ...acmeWith({}), budgets: { sites: { acmee: { siteDay: { usd: 5 } } } } },
    'budgets.sites.acmee: there is no site "acmee". Did you mean "acme"? Sites: acme, model-api.',
  ],
  [
    { tiers: { fast: { chain: { default: ['qwen3-8'] } } } },
    `tiers.fast.chain.default[0]: there is no model "qwen3-8". Did you mean "qwen3-8b"? Add it to "models", or use ${MODELS}.`,
  ],
  [
    { tiers: { fast: { chain: { default: ['glm-5'] } } } },
    'tiers.fast.chain.default[0]: model "glm-5" has a TTFT of 500 ms; the fast tier allows at most 400 ms. Use a faster model, or add "glm-5" to routing.allowOutsideLimits.\n' +
      'tiers.fast.chain.default[0]: model "glm-5" costs $1.92 per million output tokens; the fast tier allows at most $0.8. Use a cheaper model, or add "glm-5" to routing.allowOutsideLimits.',
  ],
  [
    { tiers: { instant: { chain: { default: ['qwen3-8b', 'hunyuan-turbos'] } } } },
    'tiers.instant.chain.default[1]: model "hunyuan-turbos" has a TTFT of 200 ms; the instant tier allows less than 200 ms. Use a faster model, or add "hunyuan-turbos" to routing.allowOutsideLimits.\n' +
      'tiers.instant.chain.default[1]: model "hunyuan-turbos" costs $0.28 per million output tokens; the instant tier allows less than $0.15. Use a cheaper model, or add "hunyuan-turbos" to routing.allowOutsideLimits.',
  ],
  [
    { tiers: { quality: { premium: { models: ['kimi'] } } } },
    `tiers.quality.premium.models[0]: there is no model "kimi". Add it to "models", or use ${MODELS}.`,
  ],
  [
    { tiers: { quality: { premium: { models: ['kimi-k2.5'], reasons: ['compliant'] } } } },
    'tiers.quality.premium.reasons[0]: "compliant" is not allowed. Use visitor-request, complex, missing-knowledge, policy, low-confidence, negative-sentiment, legal, action-failure, model-unavailable, budget or compliance. Did you mean "compliance"?',
  ],
  [
    { tiers: { fast: { chain: { default: ['qwen3-32b'] } }, quality: { premium: { models: ['qwen3-32b'] } } } },
    'tiers.quality.premium.models[0]: "qwen3-32b" is also in tiers.fast.chain.default[0], but premium models are never used while a visitor waits. Remove it from one of the two.',
  ],
  [
    { routing: { allowOutsideLimits: ['glm5'] } },
    `routing.allowOutsideLimits[0]: there is no model "glm5". Did you mean "glm-5"? Add it to "models", or use ${MODELS}.`,
  ],
  [
    { tiers: { fast: { chain: { default: [] } } } },
    'tiers.fast.chain.default: an empty list is not allowed. Use a list with at least 1 entry.',
  ],
  [
    acmeWith({ allowedRegions: ['asia'] }),
    'sites[0].allowedRegions: no endpoint is in asia; there are endpoints in us-east. Add endpoints.asia, or allow another region.',
  ],
  [
    acmeWith({ allowedRegions: ['eu', 'Asia'] }),
    'sites[0].allowedRegions[1]: "Asia" is not the name of a region. Use 1 to 32 characters: a-z, 0-9, and single - between them.',
  ],
  [
    acmeWith({ allowedRegions: ['asiaa'] }),
    'sites[0].allowedRegions[0]: there is no region "asiaa". Did you mean "asia"? Use us-east, asia, eu, or name it in "routing.regions" or "endpoints".',
  ],
  [
    { tiers: { fast: { chain: { default: ['qwen3-32b'], brazil: ['qwen3-32b'] } } } },
    'tiers.fast.chain.brazil: there is no region "brazil". Use us-east, asia, eu, or name it in "routing.regions" or "endpoints".',
  ],
  [
    { tiers: { fast: { chain: { default: ['qwen3-32b'], 'EU west': ['qwen3-32b'] } } } },
    'tiers.fast.chain["EU west"]: there is no region "EU west". Use us-east, asia, eu.',
  ],
  [
    { endpoints: { 'eu-': { baseUrl: 'https://eu.example/v1' } } },
    'endpoints.eu-: "eu-" is not the name of a region. Use 1 to 32 characters: a-z, 0-9, and single - between them.',
  ],
  [
    { routing: { regions: { 'sa-east': { countries: ['Brazil'] } } } },
    'routing.regions.sa-east.countries[0]: "Brazil" is not a country. Use an ISO 3166-1 code of two capitals, such as BR.',
  ],
  [
    { endpoints: { asia: { baseUrl: 'https://r.example/openai/deployments/gpt', apiKey: 'a b' } } },
    'endpoints.asia.baseUrl: "https://r.example/openai/deployments/gpt" has no API version. Add ?api-version=2024-10-21, or use https://r.example/openai/v1, which needs none.\n' +
      'endpoints.asia.apiKey: the given value contains a blank, a line break, a quote or another character that no key has. Copy the key again, as one word.',
  ],
  [
    { endpoints: { asia: { baseUrl: '$ASIA_URL' } } },
    'endpoints.asia.baseUrl: the value of $ASIA_URL does not begin with http:// or https://. Begin it with https://, or with http:// for a local server.',
  ],
  [
    acmeWith({ identitySecret: '$SITE_SECRET' }),
    'sites[0].identitySecret: refers to the environment variable SITE_SECRET, which is not set. Set SITE_SECRET.',
  ],
  [
    { budgets: { sites: { 'A!': {} } } },
    'budgets.sites["A!"]: "A!" is not a site id. Use 1 to 48 characters: a-z, 0-9 and -.',
  ],
])('the file %j is refused', (file, message) => {
  const line = (text: string) => `config.json: ${text}`;
  expect(fault({ ...withConfigFile(file), ASIA_URL: 'asia.example' })).toBe(message.split('\n').map(line).join('\n'));
});

test.each([
  ['{\n  "sites": [,]\n}', '2:13: not valid JSON: "," is not allowed here. Write a value or ] in this place.'],
  ['{ "limits": {}, }', '1:17: not valid JSON: a comma before } is not allowed. Remove it.'],
  ['{ // limits\n}', '1:3: not valid JSON: JSON has no comments. Remove this one.'],
  ["{ 'limits': {} }", "1:3: not valid JSON: ' is not allowed. Use double quotes."],
  ['', '1:1: not valid JSON: the file is empty. Write at least {}.'],
])('the text %j is refused with line and column', (text, message) => {
  expect(fault(withConfigFile(text))).toBe(`config.json:${message}`);
});

test('a slow model in an interactive tier ends the start, naming model, TTFT and rule', () => {
  const env = withConfigFile({ tiers: { fast: { chain: { default: ['kimi-k2.5'] } } } });
  expect(fault(env)).toMatch(/"kimi-k2.5" has a TTFT of 600 ms.*at most 400 ms/);
});

test('a premium model is refused in an interactive tier', () => {
  const models = [{ id: 'our-model', ttftMs: 90, outputUsdPerMillion: 3 }];
  expect(fault(withConfigFile({ models, tiers: { instant: { chain: { default: ['our-model'] } } } }))).toMatch(
    /"our-model" costs \$3 per million output tokens/,
  );
});

test.each(['true', 'false', '1', 'loopback', '10.0.0.0/8', '10.1.2.3, fd00::/8', '10.0.0.0/255.0.0.0'])(
  'TRUST_PROXY=%s is accepted',
  (value) => {
    expect(fault({ TRUST_PROXY: value })).toBe('accepted');
  },
);
