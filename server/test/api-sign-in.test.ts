import { createPasswords } from '@firstword/server/agents/passwords';
import { createMemoryAccountStore } from '@firstword/server/records/memory-account-store';
import { RecordsError } from '@firstword/server/records/records-error';
import { EMAIL, PASSWORD } from '@firstword/testing/console-agents';
import { type ConsoleServer, startConsoleServer } from '@firstword/testing/console-server';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

let server: RedisServer;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function start(parts: Parameters<typeof startConsoleServer>[1] = {}): Promise<ConsoleServer> {
  const consoleServer = await startConsoleServer(server, parts);
  ends.push(consoleServer.close);
  return consoleServer;
}

const newAgent = { email: EMAIL, name: 'First agent', password: PASSWORD };

describe('the one-time link', () => {
  test('makes the first agent an administrator, signs in, and works once', async () => {
    const consoleServer = await start();
    const token = (await consoleServer.agents.firstRun())?.token;
    const page = consoleServer.openPage();
    const made = await page.request('POST', '/first-run', { token, ...newAgent });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      agent: { email: EMAIL, name: 'First agent', roles: { '*': 'admin' } },
      mode: 'demo',
      models: ['deepseek-v4-pro', 'our-own'],
    });
    expect((await page.request('GET', '/session')).body).toEqual(made.body);
    const again = await consoleServer
      .openPage()
      .request('POST', '/first-run', { token, ...newAgent, email: 'b@shop.example' });
    expect([again.status, again.body['code']]).toEqual([403, 'forbidden']);
    expect(await consoleServer.agents.firstRun()).toBeUndefined();
    expect(await consoleServer.agents.list()).toHaveLength(1);
  });

  test('shows its purpose and its account until it is used', async () => {
    const consoleServer = await start();
    const page = consoleServer.openPage();
    const linkOf = async (token: string | undefined) => {
      const { status, body } = await page.request('POST', '/first-run/link', { token });
      return status === 200 ? body : status;
    };
    const first = (await consoleServer.agents.firstRun())?.token;
    expect(await linkOf(first)).toEqual({ kind: 'first-run' });
    await page.request('POST', '/first-run', { token: first, ...newAgent });
    expect(await linkOf(first)).toBe(403);
    const invite = await consoleServer.agents.invite('second@shop.example', { roles: { '*': 'agent' } });
    expect(await linkOf(invite?.token)).toEqual({ kind: 'invite', email: 'second@shop.example' });
    const reset = await consoleServer.agents.reset(EMAIL);
    expect(await linkOf(reset?.token)).toEqual({ kind: 'reset', email: EMAIL, name: 'First agent' });
    expect(await linkOf('unknown')).toBe(403);
  });

  test.each([null, '', [], {}, 0, true, ['a'.repeat(43)], { $ne: '' }, undefined, 'a'.repeat(43)])(
    'the token %j creates no agent',
    async (token) => {
      const consoleServer = await start();
      await consoleServer.agents.firstRun();
      const { status } = await consoleServer.openPage().request('POST', '/first-run', { token, ...newAgent });
      expect([400, 403]).toContain(status);
      expect(await consoleServer.agents.list()).toEqual([]);
    },
  );

  test('signs in only one of two simultaneous users', async () => {
    const consoleServer = await start();
    const token = (await consoleServer.agents.firstRun())?.token;
    const emails = Array.from({ length: 8 }, (_, index) => `agent${index}@shop.example`);
    const answers = await Promise.all(
      emails.map((email) => consoleServer.openPage().request('POST', '/first-run', { token, ...newAgent, email })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await consoleServer.agents.list()).toHaveLength(1);
  });

  test('for the first agent is invalid once an agent exists', async () => {
    const consoleServer = await start();
    const link = await consoleServer.agents.firstRun();
    await consoleServer.signIn('other@shop.example');
    const late = await consoleServer.openPage().request('POST', '/first-run', { token: link?.token, ...newAgent });
    expect(late.status).toBe(403);
  });

  test('of an invitation works only for the invited address and gives the role it was created with', async () => {
    const consoleServer = await start();
    await consoleServer.signIn('admin@shop.example', 'admin');
    const link = await consoleServer.agents.invite(EMAIL, { roles: { acme: 'agent', other: 'viewer' } });
    const other = { token: link?.token, ...newAgent, email: 'other@shop.example' };
    expect((await consoleServer.openPage().request('POST', '/first-run', other)).status).toBe(403);
    const invited = await consoleServer.openPage().request('POST', '/first-run', { token: link?.token, ...newAgent });
    expect(invited.body).toMatchObject({ agent: { email: EMAIL, roles: { acme: 'agent', other: 'viewer' } } });
    expect(await consoleServer.agents.invite(EMAIL, { roles: { '*': 'admin' } })).toBeUndefined();
  });

  test('for a new password ends all sessions and keeps the role', async () => {
    const consoleServer = await start();
    const page = await consoleServer.signIn();
    const link = await consoleServer.agents.reset(EMAIL);
    const next = { token: link?.token, ...newAgent, password: 'another long password' };
    expect((await consoleServer.openPage().request('POST', '/first-run', next)).body).toMatchObject({
      agent: { roles: { '*': 'agent' } },
    });
    expect((await page.request('GET', '/session')).status).toBe(401);
    const old = await consoleServer.openPage().request('POST', '/session', { email: EMAIL, password: PASSWORD });
    expect(old.status).toBe(403);
    expect(await consoleServer.agents.list()).toHaveLength(1);
  });
});

