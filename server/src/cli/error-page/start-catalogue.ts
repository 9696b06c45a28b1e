/** What keeps a process from starting, and why an analysis is missing or incomplete. Part of the error catalogue. */

export interface Problem {
  readonly what: string;
  readonly cause: string;
  readonly remedy: string;
}

export const startProblems: readonly Problem[] = [
  {
    what: 'A variable is not valid',
    cause: 'An environment variable has a value that is not allowed.',
    remedy: 'The line names the variable, its value and what is allowed: [Environment](protocol.md#environment).',
  },
  {
    what: '`APP_SECRET` is missing',
    cause: 'It is required when `NODE_ENV` is `production`.',
    remedy: 'Set it to at least 32 random characters: `openssl rand -base64 32`.',
  },
  {
    what: '`REDIS_URL` is missing',
    cause:
      'It is required when `NODE_ENV` is `production`: only `npm start` outside production starts a private Redis.',
    remedy: 'Set it to your Redis, such as `redis://redis:6379`.',
  },
  {
    what: '`DATABASE_URL` is missing',
    cause:
      'It is required when `NODE_ENV` is `production`: only `npm start` outside production starts a private PostgreSQL.',
    remedy: 'Set it to your PostgreSQL, such as `postgres://user:password@host:5432/firstword`.',
  },
  {
    what: '`DATABASE_URL` refuses us',
    cause:
      'PostgreSQL answers, but not for this user or database: wrong password, no such database, no right to create tables, no `unaccent` and `pg_trgm`, TLS required, or a certificate that is not valid.',
    remedy: 'The line has the reason and its remedy. While PostgreSQL is only away or read-only, the start goes on.',
  },
  {
    what: 'No PostgreSQL was found',
    cause: '`npm start` has none for this platform among its packages, and there is none on the machine.',
    remedy: 'Install PostgreSQL, or set `DATABASE_URL`.',
  },
  {
    what: 'The data folder was written by another version of PostgreSQL',
    cause: 'A major version can’t read the files of another one.',
    remedy:
      'Take the data along as [operations.md](operations.md#postgresql-backup-and-restore) describes, or move `DATA_DIR/postgres` away.',
  },
  {
    what: '`REDIS_URL` names several servers',
    cause: 'It does not say whether they are a cluster or Sentinels.',
    remedy: 'Use `redis+cluster://host:6379,host:6379`, or `redis+sentinel://host:26379,host:26379/name`.',
  },
  {
    what: '`LLM_API_KEY` is missing',
    cause: 'There is no endpoint, and this installation has no demo engine.',
    remedy: 'Set `LLM_API_KEY`, or `LLM_BASE_URL` for an endpoint that needs no key.',
  },
  {
    what: 'The configuration file does not exist',
    cause: '`CONFIG_FILE` names a file that is not there. The path is relative to the working directory.',
    remedy: 'Correct the path. In a container, mount the folder of the file.',
  },
  {
    what: 'The configuration file is not JSON, or a key is wrong',
    cause: 'A syntax error, an unknown key, or a value that is not allowed.',
    remedy: 'The line names the file and the key.',
  },
  {
    what: 'A `$NAME` in the configuration file is not set',
    cause: 'The file refers to an environment variable that does not exist.',
    remedy: 'Set the variable, or write the value into the file.',
  },
  {
    what: 'A model is refused in an interactive tier',
    cause:
      'It is slower or more expensive than the tier allows: `instant` below 200 ms and $0.15 per million output tokens, `fast` at most 400 ms and $0.80.',
    remedy:
      'Put a faster or cheaper model into `tiers`, correct `models[].ttftMs` if you have measured it, or name the model in `routing.allowOutsideLimits`.',
  },
  {
    what: 'No endpoint in an allowed region',
    cause: '`sites[].allowedRegions` names only regions without an endpoint.',
    remedy: 'Add one under `endpoints`, or change `routing.defaultRegion` if the main endpoint is there.',
  },
  {
    what: 'Redis could lose acknowledged messages',
    cause:
      'In production Redis must run with `appendonly yes`, `appendfsync always` and `maxmemory-policy noeviction`.',
    remedy: 'Change the settings that the lines name. `docker-compose.yml` sets all three.',
  },
  {
    what: '`redis-server` is missing',
    cause: '`npm start` needs it for a private Redis.',
    remedy: 'Install it (`apt install redis-server`), or set `REDIS_URL`.',
  },
  {
    what: 'The port is in use',
    cause: 'Another process listens on `PORT`.',
    remedy: 'Stop that process, or set `PORT` to another port, or to 0 for any free one.',
  },
  {
    what: 'The data folder is in use',
    cause: 'Another `npm start` uses the same `DATA_DIR`.',
    remedy: 'Stop it, or set `DATA_DIR` to another folder.',
  },
];

export const analysisProblems: readonly Problem[] = [
  {
    what: '`failed`: no model answered',
    cause: 'Every model of the quality tier failed. The gateway’s code is in the text.',
    remedy: 'See the code under [The end of a turn](#the-end-of-a-turn), then run the analysis again.',
  },
  {
    what: '`failed`: over budget',
    cause: '`budgets.analysisUsdPerDay` of the site is used up for this UTC day.',
    remedy: 'Raise it, or run the analysis again tomorrow. Agents can answer without one.',
  },
  {
    what: '`failed`: model calls are stopped',
    cause: 'The kill switch is on for the site.',
    remedy: 'Resume model calls on the console’s page “Cost”, then run the analysis again.',
  },
  {
    what: '`failed`: unreadable answer',
    cause: 'The model’s answer was not the JSON object asked for, also after one repair.',
    remedy: 'Run it again with another model.',
  },
  {
    what: '`failed`: too slow',
    cause: 'The analysis did not finish within its time limit.',
    remedy: 'Run it again, or put a faster model first in `tiers.quality`.',
  },
  {
    what: '`partial`',
    cause: 'The model was cut off, or parts of its answer failed their checks and were dropped.',
    remedy: 'Use the parts that are there. Raise `tiers.quality.maxTokens` if answers are cut off often.',
  },
];
