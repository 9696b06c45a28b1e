/** The endpoint and its models as an administrator connects them over REST, in two processes of one installation. */
import type { SiteDiff } from '@firstword/shared/site-settings';
import { createPage } from '@firstword/testing/console-page';
import { createLatch } from '@firstword/testing/latch';
import { startTestServer } from '@firstword/testing/test-server';
import { cloud, type VendorRequest } from '@firstword/testing/vendor-endpoint';
import { connectWidget } from '@firstword/testing/widget-client';
import { expect, test } from 'vitest';
import { startWorkerApp } from '../src/worker-app.ts';
import {
  answerOf,
  CHAINS,
  check,
  DEMO_ANSWER,
  demo,
  faultsOf,
  installations,
  KEY,
  MODELS,
  modelInstallations,
  modeOf,
  read,
  redis,
  save,
  settingsOf,
  startCloud,
  startPair,
  stops,
} from './model-installations.ts';
import { workerSettings } from './worker-settings.ts';

modelInstallations();

test('a wrong key is named with its fix, the right one is saved, and every process asks the new endpoint', async () => {
  const { first, other, admin } = await startPair();
  const endpoint = await startCloud();
  expect(await read(admin)).toMatchObject({ version: 0, source: 'demo', key: 'none', fixed: {} });
  expect(await answerOf(other, 'How long may I return it?')).toBe(DEMO_ANSWER);

  const settings = settingsOf(`"${endpoint.origin}/v1/chat/completions" `);
  const [total, ...refused] = await check(first, admin, { settings, apiKey: 'sk-a-wrong-key' });
  expect(total).toEqual({ total: 2 });
  expect(faultsOf(refused).map(({ found, fix }) => [found, fix])).toEqual(
    MODELS.map((model) => [
      expect.stringMatching(/^unauthorized: /),
      `Check the API key: the endpoint refuses it, or it may not use "${model}".`,
    ]),
  );
  const found = await check(first, admin, { settings, apiKey: ` Bearer ${KEY}\n` });
  expect(faultsOf(found)).toEqual([]);
  expect(await read(admin)).toMatchObject({ version: 0, source: 'demo' });

  const held = demo.holdAfter(5);
  const client = await connectWidget(other.port);
  const running = await client.send('Is the return free?');
  const turnId = running.ok ? (running.turnId ?? '') : '';
  await client.received((event) => event.type === 'text-delta');

  const saved = await save(admin, settings, 0, KEY);
  expect(saved).toMatchObject({
    status: 200,
    body: {
      version: 1,
      source: 'console',
      key: 'set',
      keyEnding: 'wxyz',
      settings: { baseUrl: `${endpoint.origin}/v1`, chains: CHAINS },
    },
  });
  // Not by an answer, which the demo would hold.
  await expect.poll(() => modeOf(other)).toBe('live');
  expect(await answerOf(other, 'How long may I return it?')).toContain('You may return it');
  expect(await answerOf(first, 'How long may I return it?')).toContain('You may return it');
  held();
  await client.received((event) => event.type === 'turn-end' && event.turnId === turnId);
  expect(client.text(turnId)).toBe(DEMO_ANSWER);
  client.close();

  await expect.poll(async () => (await read(admin)).lastCheck?.lines.map(({ level }) => level)).toEqual(['ok', 'ok']);
  const { inUse, chains } = await read(admin);
  expect(inUse.map(({ id, tiers }) => [id, tiers])).toEqual([
    ['small-one', ['instant']],
    ['large-one', ['fast', 'quality']],
  ]);
  expect(chains.find(({ tier, region }) => tier === 'fast' && region === 'eu')?.models.map(({ id }) => id)).toEqual([
    'large-one',
  ]);
});

