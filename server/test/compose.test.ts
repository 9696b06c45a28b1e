import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@firstword/testing/free-port';
import { DURABLE, startRedisServer } from '@firstword/testing/redis-server';
import { startServerProcess } from '@firstword/testing/server-process';
import { startSpokenEndpoint } from '@firstword/testing/spoken-endpoint';
import { createTestDatabase } from '@firstword/testing/test-database';
import { connectWidget } from '@firstword/testing/widget-client';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

const service = z.object({
  build: z.string().optional(),
  image: z.string(),
  restart: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const compose = z
  .object({ services: z.object({ web: service, worker: service, redis: service, postgres: service }) })
  .parse(parse(read('docker-compose.yml'), { merge: true }));
const { web, worker, redis, postgres } = compose.services;
const dockerfile = read('Dockerfile');

test('web and worker use one image with two roles', () => {
  expect([web.image, web.build]).toEqual([worker.image, worker.build]);
  expect([web.environment?.['ROLE'], worker.environment?.['ROLE']]).toEqual(['web', 'worker']);
  expect(worker.ports).toBeUndefined();
});

test('Redis writes every change to disk at once, evicts nothing, and keeps its data when the container is replaced', () => {
  const settings = redis.command?.join(' ');
  expect(settings).toContain('--appendonly yes');
  expect(settings).toContain('--appendfsync always');
  expect(settings).toContain('--no-appendfsync-on-rewrite no');
  expect(settings).toContain('--maxmemory-policy noeviction');
  expect(redis.volumes).toEqual(['redis-data:/data']);
});

test('Redis is reachable only for the other services', () => {
  expect(redis.ports).toBeUndefined();
  expect(web.environment?.['REDIS_URL']).toBe('redis://redis:6379');
});

test('PostgreSQL keeps its data when the container is replaced, and is reachable only for the other services', () => {
  expect(postgres.volumes).toEqual(['postgres-data:/var/lib/postgresql']);
  expect(postgres.ports).toBeUndefined();
  const { POSTGRES_USER: user, POSTGRES_PASSWORD: password, POSTGRES_DB: name } = postgres.environment ?? {};
  for (const { environment } of [web, worker])
    expect(environment?.['DATABASE_URL']).toBe(`postgres://${user}:${password}@postgres:5432/${name}`);
});

test('every service restarts by itself and waits for Redis and PostgreSQL', () => {
  expect(redis.healthcheck?.test).toEqual(['CMD', 'redis-cli', 'ping']);
  expect(postgres.healthcheck?.test.slice(0, 2)).toEqual(['CMD', 'pg_isready']);
  for (const { restart } of [web, worker, redis, postgres]) expect(restart).toBe('unless-stopped');
  for (const each of [web, worker])
    expect(each.depends_on).toEqual({
      redis: { condition: 'service_healthy' },
      postgres: { condition: 'service_healthy' },
    });
});

test('a start without a secret or a key fails with a line that says what to set', () => {
  expect(web.environment?.['APP_SECRET']).toMatch(/^\$\{APP_SECRET:\?.*APP_SECRET/);
  expect(web.environment?.['LLM_API_KEY']).toMatch(/^\$\{LLM_API_KEY\?.*LLM_API_KEY/);
});

test('every variable that compose reads is explained in .env.example', () => {
  const variables = [...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
  const explained = read('.env.example').matchAll(/^# .+\n# (\w+)=/gm);
  expect([...explained].map(([, name]) => name)).toEqual(expect.arrayContaining(variables));
});

test('the image has no PostgreSQL of its own', () => {
  expect(dockerfile).toMatch(/npm ci .*--omit=dev --omit=optional --workspace server/);
});

test('the image builds with the project’s own script, installs without install scripts, and is not root', () => {
  expect(dockerfile).toContain('RUN node scripts/build.mjs');
  for (const [line] of dockerfile.matchAll(/npm ci.*/g)) expect(line).toContain('--ignore-scripts');
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile).toContain('NODE_ENV=production');
});

test('the image runs the build of the server and checks its readiness', () => {
  const [, entry = ''] = /CMD \["node", "server\/dist\/([\w-]+)\.js"\]/.exec(dockerfile) ?? [];
  expect(read('server/vite.config.ts')).toContain(`${entry}: 'src/${entry}.ts'`);
  expect(dockerfile).toContain('/health/ready');
});

test('the image copies the manifest of every workspace in the lock file', () => {
  const { workspaces } = z.object({ workspaces: z.array(z.string()) }).parse(JSON.parse(read('package.json')));
  for (const workspace of workspaces) expect(dockerfile).toContain(`COPY ${workspace}/package.json ${workspace}/`);
});

test('the build context contains no private files', () => {
  const left = read('.dockerignore').split('\n');
  expect(left).toEqual(expect.arrayContaining(['.env', '.data', '.git', '**/node_modules']));
});

test('with the two required variables the image starts, answers a visitor and prints the first agent’s link', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-image-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // Only what the last stage copies from the build: no packages, sources or configuration file.
  for (const [, from = '', to = ''] of dockerfile.matchAll(/^COPY --from=build \/app\/(\S+) (\S+)$/gm))
    cpSync(join(root, from), join(folder, to), { recursive: true });
  const redis = await startRedisServer(
    ...DURABLE,
    '--no-appendfsync-on-rewrite',
    'no',
    '--maxmemory-policy',
    'noeviction',
  );
  onTestFinished(() => redis.stop());
  const database = await createTestDatabase('template1');
  onTestFinished(() => database.drop());
  const endpoint = await startSpokenEndpoint();
  onTestFinished(() => endpoint.stop());
  const port = await freePort();
  const given: Readonly<Record<string, string>> = {
    APP_SECRET: 'Zk3vQ0pXy7LwT2sB9nRfD5hJ8mC1aE6g',
    LLM_API_KEY: 'test-key',
    LLM_BASE_URL: endpoint.baseUrl,
    PUBLIC_URL: `http://localhost:${port}`,
  };
  const filled = Object.entries(web.environment ?? {}).map(([name, value]) => [
    name,
    value.replace(/^\$\{(\w+)(?::?[-?](.*))?\}$/s, (_whole, variable: string, fallback = '') =>
      Object.hasOwn(given, variable) ? (given[variable] ?? '') : fallback,
    ),
  ]);
  const server = await startServerProcess({
    command: [process.execPath, 'server/dist/main.js'],
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      DATA_DIR: join(folder, 'data'),
      ...Object.fromEntries(filled),
      REDIS_URL: redis.url,
      DATABASE_URL: database.url,
      PORT: String(port),
    },
  });
  onTestFinished(() => server.kill());

  await expect.poll(server.output).toContain(`http://localhost:${port}/console/first-run#token=`);
  expect((await fetch(`${server.url}/widget.js`)).status).toBe(200);
  expect(await (await fetch(`${server.url}/health/ready`)).json()).toMatchObject({
    ready: true,
    parts: { redis: { ok: true }, database: { ok: true } },
  });
  const visitor = await connectWidget(port, { site: 'demo' }, server.url);
  onTestFinished(() => visitor.close());
  expect(await visitor.send('How long do I have to return an item?')).toMatchObject({ ok: true });
  expect(await visitor.received(({ type }) => type === 'turn-end')).toMatchObject({ state: 'done' });
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);
});
