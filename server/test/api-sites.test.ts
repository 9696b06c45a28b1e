/** Sites that administrators make over REST, in two processes of one installation, with visitors on their pages. */
import type { SiteDiff, SiteOverview, SiteSettingsView } from '@firstword/shared/site-settings';
import { createPage, type Page } from '@firstword/testing/console-page';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test } from 'vitest';

const SHOP = 'https://lamps.example';
let redis: RedisServer;
let server: TestServer;
let other: TestServer;
let admin: Page;

beforeAll(async () => {
  redis = await startRedisServer();
  const namedSettings = new Map([['acme', ['id', 'name', 'allowedOrigins']]]);
  server = await startTestServer({ redis, namedSettings });
  other = await startTestServer({ redis, endpointServer: server.endpoint, namedSettings });
  const origin = `http://localhost:${server.port}`;
  admin = createPage(`${origin}/api/v1`, origin);
  const token = await server.firstRun();
  const owner = { token, email: 'owner@shop.example', name: 'Owner', password: 'a long enough one' };
  await admin.request('POST', '/first-run', owner);
});
afterAll(async () => {
  await other.stop();
  await server.stop();
  await redis.stop();
});

const create = (id: string, settings: object) => admin.request<SiteSettingsView>('POST', '/sites', { id, settings });
const change = (id: string, settings: object, expectedVersion: number) =>
  admin.request<SiteSettingsView>('POST', `/sites/${id}`, { settings, expectedVersion });
const read = async (id: string) => (await admin.request<SiteSettingsView>('GET', `/sites/${id}`)).body;
/** What a visitor's page of the other process is sent at first, or why it is refused. */
async function visit(site: string, origin: string) {
  const client = await connectWidget(other.port, { site }, origin);
  client.close();
  return client.start.site;
}

test('a site is created, used by the other process, changed, compared, rolled back, archived and opened again', async () => {
  const created = await create('lamps', { name: 'Lamps', allowedOrigins: [SHOP] });
  expect(created).toMatchObject({
    status: 201,
    body: { origin: 'console', version: 1, fixed: [], settings: { name: 'Lamps', locale: 'en' } },
  });
  await expect.poll(() => visit('lamps', SHOP).catch(String)).toMatchObject({ name: 'Lamps' });
  await expect(visit('lamps', SITE_ORIGIN)).rejects.toThrow('does not allow pages of');

  const changed = await change('lamps', { greeting: 'Which lamp?', theme: { accent: '#aa0000' } }, 1);
  expect(changed.body).toMatchObject({ version: 2, settings: { greeting: 'Which lamp?', name: 'Lamps' } });
  await expect
    .poll(() => visit('lamps', SHOP))
    .toMatchObject({ greeting: 'Which lamp?', theme: { accent: '#aa0000' } });
  expect((await change('lamps', { greeting: 'Late' }, 1)).status).toBe(409);

  const diff = await admin.request<SiteDiff>('GET', '/sites/lamps/diff?from=1&to=2');
  expect(diff.body.changes).toEqual([
    { name: 'greeting', after: 'Which lamp?' },
    { name: 'theme', after: { accent: '#aa0000' } },
  ]);
  const rolled = await admin.request('POST', '/sites/lamps/roll-back', { version: 1, expectedVersion: 2 });
  expect(rolled.body).toMatchObject({
    version: 3,
    versions: [{ number: 3, by: 'Owner' }, { number: 2 }, { number: 1 }],
  });
  await expect.poll(async () => (await visit('lamps', SHOP)).greeting).toContain('Hello');

  const page = await connectWidget(other.port, { site: 'lamps' }, SHOP);
  const left = new Promise((resolve) => page.socket.once('disconnect', resolve));
  await admin.request('POST', '/sites/lamps/archive', { archived: true, expectedVersion: 3 });
  await left;
  page.close();
  await expect(visit('lamps', SHOP)).rejects.toThrow('Unknown site');
  const overview = await admin.request<SiteOverview>('GET', '/sites');
  expect(overview.body.sites.map(({ id, origin, archived }) => [id, origin, archived])).toEqual([
    ['acme', 'file', false],
    ['other', 'file', false],
    ['lamps', 'console', true],
  ]);
  await admin.request('POST', '/sites/lamps/archive', { archived: false, expectedVersion: 4 });
  await expect.poll(() => visit('lamps', SHOP).catch(String)).toMatchObject({ name: 'Lamps' });
});