describe('signing in', () => {
  test('needs the right password; the case of the address is ignored', async () => {
    const consoleServer = await start();
    await consoleServer.signIn();
    const wrong = await consoleServer.openPage().request('POST', '/session', { email: EMAIL, password: 'wrong' });
    expect([wrong.status, wrong.body['code']]).toEqual([403, 'forbidden']);
    expect(wrong.headers.getSetCookie()).toEqual([]);
    const unknown = await consoleServer
      .openPage()
      .request('POST', '/session', { email: 'x@shop.example', password: PASSWORD });
    expect(unknown.body).toEqual(wrong.body);
    const right = await consoleServer
      .openPage()
      .request('POST', '/session', { email: ' Agent@Shop.Example ', password: PASSWORD });
    expect(right.status).toBe(200);
  });

  test('checks at most 10 of 1,000 guesses, and says when to retry', async () => {
    const consoleServer = await start();
    const page = await consoleServer.signIn();
    const before = consoleServer.checked();
    const guesses = Array.from({ length: 1000 }, (_, index) => ({ email: EMAIL, password: `guess ${index}` }));
    const statuses = new Map<number, number>();
    for (let first = 0; first < guesses.length; first += 50) {
      const answers = await Promise.all(
        guesses.slice(first, first + 50).map((guess) => consoleServer.openPage().request('POST', '/session', guess)),
      );
      for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(consoleServer.checked() - before).toBeLessThanOrEqual(10);
    expect(statuses).toEqual(
      new Map([
        [403, 5],
        [429, 995],
      ]),
    );
    const locked = await consoleServer.openPage().request('POST', '/session', { email: EMAIL, password: PASSWORD });
    expect(locked.body['code']).toBe('rate-limited');
    expect(locked.body['retryAfterMs']).toBeGreaterThan(0);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await page.request('GET', '/session')).status).toBe(200);
  });

  test('checks at most 10 guesses for one account from any number of addresses', async () => {
    const consoleServer = await start();
    await consoleServer.signIn();
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        consoleServer.agents.signIn({ email: EMAIL, password: 'guess', address: `10.0.0.${index}`, device: undefined }),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toHaveLength(10);
  });

  test('renews a hash of an older cost, and the session before goes on', async () => {
    const consoleServer = await start();
    const page = await consoleServer.signIn();
    const { accounts } = consoleServer.records;
    const account = await accounts.find(EMAIL);
    if (account === undefined) throw new Error('there is no account');
    const older = await createPasswords({ N: 32, r: 1, p: 2 }).hash(PASSWORD);
    await accounts.renewHash(account.id, account.passwordHash, older);
    const signIn = () => consoleServer.openPage().request('POST', '/session', { email: EMAIL, password: PASSWORD });
    expect((await signIn()).status).toBe(200);
    expect((await accounts.find(EMAIL))?.passwordHash).toMatch(/^scrypt\$16\$1\$1\$/);
    expect([(await signIn()).status, (await page.request('GET', '/session')).status]).toEqual([200, 200]);
  });

  test('after some wrong passwords resets the count', async () => {
    const consoleServer = await start();
    await consoleServer.signIn();
    for (let round = 0; round < 3; round++) {
      for (let error = 0; error < 4; error++)
        await consoleServer.openPage().request('POST', '/session', { email: EMAIL, password: 'typo' });
      const right = await consoleServer.openPage().request('POST', '/session', { email: EMAIL, password: PASSWORD });
      expect(right.status).toBe(200);
    }
  });
});

