import { createHmac, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { siteSchema } from '@firstword/shared/site';
import { listenLocally } from '@firstword/testing/listen-locally';
import { silentLog } from '@firstword/testing/silent-log';
import { exportJWK, SignJWT } from 'jose';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createIdentityKeyFetch } from '../src/fetch-identity-keys.ts';
import { createIdentityCheck } from '../src/realtime/identity.ts';
import { createIdentityKeys } from '../src/realtime/identity-keys.ts';

const PAIRS = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
};
type Algorithm = keyof typeof PAIRS;

let published: { keys: object[] } | undefined;
let fetches: number;
let now = 0;
beforeEach(async () => {
  published = { keys: await Promise.all(Object.entries(PAIRS).map(([kid, pair]) => publicKey(kid, pair.publicKey))) };
  fetches = 0;
});
const publicKey = async (kid: string, key: KeyObject) => ({ ...(await exportJWK(key)), kid });

async function startSite(changes: object = {}) {
  const http = createServer((_request, response) => {
    fetches += 1;
    if (published === undefined) return void response.writeHead(503).end();
    response.end(JSON.stringify(published));
  });
  const url = `http://127.0.0.1:${await listenLocally(http)}/keys`;
  const base = { id: 'acme', name: 'Acme', allowedOrigins: ['https://shop.example'] };
  const site = siteSchema.parse({ ...base, identityKeys: { url, allowPrivate: true }, ...changes });
  const source = createIdentityKeyFetch(new Map([[site.id, site]]));
  const keys = createIdentityKeys(source.fetchKeys, silentLog, () => now);
  const check = createIdentityCheck(
    async () => true,
    keys.at,
    () => {},
  );
  onTestFinished(async () => {
    await source.close();
    http.close();
    http.closeAllConnections();
  });
  return { check: (token: string) => check(token, site), warmUp: () => keys.warmUp(source.urls()), url };
}

const sign = (alg: Algorithm, key: KeyObject = PAIRS[alg].privateKey, kid: string = alg) =>
  new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg, kid })
    .setSubject('anna')
    .setAudience('acme')
    .setExpirationTime('5m')
    .sign(key);

test.each(Object.keys(PAIRS) as Algorithm[])('a token signed by %s is verified by the published key', async (alg) => {
  const { check, warmUp } = await startSite();
  await warmUp();
  expect(fetches).toBe(1);
  for (let time = 0; time < 3; time++) expect(await check(await sign(alg))).toMatchObject({ subject: 'anna' });
  expect(fetches).toBe(1);
});

test('a key that is not published verifies nothing, and asks for no further fetch', async () => {
  const { check } = await startSite();
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  expect(await check(await sign('RS256', foreign))).toBeUndefined();
  for (let time = 0; time < 20; time++)
    expect(await check(await sign('RS256', foreign, `unknown ${time}`))).toBeUndefined();
  expect(fetches).toBe(1);
});

test('a published key is never taken for a secret', async () => {
  const { check } = await startSite();
  const pem = PAIRS.RS256.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const token = await new SignJWT({ jti: 'a', sub: 'anna', aud: 'acme', exp: Math.floor(Date.now() / 1000) + 300 })
    .setProtectedHeader({ alg: 'HS256', kid: 'RS256' })
    .sign(new TextEncoder().encode(pem));
  expect(await check(token)).toBeUndefined();
});

test('while the keys can’t be fetched, a token is neither accepted nor refused', async () => {
  published = undefined;
  const { check, warmUp } = await startSite();
  await warmUp();
  await expect(check(await sign('ES256'))).rejects.toMatchObject({ code: 'keys-unavailable' });
});

test('while the keys can’t be fetched, a flood of tokens causes one fetch in 2 s', async () => {
  const working = published;
  published = undefined;
  const { check } = await startSite();
  for (let time = 0; time < 20; time++)
    await expect(check(await sign('ES256'))).rejects.toMatchObject({ code: 'keys-unavailable' });
  expect(fetches).toBe(1);
  published = working;
  now += 2000;
  expect(await check(await sign('ES256'))).toMatchObject({ subject: 'anna' });
  expect(fetches).toBe(2);
});

test('keys are not fetched from a private address, unless the site allows it', async () => {
  expect(() =>
    siteSchema.parse({
      ...{ id: 'acme', name: 'Acme', allowedOrigins: ['https://shop.example'] },
      identityKeys: { url: 'http://127.0.0.1/keys' },
    }),
  ).toThrow('https');
  for (const host of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '[::1]', 'localhost']) {
    const { check } = await startSite({ identityKeys: { url: `https://${host}/keys` } });
    await expect(check(await sign('ES256'))).rejects.toMatchObject({ code: 'keys-unavailable' });
  }
  expect(fetches).toBe(0);
});

test('during a change of the secret both are accepted, and a user hash only where the site allows it', async () => {
  const [old, next] = ['old-'.repeat(8), 'new-'.repeat(8)];
  const secrets = { identityKeys: undefined, identitySecret: next, formerIdentitySecrets: [old] };
  const { check } = await startSite(secrets);
  const signed = (secret: string) =>
    new SignJWT({ jti: 'a', sub: 'anna', aud: 'acme', exp: Math.floor(Date.now() / 1000) + 300 })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(secret));
  for (const secret of [old, next]) expect(await check(await signed(secret))).toMatchObject({ subject: 'anna' });
  const hash = createHmac('sha256', next).update('4711').digest('hex');
  expect(await check(`4711.${hash}`)).toBeUndefined();
  const allowing = await startSite({ ...secrets, identityUserHash: true });
  expect(await allowing.check(`4711.${hash}`)).toMatchObject({ subject: '4711', profile: { subject: '4711' } });
  expect(await allowing.check(`4712.${hash}`)).toBeUndefined();
});

test('what a token says is kept where it has an allowed form, and left out where not', async () => {
  const { check } = await startSite();
  const token = await new SignJWT({
    jti: randomUUID(),
    name: ' Ada ',
    email: 'not an address',
    attributes: {
      plan: 'pro',
      seats: 4,
      trial: false,
      since: '2024-05-01',
      'bad name': 1,
      list: [1],
      long: 'x'.repeat(300),
    },
  })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'EdDSA' })
    .setSubject('4711')
    .setAudience('acme')
    .setExpirationTime('5m')
    .sign(PAIRS.EdDSA.privateKey);
  expect(await check(token)).toMatchObject({
    profile: { subject: '4711', name: 'Ada', attributes: { plan: 'pro', seats: 4, trial: false, since: '2024-05-01' } },
  });
});