test('a page that is open follows a change of its site', async () => {
  await create('typing', { name: 'Typing', allowedOrigins: [SHOP], preChat: { name: 'required' } });
  await expect.poll(() => visit('typing', SHOP).catch(String)).toMatchObject({ preChat: { name: 'required' } });
  const page = await connectWidget(other.port, { site: 'typing' }, SHOP);
  await change('typing', { preChat: null }, 1);
  await expect.poll(() => page.ask('pre-chat-set', { name: 'A visitor' })).toMatchObject({ ok: false });
  page.close();
});

test('what the file sets is read-only, the rest of its site is not, and both survive a restart', async () => {
  expect(await read('acme')).toMatchObject({ origin: 'file', version: 0, fixed: ['id', 'allowedOrigins', 'name'] });
  expect((await change('acme', { name: 'Else' }, 0)).body).toMatchObject({
    code: 'bad-request',
    message: 'name: is set in firstword.config.json. Change it there.',
  });
  expect((await change('acme', { greeting: 'From the console' }, 0)).body).toMatchObject({ version: 1 });
  await expect.poll(() => visit('acme', SITE_ORIGIN)).toMatchObject({ greeting: 'From the console' });
  expect((await admin.request('POST', '/sites/acme/archive', { archived: true, expectedVersion: 1 })).status).toBe(400);
  const restarted = await startTestServer({
    ...{ redis, endpointServer: server.endpoint },
    namedSettings: new Map([['acme', ['id', 'name', 'allowedOrigins', 'greeting']]]),
  });
  const client = await connectWidget(restarted.port, { site: 'acme' }, SITE_ORIGIN);
  expect(client.start.site.greeting).toContain('Hello');
  client.close();
  await restarted.stop();
});

test('a refusal names the setting, what was given, what is allowed, and a near miss', async () => {
  const fault = async (settings: object) => (await create('new', settings)).body;
  const named = { name: 'New', allowedOrigins: [SHOP] };
  expect(await fault({ ...named, greting: 'Hi' })).toMatchObject({
    message: expect.stringMatching(/^greting: there is no such setting\. Did you mean "greeting"\?/),
  });
  expect(await fault({ ...named, allowedOrigins: ['https://a.example/'] })).toMatchObject({
    message: 'allowedOrigins[0]: "https://a.example/" ends with a slash. Use https://a.example.',
  });
  expect(await fault({ ...named, identity: 'required' })).toMatchObject({
    message: expect.stringContaining('can verify no token'),
  });
  expect(await fault({ ...named, allowedRegions: ['us-eastt'] })).toMatchObject({
    message: expect.stringMatching(/^allowedRegions\[0\]: there is no region "us-eastt"\. Did you mean "us-east"\?/),
  });
  expect(await fault({ ...named, budgets: { siteDay: { usd: -1 } } })).toMatchObject({
    message: 'budgets.siteDay.usd: -1 is not allowed. Use a number, 0 or more.',
    settingFaults: [{ setting: 'budgets.siteDay.usd', code: 'not-allowed', given: '-1' }],
  });
  expect((await create('acme', named)).body).toMatchObject({
    message: 'id: "acme" is already the id of a site. Use another id.',
    settingFaults: [{ setting: 'id', code: 'taken-id', given: 'acme' }],
  });
  expect((await create('model-api', named)).status).toBe(400);
  expect((await create('new', { ...named, constructor: 'x' })).status).toBe(400);
});

test('a secret is stored encrypted, is never returned, and a change of other settings keeps it', async () => {
  const identitySecret = 'k'.repeat(40);
  const named = { name: 'Known', allowedOrigins: [SHOP], identitySecret, formerIdentitySecrets: [identitySecret] };
  const created = await create('known', named);
  expect(created.body).toMatchObject({ secrets: ['identitySecret', 'formerIdentitySecrets'] });
  expect((await change('known', { identity: 'required' }, 1)).body).toMatchObject({
    secrets: ['identitySecret', 'formerIdentitySecrets'],
  });
  const all = JSON.stringify([
    created.body,
    await read('known'),
    (await admin.request('GET', '/sites/known/diff?from=0&to=2')).body,
    (await admin.request('GET', '/audit')).body,
    await server.records.settings.load('site:known'),
    await (await redis.connect()).hgetall('test:settings:all'),
  ]);
  expect(all).not.toContain(identitySecret);
  expect(
    (await change('known', { identity: 'optional', identitySecret: null, formerIdentitySecrets: [] }, 2)).body,
  ).toMatchObject({
    secrets: [],
  });
});