describe('the session', () => {
  test('uses a cookie that scripts and other sites cannot read', async () => {
    const consoleServer = await start();
    await consoleServer.signIn();
    const { headers } = await consoleServer
      .openPage()
      .request('POST', '/session', { email: EMAIL, password: PASSWORD });
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^firstword-agent=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^firstword-device=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=15552000$/),
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('uses a __Host- cookie only if the public address is https', async () => {
    const consoleServer = await start({ publicHttps: true });
    const page = await consoleServer.signIn();
    expect(page.cookie()).toMatch(/^__Host-firstword-agent=/);
    const { headers } = await consoleServer
      .openPage()
      .request('POST', '/session', { email: EMAIL, password: PASSWORD });
    expect(headers.getSetCookie()[0]).toMatch(/; Secure$/);
    const planted = page.cookie().replace('__Host-', '');
    expect((await consoleServer.openPage().request('GET', '/session', undefined, { cookie: planted })).status).toBe(
      401,
    );
  });

  test('ends at sign-out, and its token stays invalid', async () => {
    const consoleServer = await start();
    const page = await consoleServer.signIn();
    const cookie = page.cookie();
    expect((await page.request('DELETE', '/session')).status).toBe(204);
    expect(page.cookie()).toBe('firstword-agent=');
    expect((await page.request('GET', '/session', undefined, { cookie })).body['code']).toBe('signed-out');
  });

  test('ends with its account', async () => {
    const consoleServer = await start();
    const page = await consoleServer.signIn();
    expect(await consoleServer.agents.remove(EMAIL)).toBe(true);
    expect((await page.request('GET', '/session')).status).toBe(401);
  });

  test('ends after 7 days, however busy, and after 12 idle hours', async () => {
    let ahead = 0;
    const consoleServer = await start({ now: () => Date.now() + ahead });
    const page = await consoleServer.signIn();
    ahead = 7 * 24 * 3600 * 1000 - 60_000;
    expect((await page.request('GET', '/session')).status).toBe(200);
    const [key = ''] = await consoleServer.redis.keys(`${consoleServer.keys.agentSession('')}*`);
    expect(await consoleServer.redis.ttl(key)).toBeGreaterThan(12 * 3600 - 10);
    expect(await consoleServer.redis.ttl(key)).toBeLessThanOrEqual(12 * 3600);
    ahead = 7 * 24 * 3600 * 1000;
    expect((await page.request('GET', '/session')).status).toBe(401);
  });

  test('is stored only as a hash', async () => {
    const consoleServer = await start();
    const page = await consoleServer.signIn();
    const token = page.cookie().split('=')[1] ?? '';
    const stored = await consoleServer.redis.keys('*');
    expect(stored.filter((key) => key.includes(token))).toEqual([]);
  });
});

describe('a write', () => {
  const foreignOrigins = [
    'https://evil.example',
    'null',
    'http://127.0.0.1',
    'http://127.0.0.1.evil.example',
    undefined,
  ];
  test.each(foreignOrigins)('from a page of origin %s is refused', async (origin) => {
    const consoleServer = await start();
    const page = await consoleServer.signIn();
    const signOut = await page.request('DELETE', '/session', undefined, { origin });
    expect([signOut.status, signOut.body['code']]).toEqual([403, 'forbidden']);
    const signIn = await page.request('POST', '/session', { email: EMAIL, password: PASSWORD }, { origin });
    expect(signIn.status).toBe(403);
    expect((await page.request('GET', '/session')).status).toBe(200);
  });

  test.each(['', 'x', 'a'.repeat(43), undefined])('with %j in place of its token is refused', async (csrf) => {
    const consoleServer = await start();
    const page = await consoleServer.signIn();
    expect((await page.request('DELETE', '/session', undefined, { 'x-csrf-token': csrf })).status).toBe(403);
  });

  test('with the token of another session is refused', async () => {
    const consoleServer = await start();
    const [page, other] = [await consoleServer.signIn(), await consoleServer.signIn('other@shop.example')];
    expect((await page.request('DELETE', '/session', undefined, { 'x-csrf-token': other.csrf() })).status).toBe(403);
  });

  test.each([
    ['another content type', { 'content-type': 'text/plain' }, '{}'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'email=a'],
    ['what is not JSON', {}, '{'],
    ['a list', {}, '[]'],
    ['an unknown key', {}, JSON.stringify({ email: EMAIL, password: PASSWORD, role: 'admin' })],
    ['a number for a string', {}, JSON.stringify({ email: EMAIL, password: 1 })],
    ['more than 32 kB', {}, JSON.stringify({ email: EMAIL, password: 'x'.repeat(40_000) })],
    ['deep nesting', {}, '['.repeat(15_000)],
  ])('with %s is refused', async (_what, headers, body) => {
    const consoleServer = await start();
    await consoleServer.signIn();
    const answer = await consoleServer.openPage().request('POST', '/session', body, headers);
    expect([answer.status, answer.body['code']]).toEqual([400, 'bad-request']);
  });
});

test('an agent stays signed in while the database is away, and no other session begins', async () => {
  const accounts = createMemoryAccountStore();
  const consoleServer = await start({ records: { accounts } });
  const page = await consoleServer.signIn();
  const { load } = accounts;
  const away = async () => {
    throw new RecordsError('unavailable', 'The database did not answer.');
  };
  Object.assign(accounts, { load: away, find: away });
  expect((await page.request('GET', '/session')).status).toBe(200);
  const other = await consoleServer.openPage().request('POST', '/session', { email: EMAIL, password: PASSWORD });
  expect([other.status, other.body['code']]).toEqual([503, 'unavailable']);
  Object.assign(accounts, { load: async () => undefined });
  expect((await page.request('GET', '/session')).status).toBe(401);
  Object.assign(accounts, { load });
});
