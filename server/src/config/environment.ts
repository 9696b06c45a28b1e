/** The schema of the environment variables. The table in docs/configuration.md is generated from it. */
import { CAPTCHA_PROVIDERS } from '@firstword/shared/proof-of-work';
import { z } from 'zod';
import { LOG_LEVELS } from '../lib/log.ts';
import { OWN_MESSAGES } from '../lib/own-messages.ts';
import {
  baseUrlSchema,
  databaseUrlSchema,
  hostSchema,
  issuerSchema,
  proxySchema,
  publicUrlSchema,
  redisUrlSchema,
  smtpUrlSchema,
  trustProxySchema,
} from './address-schemas.ts';
import { ConfigError, describeIssues } from './config-faults.ts';
import { schemaTree } from './config-json-schema.ts';
import { apiKeyHeaderSchema, apiKeySchema } from './endpoint-values.ts';
import { readSecretFiles } from './secret-files.ts';

const PLACEHOLDER_SECRETS = /^(change-?me|secret|password|example|replace.*|your.*|x+)$/i;

export const environmentSchema = z.object({
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .describe('Port to listen on. 0 chooses any free port and prints it.'),
  HOST: hostSchema
    .default('127.0.0.1')
    .describe('Address to listen on. Use `0.0.0.0` in a container, or behind a proxy on another machine.'),
  PUBLIC_URL: publicUrlSchema
    .optional()
    .describe(
      'Address at which browsers reach the server, when it differs from `http://localhost:PORT`. It may have a path, such as `https://example.com/support`.',
    ),
  REDIS_URL: redisUrlSchema
    .optional()
    .describe(
      'Redis: `redis://`, `rediss://`, `unix://`, `redis+sentinel://host:26379,host:26379/name` or `redis+cluster://host:6379,host:6379`. With TLS they begin with `rediss`, and `?ca=/path` at the end trusts the certificate authority in that file. `user:password@` before the first host is the account of Redis; Sentinels with an account of their own have it at the end: `?sentinelUser=…&sentinelPassword=…`. Required in production; otherwise `npm start` runs a private Redis.',
    ),
  REDIS_REPLICAS: z.coerce
    .number()
    .int()
    .min(0)
    .max(9)
    .default(0)
    .describe(
      'Replicas of Redis that must have a message before it is acknowledged. While fewer are connected, messages are refused as `busy`.',
    ),
  DATABASE_URL: databaseUrlSchema
    .optional()
    .describe(
      'PostgreSQL 14 or later, for what lasts: `postgres://user:password@host:5432/name`, with `?sslmode=verify-full` for TLS, or with several servers as `host-1:5432,host-2:5432`, of which the one that accepts writes is used. Required in production; otherwise `npm start` runs a private PostgreSQL.',
    ),
  LLM_BASE_URL: baseUrlSchema
    .optional()
    .describe(
      'Base URL of an OpenAI-compatible API, such as `https://…/v1`. A host alone gets `/v1`; the full address of the chat call works as well. With only `LLM_API_KEY` set: `https://global-apis.com/v1`.',
    ),
  LLM_API_KEY: apiKeySchema
    .optional()
    .describe('Key of the endpoint. Quotes, blanks and `Bearer` around it are removed, with a warning.'),
  LLM_API_KEY_HEADER: apiKeyHeaderSchema
    .optional()
    .describe(
      'Header for the key, such as `api-key`. Unset: `Authorization`, with `Bearer` before the key, or `api-key` where the address is one of Azure.',
    ),
  HTTPS_PROXY: proxySchema
    .optional()
    .describe(
      'Proxy for model endpoints with `https://`, such as `http://proxy.example:3128`. `https_proxy` works as well.',
    ),
  HTTP_PROXY: proxySchema
    .optional()
    .describe('Proxy for model endpoints with `http://`, and for `https://` where `HTTPS_PROXY` is not set.'),
  NO_PROXY: z
    .string()
    .optional()
    .describe(
      'Hosts that are reached without the proxy, separated by commas; a host includes its subdomains. `localhost`, `127.0.0.1` and `[::1]` always are, unless the list has `<-loopback>`.',
    ),
  APP_SECRET: z
    .string()
    .min(32, 'is shorter than 32 characters. Use a random text, such as the output of `openssl rand -base64 32`')
    .refine(
      (value) => !PLACEHOLDER_SECRETS.test(value) && new Set(value).size > 8,
      'is a placeholder. Use a random text, such as the output of `openssl rand -base64 32`',
    )
    .optional()
    .describe(
      'Key for the stored hashes of sessions, links and API tokens, and for what the console stores encrypted, such as the key of the model endpoint. At least 32 random characters, the same for every process and command. Required in production; otherwise generated and kept in `DATA_DIR`.',
    ),
  CONFIG_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('Path of the configuration file. Unset: `firstword.config.json`, if there is one.'),
  ROLE: z
    .enum(['all', 'web', 'worker'])
    .default('all')
    .describe('`web` serves visitors and agents, `worker` writes analyses, `all` does both.'),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('warn').describe('Lowest level of the JSON lines on standard error.'),
  TRUST_PROXY: trustProxySchema.describe(
    "Proxies whose headers name the visitor's address: how many there are in front, such as `1`, or a list of their addresses. `true` trusts every client to name its own address: use it only where a proxy replaces `X-Forwarded-For`.",
  ),
  METRICS_TOKEN: z
    .string()
    .min(16, 'is shorter than 16 characters. Use a random text, such as the output of `openssl rand -hex 16`')
    .optional()
    .describe(
      'Token for `/metrics` and the details of `/health/ready`, sent as `Authorization: Bearer TOKEN`. Unset: both are open, but with `NODE_ENV=production` or an https `PUBLIC_URL` they are served on `METRICS_PORT` alone.',
    ),
  METRICS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe('A second port with `/metrics` and all of `/health/ready`, without a token. Unset: none.'),
  METRICS_HOST: hostSchema.default('127.0.0.1').describe('Address of `METRICS_PORT`.'),
  LONG_POLLING: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'Whether clients whose network blocks WebSocket may use HTTP long-polling. It works with and without sticky sessions at the proxy.',
    ),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .describe('Folder of the private Redis and PostgreSQL, generated secrets, and the files that visitors sent.'),
  FILES_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder of the files that visitors sent. Put it on another disk than the databases, so that uploads cannot fill theirs. Unset: `files` in `DATA_DIR`.',
    ),
  CLAMD_URL: z
    .string()
    .regex(
      /^(?:tcp:\/\/[^\s/:]+(?::\d{1,5})?|unix:\/\/\/\S+)$/,
      'is not an address of clamd. Use tcp://host:3310, or unix:///path/of/clamd.sock',
    )
    .optional()
    .describe(
      'ClamAV daemon that looks for malware in uploads, such as `tcp://127.0.0.1:3310`. While it does not answer, no file is accepted.',
    ),
  SMTP_URL: smtpUrlSchema
    .optional()
    .describe(
      'Mail server, such as `smtp://user:password@mail.example.com:587`. Replies then reach visitors who left an address.',
    ),
  MAIL_FROM: z
    .email('is not an e-mail address. Use an address such as support@example.com')
    .default('support@localhost.localdomain')
    .describe('Sender of these mails.'),
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, 'is not a private key of P-256. Use 32 bytes as base64url, or leave it unset')
    .optional()
    .describe(
      "Private key by which push services recognize this server: 32 bytes as base64url. Unset: it is made of `APP_SECRET`. With another key, agents' browsers are added again when they next open the console.",
    ),
  VAPID_SUBJECT: z
    .string()
    .regex(/^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'is not mailto: with an address, or an https:// URL')
    .optional()
    .describe(
      'Where push services reach you: `mailto:` with an address, or an `https://` URL. Unset: `PUBLIC_URL` where it is https, or `MAIL_FROM`.',
    ),
  OIDC_ISSUER: issuerSchema
    .optional()
    .describe(
      'Issuer of the OpenID Connect provider at which agents sign in, such as `https://login.example.com/realms/support`. The provider sends them back to `PUBLIC_URL/sign-in/callback`.',
    ),
  OIDC_CLIENT_ID: z.string().min(1).optional().describe('Id of the client that you registered there.'),
  OIDC_CLIENT_SECRET: z.string().min(1).optional().describe('Secret of the client. Unset for a public client.'),
  CAPTCHA_PROVIDER: z
    .enum(CAPTCHA_PROVIDERS)
    .optional()
    .describe(
      'Service that also tells people from programs beyond the first limit of an address ([operations.md](operations.md#captcha)). Unset: the proof of work alone.',
    ),
  CAPTCHA_SITE_KEY: z.string().min(1).optional().describe('Site key of that service, which browsers get.'),
  CAPTCHA_SECRET_KEY: z.string().min(1).optional().describe('Secret key of that service.'),
  DEMO_PACE: z
    .enum(['real', 'instant'])
    .default('real')
    .describe('Speed of the demo engine: `real` is that of the reference models.'),
  NODE_ENV: z
    .string()
    .default('development')
    .describe('With `production`, a missing secret or database, or a Redis that could lose messages, ends the start.'),
});
/** Also read in lower case. */
export const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const;
export type Environment = z.infer<typeof environmentSchema>;
/** Undefined for none. */
export function proxySettings(environment: Pick<Environment, (typeof PROXY_VARIABLES)[number]>) {
  const { HTTPS_PROXY: https, HTTP_PROXY: http, NO_PROXY: bypass } = environment;
  return https === undefined && http === undefined ? undefined : { https, http, bypass };
}

