import type { FactorStart, RecoveryCodes } from '@firstword/shared/team';
import { EMAIL, PASSWORD } from '@firstword/testing/console-agents';
import type { Page } from '@firstword/testing/console-page';
import { type ConsoleServer, startConsoleServer } from '@firstword/testing/console-server';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { addSecurityRow } from '@firstword/testing/security-row';
import { Secret, TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

let redis: RedisServer;
let server: ConsoleServer;
let now = Date.now();
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());
afterEach(() => server.close());

const start = async (requireSecondFactor = false) => {
  server = await startConsoleServer(redis, { now: () => now, requireSecondFactor });
};
const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
const signIn = (code?: string) =>
  server.openPage().request('POST', '/session', { email: EMAIL, password: PASSWORD, ...(code && { code }) });
/** Sets it up, and lets the code that was used pass. */
async function enable(page: Page) {
  const { secret } = (await page.request<FactorStart>('POST', '/second-factor/start', {})).body;
  const { status, body } = await page.request<RecoveryCodes>('POST', '/second-factor', {
    secret,
    code: codeOf(secret),
  });
  expect(status).toBe(201);
  now += 30_000;
  return { secret, recoveryCodes: body.recoveryCodes };
}

test('with a second factor, the password alone does not sign in, and a code works once', async ({ task }) => {
  await start();
  const { secret } = await enable(await server.signIn());
  const missing = await signIn();
  expect([missing.status, missing.body['code'], missing.headers.getSetCookie()]).toEqual([403, 'code-required', []]);
  expect((await signIn('000000')).body['code']).toBe('forbidden');
  const used = await Promise.all(Array.from({ length: 4 }, () => signIn(codeOf(secret))));
  expect(used.filter(({ status }) => status === 200)).toHaveLength(1);
  expect((await signIn(codeOf(secret))).status).not.toBe(200);
  addSecurityRow(task, {
    id: 'S08 second factor',
    tried: 'the right password without a code, with a wrong one, and with one code in 4 parallel sign-ins and again',
    result: '1 of 7 signed in',
  });
});

test('codes count as guesses', async () => {
  await start();
  await enable(await server.signIn());
  const statuses: number[] = [];
  for (let guess = 0; guess < 12; guess++) statuses.push((await signIn(String(100_000 + guess))).status);
  expect(statuses.filter((status) => status === 403)).toHaveLength(5);
});

test('a recovery code signs in once', async () => {
  await start();
  const { recoveryCodes } = await enable(await server.signIn());
  const [first = ''] = recoveryCodes;
  expect([(await signIn(first)).status, (await signIn(first)).status]).toEqual([200, 403]);
});

test('it is turned off with a code, or by an administrator; a new password keeps it', async () => {
  await start();
  const page = await server.signIn();
  const { secret, recoveryCodes } = await enable(page);
  const again = await page.request('POST', '/second-factor', { secret, code: codeOf(secret) });
  expect(again.status).toBe(409);
  const link = await server.agents.reset(EMAIL);
  const agent = { token: link?.token, email: EMAIL, name: 'Ada', password: PASSWORD };
  const renewed = server.openPage();
  expect((await renewed.request('POST', '/first-run', agent)).body).toMatchObject({ secondFactor: 'on' });
  expect((await renewed.request('POST', '/second-factor/remove', { code: '000000' })).status).toBe(409);
  expect((await renewed.request('POST', '/second-factor/remove', { code: recoveryCodes[3] })).status).toBe(204);
  expect((await signIn()).status).toBe(200);
  await enable(renewed);
  const boss = await server.signIn('boss@shop.example', 'admin');
  const id = (await server.agents.members()).find(({ email }) => email === EMAIL)?.id;
  expect((await boss.request('POST', `/team/${id}/remove-second-factor`, {})).status).toBe(200);
  expect((await signIn()).status).toBe(200);
});

test('where it is required, an agent without one can do nothing else first', async () => {
  await start(true);
  const page = await server.signIn(EMAIL, 'admin');
  expect((await page.request('GET', '/session')).body).toMatchObject({ secondFactor: 'missing' });
  for (const path of ['/tickets', '/team', '/conversations'])
    expect((await page.request('GET', path)).body['code']).toBe('forbidden');
  await enable(page);
  expect((await page.request('GET', '/session')).body).toMatchObject({ secondFactor: 'on' });
  expect((await page.request('GET', '/tickets')).status).toBe(200);
});

test.each([
  { secret: 'short', code: '123456' },
  { secret: 'A'.repeat(32) },
  { secret: '0'.repeat(32), code: '123456' },
])('setting up %j is refused', async (body) => {
  await start();
  const page = await server.signIn();
  expect((await page.request('POST', '/second-factor', body)).status).toBe(400);
});