test('a key is stored encrypted, and leaves the server towards its own endpoint only', async () => {
  const { first, admin } = await startPair();
  const endpoint = await startCloud();
  const stranger = await startCloud(cloud('another', MODELS));
  const texts = [JSON.stringify((await save(admin, settingsOf(endpoint.origin), 0, KEY)).body)];
  const elsewhere = settingsOf(stranger.origin);
  for (const refused of [
    await save(admin, elsewhere, 1),
    await admin.request('POST', '/model-settings/check', { settings: elsewhere }),
  ])
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('apiKey: is required again') },
    });
  expect(stranger.calls).toEqual([]);

  const cheaper = settingsOf(endpoint.origin, { models: [{ id: 'large-one', outputUsdPerMillion: 0.4 }] });
  expect((await save(admin, cheaper, 1)).body).toMatchObject({ version: 2, keyEnding: 'wxyz' });
  expect((await save(admin, cheaper, 1)).status).toBe(409);
  expect((await save(admin, cheaper, 2, 'two words')).body).toMatchObject({
    message: expect.stringMatching(/^apiKey: contains a blank/),
  });
  const removed = await save(admin, cheaper, 2, null);
  expect(removed.body).toMatchObject({ version: 3, key: 'none' });
  const diff = async (from: number, to: number) =>
    (await admin.request<SiteDiff>('GET', `/model-settings/diff?from=${from}&to=${to}`)).body.changes;
  expect(await diff(1, 2)).toEqual([
    { name: 'models', before: [], after: [{ id: 'large-one', outputUsdPerMillion: 0.4 }] },
  ]);
  expect(await diff(2, 3)).toEqual([{ name: 'apiKey' }]);
  const rolledBack = await admin.request('POST', '/model-settings/roll-back', { version: 2, expectedVersion: 3 });
  expect(rolledBack.body).toMatchObject({ version: 4, key: 'set', versions: [{ number: 4, by: 'Owner' }, {}, {}, {}] });

  for (const path of ['/model-settings', '/model-settings/diff?from=0&to=1', '/audit', '/sites', '/models'])
    texts.push(JSON.stringify((await admin.request('GET', path)).body));
  const stored = await first.records.settings.loadAll();
  texts.push(JSON.stringify([...stored]));
  const connection = await redis.connect();
  const [published = ''] = await connection.keys('models-*:settings*');
  texts.push(JSON.stringify(await connection.hgetall(published)));
  expect(published).not.toBe('');
  for (const text of texts) expect(text).not.toContain(KEY);
  for (const { headers } of endpoint.calls) expect(headers.authorization ?? `Bearer ${KEY}`).toBe(`Bearer ${KEY}`);
});

test('a redirect is named, and not followed', async () => {
  const { first, admin } = await startPair();
  const inside = await startCloud(() => ({ status: 200, body: { secret: 'of another service' } }));
  const endpoint = await startCloud(() => ({
    status: 302,
    headers: { location: `${inside.origin}/latest/meta-data` },
  }));
  const events = await check(first, admin, { settings: settingsOf(endpoint.origin), apiKey: KEY });
  expect(faultsOf(events).map(({ found }) => found)).toEqual([
    expect.stringMatching(/^redirected: /),
    expect.stringMatching(/^redirected: /),
  ]);
  expect(inside.calls).toEqual([]);
  expect(JSON.stringify(events)).not.toContain('of another service');
});

test('models outside the limits of their tier are refused until they are allowed', async () => {
  const { admin } = await startPair();
  const endpoint = await startCloud();
  const slow = settingsOf(endpoint.origin, { models: [{ id: 'large-one', ttftMs: 900, outputUsdPerMillion: 5 }] });
  const refused = (await save(admin, slow, 0, KEY)).body;
  expect(refused.message?.split('\n')).toEqual([
    expect.stringMatching(
      /^chains\.fast: model "large-one" has a TTFT of 900 ms; .* or allow models outside the limits\.$/,
    ),
    expect.stringMatching(/^chains\.fast: model "large-one" costs \$5 per million/),
  ]);
  expect((await save(admin, { ...slow, allowOutsideLimits: true }, 0, KEY)).status).toBe(200);
  const thinker = settingsOf(endpoint.origin, { chains: { fast: ['deepseek-r1'] } });
  expect((await save(admin, thinker, 1)).body.message).toContain('always thinks before it answers');
});

