/** The schema of the environment variables. The table in docs/configuration.md is generated from it. */
import { z } from 'zod';
import {
  baseUrlSchema,
  hostSchema,
  publicUrlSchema,
  redisUrlSchema,
  smtpUrlSchema,
  trustProxySchema,
} from './address-schemas.ts';
import { ConfigError, describeIssues, OWN_MESSAGES } from './config-faults.ts';
import { schemaTree } from './config-json-schema.ts';
import { LOG_LEVELS } from './lib/log.ts';

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
      'Redis: `redis://`, `rediss://`, `unix://` or `redis+sentinel://host:26379,host:26379/name`. Required in production; otherwise `npm start` runs a private Redis.',
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
  LLM_BASE_URL: baseUrlSchema
    .optional()
    .describe(
      'Base URL of an OpenAI-compatible API, with its version, such as `https://…/v1`. With only `LLM_API_KEY` set: `https://global-apis.com/v1`.',
    ),
  LLM_API_KEY: z.string().min(1).optional().describe('Key of the endpoint, sent as `Authorization: Bearer`.'),
  APP_SECRET: z
    .string()
    .min(32, 'is shorter than 32 characters. Use a random text, such as the output of `openssl rand -base64 32`')
    .refine(
      (value) => !PLACEHOLDER_SECRETS.test(value) && new Set(value).size > 8,
      'is a placeholder. Use a random text, such as the output of `openssl rand -base64 32`',
    )
    .optional()
    .describe(
      'Key for the stored hashes of sessions, links and API tokens. At least 32 random characters, the same for every process and command. Required in production; otherwise generated and kept in `DATA_DIR`.',
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
    "Proxies whose headers name the visitor's address: how many there are in front, such as `1`, or a list of their addresses. `true` trusts all.",
  ),
  LONG_POLLING: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'Whether clients whose network blocks WebSocket may use HTTP long-polling. Several web processes behind one address then need sticky sessions at the proxy.',
    ),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .describe('Folder of the private Redis, generated secrets, and the files that visitors sent.'),
  SMTP_URL: smtpUrlSchema
    .optional()
    .describe(
      'Mail server, such as `smtp://user:password@mail.example.com:587`. Replies then reach visitors who left an address.',
    ),
  MAIL_FROM: z
    .email('is not an e-mail address. Use an address such as support@example.com')
    .default('support@localhost.localdomain')
    .describe('Sender of these mails.'),
  DEMO_PACE: z
    .enum(['real', 'instant'])
    .default('real')
    .describe('Speed of the demo engine: `real` is that of the reference models.'),
  NODE_ENV: z
    .string()
    .default('development')
    .describe('With `production`, a missing secret or a Redis that could lose messages ends the start.'),
});
export type Environment = z.infer<typeof environmentSchema>;
export type GivenEnvironment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError */
export function readEnvironment(env: GivenEnvironment): Environment {
  // An empty value is how a compose file says "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const { success, data, error } = environmentSchema.safeParse(given, OWN_MESSAGES);
  if (success) return data;
  const context = {
    tree: schemaTree(environmentSchema),
    given: ([name]: readonly PropertyKey[]) => given[String(name)],
  };
  throw new ConfigError(describeIssues(error.issues, context).join('\n'));
}
