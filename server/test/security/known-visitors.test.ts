import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { addSecurityRow } from '@firstword/testing/security-row';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { ConnectRefusedError, connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { IDENTITY_SECRET, signIdentity } from '../identity-tokens.ts';

let server: TestServer;
const clients: WidgetClient[] = [];
beforeAll(async () => {
  server = await startTestServer();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server.stop());

async function connect(auth: object = {}): Promise<WidgetClient> {
  const client = await connectWidget(server.port, { site: 'acme', ...auth });
  clients.push(client);
  return client;
}
async function refusalOf(auth: object): Promise<object | undefined> {
  const error: unknown = await connect(auth).catch((caught: unknown) => caught);
  return error instanceof ConnectRefusedError ? error.refusal : undefined;
}

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;
/** Signed by hand, because no library makes what is tried here. */
function forge(
  claims: object,
  { head = { alg: 'HS256' } as object, secret = IDENTITY_SECRET, digest = 'sha256' } = {},
) {
  const content = `${encode(head)}.${encode({ sub: 'anna', aud: 'acme', jti: randomUUID(), exp: seconds(300), ...claims })}`;
  return `${content}.${createHmac(digest, secret).update(content).digest('base64url')}`;
}

test('no malformed token is accepted, and each refusal is final', async ({ task }) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const unsigned = forge({}, { head: { alg: 'none' } })
    .split('.')
    .slice(0, 2)
    .join('.');
  const used = forge({});
  await connect({ identity: used, browser: 'laptop' });
  const odd: Record<string, string> = {
    'alg none': `${unsigned}.`,
    'alg NONE': forge({}, { head: { alg: 'NONE' } }),
    'alg HS512': forge({}, { head: { alg: 'HS512' }, digest: 'sha512' }),
    'alg RS256': await new SignJWT({ jti: 'a', sub: 'anna', aud: 'acme', exp: seconds(300) })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(privateKey),
    'a public key as the secret': forge({}, { secret: pem }),
    'no alg': forge({}, { head: {} }),
    'a critical extension': forge({}, { head: { alg: 'HS256', crit: ['x'], x: 1 } }),
    'another secret': forge({}, { secret: 'y'.repeat(32) }),
    'an empty secret': forge({}, { secret: '' }),
    'another site': forge({ aud: 'other' }),
    'no audience': forge({ aud: undefined }),
    expired: forge({ exp: seconds(-120) }),
    'a day long': forge({ exp: seconds(86_400) }),
    'no expiry': forge({ exp: undefined }),
    'an expiry as text': forge({ exp: String(seconds(300)) }),
    'not valid yet': forge({ nbf: seconds(300) }),
    'no subject': forge({ sub: undefined }),
    'an empty subject': forge({ sub: '' }),
    'an object as subject': forge({ sub: {} }),
    'a number as subject': forge({ sub: 7 }),
    'no jti': forge({ jti: undefined }),
    'an empty jti': forge({ jti: '' }),
    'a number as jti': forge({ jti: 7 }),
    'an altered payload': forge({}).replace(
      /\.[^.]+\./,
      `.${encode({ sub: 'bert', aud: 'acme', jti: 'b', exp: seconds(300) })}.`,
    ),
    'used by another browser': used,
    'a user hash where the site has not allowed it': `anna.${createHmac('sha256', IDENTITY_SECRET).update('anna').digest('hex')}`,
    'no token': 'anna',
  };
  const accepted: string[] = [];
  for (const [what, identity] of Object.entries(odd)) {
    const refusal = await refusalOf({ identity });
    if (refusal === undefined) accepted.push(what);
    else expect({ what, ...refusal }).toEqual({ what, code: 'bad-identity', final: true });
  }
  expect(accepted).toEqual([]);
  const raced = await Promise.all(Array.from({ length: 10 }, () => signIdentity('one')).slice(0, 1));
  const racing = await Promise.all(Array.from({ length: 10 }, () => refusalOf({ identity: raced[0] })));
  expect(racing.filter((refusal) => refusal === undefined)).toHaveLength(1);
  addSecurityRow(task, {
    id: 'S06',
    tried: `${Object.keys(odd).length} odd identity tokens, and one token from 10 browsers at once`,
    result: `${accepted.length} accepted, and 1 of 10`,
  });
});

test('a session that was signed out is over at once: in other tabs, for files, and with its token', async ({
  task,
}) => {
  const identity = await signIdentity('carla', { name: 'Carla' });
  const tabs = [await connect({ identity })];
  const session = tabs[0]?.start.session ?? '';
  for (let tab = 1; tab < 4; tab++) tabs.push(await connect({ session }));
  await tabs[0]?.send('My account number is 4711');
  const cut = Promise.all(tabs.map(({ socket }) => new Promise((resolve) => socket.once('disconnect', resolve))));
  const url = `http://127.0.0.1:${server.port}/sessions/end`;
  const ended = await fetch(url, { method: 'POST', body: session, headers: { origin: 'https://shop.example' } });
  expect(ended.status).toBe(204);
  await cut;
  expect(await refusalOf({ session })).toEqual({ code: 'session-expired' });
  expect(await refusalOf({ session, identity })).toEqual({ code: 'bad-identity', final: true });
  for (const body of ['', 'x', '{}', `${session} `.repeat(20), 'a'.repeat(2000)])
    expect((await fetch(url, { method: 'POST', body })).status).toBe(204);
  const next = await connect();
  expect(next.start.messages).toEqual([]);
  addSecurityRow(task, {
    id: 'S07',
    tried: 'signing out in 1 of 4 tabs, then the old session token, alone and with its identity token',
    result: `4 of 4 sockets closed, 0 of 2 accepted`,
  });
});

test('two people at one browser never see each other’s words', async ({ task }) => {
  let crossed = 0;
  let session: string | undefined;
  for (let turn = 0; turn < 20; turn++) {
    const subject = `person ${turn}`;
    const client = await connect({ identity: await signIdentity(subject), ...(session && { session }) });
    crossed += client.start.messages.length;
    await client.send(`secret of ${subject}`);
    if (session !== undefined) expect(await refusalOf({ session })).toEqual({ code: 'session-expired' });
    session = client.start.session;
  }
  expect(crossed).toBe(0);
  addSecurityRow(task, {
    id: 'S04',
    tried: '20 people sign in one after the other in one browser, without signing out',
    result: `${crossed} foreign messages seen, 0 of 19 earlier sessions alive`,
  });
});