test('what the environment sets outranks the console, which can still choose the models', async () => {
  const endpoint = await startCloud();
  const { first, admin } = await startPair({
    mode: 'live',
    endpoint: { id: 'main', baseUrl: `${endpoint.origin}/v1`, apiKey: KEY },
    modelOrigins: { endpoint: 'LLM_BASE_URL', tiers: ['quality'], models: [] },
  });
  expect(await read(admin)).toMatchObject({
    source: 'configuration',
    key: 'set',
    fixed: { endpoint: 'LLM_BASE_URL', quality: 'firstword.config.json' },
    settings: { baseUrl: `${endpoint.origin}/v1` },
  });
  expect((await save(admin, settingsOf('https://elsewhere.example'), 0)).body.message).toBe(
    'baseUrl: is set by LLM_BASE_URL. Change it there.\n' +
      'chains.quality: is set by tiers.quality.chain of the configuration file. Change it there.',
  );
  const { instant, fast } = CHAINS;
  const models = { chains: { instant, fast }, models: [], allowOutsideLimits: false };
  expect((await save(admin, models, 0)).body).toMatchObject({ version: 1, source: 'configuration' });
  // An endpoint of the console that was saved earlier has no effect.
  const earlier = { settings: settingsOf('https://elsewhere.example'), endpointId: 'console-2' };
  await first.records.settings.save('models', earlier, { after: 1, by: 'Owner' });
  expect((await save(admin, models, 2)).body).toMatchObject({ version: 3, source: 'configuration' });
  expect(await answerOf(first, 'How long may I return it?')).toContain('You may return it');
});

test('without any endpoint a turn says so, until one is connected', async () => {
  const { first, other, admin } = await startPair({ mode: 'live', endpoint: undefined });
  expect(await read(admin)).toMatchObject({ source: 'none', inUse: [], chains: [] });
  const client = await connectWidget(first.port);
  await client.send('How long may I return it?');
  expect(await client.received((event) => event.type === 'turn-end')).toMatchObject({
    state: 'failed',
    code: 'no-endpoint',
  });
  client.close();
  const endpoint = await startCloud();
  await save(admin, settingsOf(endpoint.origin), 0, KEY);
  await expect.poll(() => answerOf(other, 'How long may I return it?')).toContain('You may return it');
});

test('a worker that runs asks the new endpoint for its analyses', async () => {
  const { first, admin } = await startPair();
  const endpoint = await startCloud(cloud(KEY, [...MODELS, 'thorough-one']));
  const applied = createLatch();
  const worker = await startWorkerApp(
    workerSettings({
      redisUrl: redis.url,
      redisPrefix: `models-${installations}`,
      records: first.records,
      endpoint: { id: 'demo', baseUrl: demo.baseUrl },
      mode: 'demo',
      sites: { sites: new Map(), apply: ({ json }) => json.includes('thorough-one') && applied.open() },
    }),
  );
  stops.push(worker.close);
  await save(admin, settingsOf(endpoint.origin, { chains: { ...CHAINS, quality: ['thorough-one'] } }), 0, KEY);
  await applied.opened;
  const client = await connectWidget(first.port);
  await client.send('I want to talk to a real person, please');
  client.close();
  // The checks of the web processes ask this model, too.
  const isAnalysis = ({ body }: VendorRequest) =>
    body?.model === 'thorough-one' && body.messages.some(({ content }) => content.includes('Help articles found'));
  await expect.poll(() => endpoint.calls.some(isAnalysis), { timeout: 30_000 }).toBe(true);
}, 60_000);

test('a key that was saved under another APP_SECRET must be entered again', async () => {
  const { first, admin } = await startPair();
  const endpoint = await startCloud();
  await save(admin, settingsOf(endpoint.origin), 0, KEY);
  const moved = await startTestServer({
    ...{ redis, endpointServer: demo, redisPrefix: `models-${installations}`, mode: 'demo', records: first.records },
    appSecret: 'another secret than before',
  });
  stops.push(moved.stop);
  const origin = `http://localhost:${moved.port}`;
  const page = createPage(`${origin}/api/v1`, origin);
  await page.request('POST', '/session', { email: 'o@shop.example', password: 'a long one here' });
  expect(await read(page)).toMatchObject({ version: 1, source: 'console', key: 'unreadable' });
});
