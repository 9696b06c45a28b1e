/** A captcha beyond the first limit of an address, and what is tried to get around it. */
import { randomUUID } from 'node:crypto';
import { defaultConfig } from '@firstword/server/config/config';
import type { Challenge, Proof } from '@firstword/shared/proof-of-work';
import { type CaptchaProvider, startCaptchaProvider } from '@firstword/testing/captcha-provider';
import { addSecurityRow } from '@firstword/testing/security-row';
import { solveChallenge } from '@firstword/testing/solve-challenge';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

let provider: CaptchaProvider;
let server: TestServer;
const clients: WidgetClient[] = [];

const { perMinute } = defaultConfig().limits;
/** Each message needs a challenge. */
const LIMITS = {
  perMinute: {
    ...perMinute,
    address: { ...perMinute.address, messages: { challengeAbove: 0, refuseAbove: 300 } },
  },
};

beforeAll(async () => {
  provider = await startCaptchaProvider();
  server = await startTestServer({ captcha: provider.settings, limits: LIMITS });
  server.endpoint.script({ answer: 'You have 30 days.' });
});
beforeEach(() => provider.forget());
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await server.stop();
  await provider.stop();
});

async function newVisitor(): Promise<WidgetClient> {
  const client = await connectWidget(server.port);
  clients.push(client);
  return client;
}

const ask = (client: WidgetClient, proof?: Proof) =>
  client.ask('message-send', { id: randomUUID(), text: 'Hello', proof });
async function challengeOf(client: WidgetClient): Promise<Challenge> {
  const ack = await ask(client);
  if (ack.ok || ack.challenge === undefined) throw new Error(`no challenge: ${JSON.stringify(ack)}`);
  return ack.challenge;
}
async function sendWith(client: WidgetClient, captcha: string | undefined) {
  const proof = solveChallenge(await challengeOf(client));
  return ask(client, captcha === undefined ? proof : { ...proof, captcha });
}
const refusedForGood = { ok: false, code: 'rate-limited', retryAfterMs: expect.any(Number) };

test('a visitor with a token is answered, and the provider gets what it needs to check it', async () => {
  const client = await newVisitor();
  const { scriptUrl, siteKey } = provider.settings;
  expect((await challengeOf(client)).captcha).toEqual({ provider: 'turnstile', scriptUrl, siteKey });
  const token = provider.tokenFor('shop.example');
  expect(await sendWith(client, token)).toMatchObject({ ok: true });
  expect(provider.asked).toEqual([
    { secret: provider.settings.secretKey, response: token, sitekey: siteKey, remoteip: '127.0.0.1' },
  ]);
});

test('no forged, borrowed or used token is accepted, nor the proof of work alone', async ({ task }) => {
  const client = await newVisitor();
  const used = provider.tokenFor('shop.example');
  expect(await sendWith(client, used)).toMatchObject({ ok: true });
  const attempts: Record<string, string | undefined> = {
    'none at all': undefined,
    forged: 'x'.repeat(800),
    'of another site key': provider.tokenFor('shop.example', 'another key'),
    'solved on another host': provider.tokenFor('evil.example'),
    'solved on a subdomain': provider.tokenFor('evil.shop.example'),
    used,
  };
  for (const [name, token] of Object.entries(attempts)) {
    const ack = await sendWith(client, token);
    expect(ack, name).toMatchObject(refusedForGood);
    expect(ack, name).not.toHaveProperty('challenge');
  }
  const calls = provider.asked.length;
  const token = provider.tokenFor('shop.example');
  const unproven = { ...solveChallenge(await challengeOf(client)), numbers: [1, 2, 3, 4, 5, 6, 7, 8], captcha: token };
  expect(await ask(client, unproven)).toMatchObject({ ok: false, challenge: expect.anything() });
  expect(await ask(client, { ...unproven, captcha: 'x'.repeat(9000) })).toMatchObject({ code: 'bad-message' });
  expect(provider.asked).toHaveLength(calls);
  addSecurityRow(task, {
    id: 'captcha',
    tried: `${Object.keys(attempts).length} missing, forged, borrowed and used tokens with a proof of work, and 2 without one`,
    result: '0 accepted; the provider was not asked about those without a proof of work',
  });
});

test('while the provider is away, the proof of work is enough', async ({ task }) => {
  const client = await newVisitor();
  provider.answer('error');
  expect(await sendWith(client, provider.tokenFor('shop.example'))).toMatchObject({ ok: true });
  expect(await challengeOf(client)).not.toHaveProperty('captcha');
  expect(await sendWith(client, undefined)).toMatchObject({ ok: true });
  expect(provider.asked).toHaveLength(1);
  addSecurityRow(task, {
    id: 'captcha',
    tried: 'a message whose token the provider fails to check, and one after it',
    result: 'both accepted with a proof of work; the provider was asked once',
  });
});