export type GivenEnvironment = Readonly<Record<string, string | undefined>>;

/** Only the proxy, for commands that work without a complete configuration. @throws ConfigError */
export function readProxy(env: GivenEnvironment) {
  const proxies = { HTTPS_PROXY: true, HTTP_PROXY: true, NO_PROXY: true } as const;
  return proxySettings(parseEnvironment(environmentSchema.pick(proxies), env));
}

/** @throws ConfigError */
export function readEnvironment(env: GivenEnvironment): Environment {
  return parseEnvironment(environmentSchema, env);
}

function parseEnvironment<Output>(schema: z.ZodType<Output>, env: GivenEnvironment): Output {
  // An empty value is how a compose file says "not set". Other programs read the lower-case names of proxies first.
  const proxies = PROXY_VARIABLES.map((name) => [name, env[name.toLowerCase()] || env[name]] as const);
  const files = readSecretFiles(env);
  if (files.faults.length > 0) throw new ConfigError(files.faults.join('\n'));
  const given = Object.fromEntries(
    [...Object.entries(env), ...Object.entries(files.values), ...proxies].filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  );
  const { success, data, error } = schema.safeParse(given, OWN_MESSAGES);
  if (success) return data;
  const context = {
    tree: schemaTree(schema),
    given: ([name]: readonly PropertyKey[]) => given[String(name)],
  };
  throw new ConfigError(describeIssues(error.issues, context).join('\n'));
}
