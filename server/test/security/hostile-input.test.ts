/** What no browser sends: foreign origins, huge and nested bodies, wrong types, ids that are no ids, and floods of the same request. */
import { randomUUID } from 'node:crypto';
import { createOriginCheck } from '@firstword/server/realtime/origin-check';
import { siteSchema } from '@firstword/shared/site';
import { type ConsoleServer, startConsoleServer } from '@firstword/testing/console-server';
import { startRedisServer } from '@firstword/testing/redis-server';
import { addSecurityRow } from '@firstword/testing/security-row';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

/** Settings that no visitor may see. */
const CANARIES = ['canary-identity-secret-0123456789ab', 'canary-app-secret-of-this-test-only', 'canary-model-key'];

let chat: TestServer;
let console: ConsoleServer;
beforeAll(async () => {
  const redis = await startRedisServer();
  const [identitySecret = '', appSecret = ''] = CANARIES;
  const site = (id: string, origin: string) =>
    siteSchema.parse({ id, name: id, allowedOrigins: [origin], identitySecret });
  chat = await startTestServer({
    redis,
    appSecret,
    sites: [site('acme', SITE_ORIGIN), site('other', 'https://other.example')],
  });
  console = await startConsoleServer(redis);
  return async () => {
    await console.close();
    await chat.stop();
    await redis.stop();
  };
});

test('no page but those that a site names may open a socket, nor use the session of another site', async ({ task }) => {
  const foreign = [
    'https://shop.example.evil.example',
    'https://evilshop.example',
    'https://shop.example:8443',
    'http://shop.example',
    'https://www.shop.example',
    'https://shop.example/',
    'https://shop.example@evil.example',
    'https://SHOP.example.evil',
    'https://shop.exam\u0440le',
    'https://xn--shop-example',
    'https://other.example',
    'null',
    '',
    'file://',
    'https://shop.example https://evil.example',
    'https://shop.example,https://evil.example',
  ];
  const { allows } = createOriginCheck(() => false);
  expect(foreign.filter((origin) => allows({ allowedOrigins: [SITE_ORIGIN] }, origin))).toEqual([]);
  const sendable = foreign.filter((origin) => /^[\x21-\x7e]+$/.test(origin));
  const admitted = await Promise.all(
    sendable.map((origin) =>
      connectWidget(chat.port, { site: 'acme' }, origin).then(
        (client) => {
          client.close();
          return origin;
        },
        () => undefined,
      ),
    ),
  );
  expect(admitted.filter((origin) => origin !== undefined)).toEqual([]);
  expect(allows({ allowedOrigins: [SITE_ORIGIN] }, undefined)).toBe(false);
  addSecurityRow(task, {
    id: 'S01',
    tried: `${foreign.length} foreign origins and none at all, ${sendable.length} of them over a websocket`,
    result: '0 admitted',
  });
});

test('a session is worth nothing at another site', async ({ task }) => {
  const visitor = await connectWidget(chat.port);
  onTestFinished(() => visitor.close());
  const { session } = visitor.start;
  const attempts = [
    connectWidget(chat.port, { site: 'other', session }, 'https://other.example'),
    connectWidget(chat.port, { site: 'other', session }, SITE_ORIGIN),
    connectWidget(chat.port, { site: 'acme', session }, 'https://other.example'),
  ];
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  addSecurityRow(task, {
    id: 'S03',
    tried: `${attempts.length} uses of a session at another site`,
    result: '0 admitted',
  });
});

test('a body that is huge or nested a thousand deep is refused', async ({ task }) => {
  const admin = await console.signIn(`${randomUUID()}@shop.example`, 'admin');
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  const bodies = [JSON.stringify({ email: 'x'.repeat(1_000_000) }), deep.slice(0, 30_000), deep, '[', '"text"', 'null'];
  const before = process.memoryUsage().rss;
  for (const path of ['/session', '/kill-switch', '/webhooks', '/first-run'])
    for (const body of bodies) expect((await admin.request('POST', path, body)).status).toBe(400);
  const grown = Math.round((process.memoryUsage().rss - before) / 1e6);
  addSecurityRow(task, {
    id: 'S23',
    tried: `${bodies.length * 4} bodies of 1 MB, 10,000 levels, or no object`,
    result: `all refused with 400, memory ${grown < 1 ? 'unchanged' : `+${grown} MB`}`,
  });
});

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        requestBody: z
          .object({
            content: z.record(
              z.string(),
              z.object({ schema: z.object({ properties: z.record(z.string(), z.unknown()).optional() }).loose() }),
            ),
          })
          .optional(),
      }),
    ),
  ),
});

test('no field accepts another type, and no key of a prototype changes anything', async ({ task }) => {
  const admin = await console.signIn(`${randomUUID()}@shop.example`, 'admin');
  const { paths } = documentSchema.parse((await admin.request('GET', '/openapi.json')).body);
  const wrong: readonly unknown[] = [{ $gt: '' }, [['x']]];
  const unexpected: string[] = [];
  let tried = 0;
  for (const [path, methods] of Object.entries(paths))
    for (const [method, { requestBody }] of Object.entries(methods)) {
      const properties = requestBody?.content['application/json']?.schema.properties;
      for (const field of Object.keys(properties ?? {}))
        for (const value of wrong) {
          const body = `{${JSON.stringify(field)}:${JSON.stringify(value)},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`;
          const { status } = await admin.request(method.toUpperCase(), path.replace('{id}', 'x'), body);
          tried += 1;
          if (status !== 400) unexpected.push(`${method} ${path} ${field}: ${status}`);
        }
    }
  expect(unexpected).toEqual([]);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  addSecurityRow(task, {
    id: 'S24',
    tried: `${tried} bodies with a field of another type`,
    result: `${unexpected.length} accepted`,
  });
});

test('no key of a prototype reaches an object', async ({ task }) => {
  const visitor = await connectWidget(chat.port);
  onTestFinished(() => visitor.close());
  const evil = JSON.parse(
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"score":3,"on":true,"text":"x"}',
  );
  const events = ['message-send', 'rating-set', 'conversation-rate', 'pre-chat-set', 'typing', 'replay', 'read'];
  for (const event of events) await visitor.ask(event, evil);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  addSecurityRow(task, {
    id: 'S26',
    tried: `${events.length} events with __proto__ and constructor`,
    result: '0 prototypes changed',
  });
});

test('an id that is no id finds nothing and forms no key', async ({ task }) => {
  const admin = await console.signIn(`${randomUUID()}@shop.example`, 'admin');
  const ids = ['*', 'a:b', '{1}', '..%2F..%2Fetc', '%00', 'a%0d%0ab', 'x'.repeat(65), 'ü', '%3F'];
  const paths = ['/tickets/ID', '/conversations/ID', '/knowledge/runs/ID', '/webhooks/ID/deliveries'];
  const before = (await console.redis.dbsize()) ?? 0;
  for (const path of paths)
    for (const id of ids) {
      const { status } = await admin.request('GET', path.replace('ID', id));
      expect([path, id, status]).toEqual([path, id, expect.toBeOneOf([400, 404])]);
    }
  const visitor = await connectWidget(chat.port);
  onTestFinished(() => visitor.close());
  for (const id of ids) {
    expect(await visitor.ask('message-send', { id, text: 'Hello' })).toMatchObject({ ok: false });
    expect(await visitor.ask('turn-stop', { turnId: id })).toMatchObject({ ok: false });
  }
  expect(before).toBeGreaterThan(0);
  addSecurityRow(task, {
    id: 'S25',
    tried: `${ids.length} ids with : { * .. CR LF NUL at ${paths.length} routes and 2 events`,
    result: '0 accepted',
  });
});

test('no secret of the settings is in what visitors and pages are sent', async ({ task }) => {
  const visitor = await connectWidget(chat.port);
  onTestFinished(() => visitor.close());
  const address = `http://127.0.0.1:${chat.port}`;
  const paths = ['/', '/console', '/health/ready', '/metrics', '/api/v1/openapi.json', '/api/v1/session', '/v1/models'];
  const answers = await Promise.all(paths.map(async (path) => (await fetch(address + path)).text()));
  const seen = [...answers, JSON.stringify(visitor.start)].join('\n');
  expect(CANARIES.filter((canary) => seen.includes(canary))).toEqual([]);
  addSecurityRow(task, {
    id: 'S33',
    tried: `${CANARIES.length} secrets in ${paths.length} public responses and the start of a session`,
    result: '0 found',
  });
});

test('50 requests for a person at once open one ticket', async ({ task }) => {
  const visitor = await connectWidget(chat.port);
  onTestFinished(() => visitor.close());
  await visitor.send('My order is lost');
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => visitor.ask<{ ticketId: string }>('person-request', {})),
  );
  const tickets = new Set(answers.flatMap((answer) => (answer.ok ? [answer.ticketId] : [])));
  expect(tickets.size).toBe(1);
  addSecurityRow(task, { id: 'S38', tried: '50 parallel requests for a person', result: `${tickets.size} ticket` });
});
