/** Agents sign in at a real OpenID Connect provider, through the web process as production builds it. */

import { createAccountAdmin } from '@firstword/server/agents/account-admin';
import { createPasswords } from '@firstword/server/agents/passwords';
import { createLog } from '@firstword/server/lib/log';
import { createTokenHash } from '@firstword/server/lib/tokens';
import type { AgentView } from '@firstword/shared/agent-view';
import type { AuditEntry } from '@firstword/shared/audit';
import { FAILURE_PARAMETER } from '@firstword/shared/provider-failure';
import { type SessionView, sessionViewSchema } from '@firstword/shared/sign-in';
import { createPage } from '@firstword/testing/console-page';
import type { OidcPerson } from '@firstword/testing/oidc-server';
import {
  type ProviderInstallation,
  type SignInChanges,
  startProviderInstallation,
} from '@firstword/testing/provider-installation';
import { createRedirectBrowser, type RedirectBrowser } from '@firstword/testing/redirect-browser';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { addSecurityRow } from '@firstword/testing/security-row';
import type { TestSettings } from '@firstword/testing/test-server';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

const SECRET = 'the secret of these tests';
const ADMIN = { email: 'owner@shop.example', name: 'Owner', password: 'a long enough password' };

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());

interface Installation extends Omit<ProviderInstallation, 'stop'> {
  readonly owner: ReturnType<typeof createPage>;
}

async function install(signIn: SignInChanges = {}, settings: TestSettings = {}, path = ''): Promise<Installation> {
  const installation = await startProviderInstallation(signIn, { redis, appSecret: SECRET, ...settings }, path);
  onTestFinished(installation.stop);
  const { url, web } = installation;
  const owner = createPage(`${url}/api/v1`, new URL(url).origin);
  await owner.request('POST', '/first-run', { token: await web.firstRun(), ...ADMIN });
  return { ...installation, owner };
}

const person = (sub: string, more: Partial<OidcPerson> = {}): OidcPerson => ({
  ...{ sub, email: `${sub}@shop.example`, email_verified: true, name: `Agent ${sub}` },
  ...more,
});

/** Signs in at the provider, and stops before the browser returns. */
async function leaveFor(
  { url, oidc }: Pick<Installation, 'url' | 'oidc'>,
  login: string,
  browser = createRedirectBrowser(),
) {
  const begun = await browser.open(`${url}/sign-in/start?page=/console/tickets/t1`, (to) => to.origin === url);
  const isCallback = (to: URL) => to.pathname === '/sign-in/callback';
  // A browser that is signed in at the provider comes back at once.
  if (isCallback(begun.url)) return { browser, callback: begun.url };
  expect(begun.url.origin).toBe(oidc.client.issuer);
  const { url: callback } = await browser.submit(
    begun.url.href,
    login === '' ? { cancel: 'yes' } : { login },
    isCallback,
  );
  expect(callback.href).toMatch(`${url}/sign-in/callback?`);
  return { browser, callback };
}

/** The page that is shown in the end, or the code of the refusal. */
async function comeBack({ url }: Pick<Installation, 'url'>, browser: RedirectBrowser, callback: URL): Promise<string> {
  const { url: shown } = await browser.open(callback.href, () => true);
  expect(shown.origin).toBe(url);
  expect([...shown.searchParams.keys()].filter((name) => name !== FAILURE_PARAMETER)).toEqual([]);
  return shown.searchParams.get(FAILURE_PARAMETER) ?? shown.pathname;
}

async function signIn(installation: Installation, login: string, browser?: RedirectBrowser) {
  const left = await leaveFor(installation, login, browser);
  return { ...left, shown: await comeBack(installation, left.browser, left.callback) };
}

/** Undefined while the browser is signed out. */
async function sessionOf({ url }: Installation, browser: RedirectBrowser): Promise<SessionView | undefined> {
  const response = await fetch(`${url}/api/v1/session`, { headers: { cookie: browser.cookies(url) } });
  return response.status === 200 ? sessionViewSchema.parse(await response.json()) : undefined;
}

async function agentOf(installation: Installation, browser: RedirectBrowser): Promise<AgentView | undefined> {
  return (await sessionOf(installation, browser))?.agent;
}

const invite = ({ owner }: Installation, email: string, role = 'agent') =>
  owner.request('POST', '/team/invites', { email, roles: { '*': role } });

async function auditOf({ owner }: Installation): Promise<AuditEntry[]> {
  const { body } = await owner.request<{ entries: AuditEntry[] }>('GET', '/audit?limit=200');
  return body.entries;
}

test('an invited agent gets the account at the provider and keeps it when the address changes there', async () => {
  const installation = await install();
  const { oidc, owner } = installation;
  oidc.people.set('ada', person('ada'));
  await invite(installation, 'ada@shop.example', 'viewer');
  const { browser, callback, shown } = await signIn(installation, 'ada');
  expect(shown).toBe('/console/tickets/t1');
  const ada = await agentOf(installation, browser);
  expect(ada).toMatchObject({ name: 'Agent ada', email: 'ada@shop.example', roles: { '*': 'viewer' } });
  expect((await owner.request('GET', '/team')).body).toMatchObject({ invites: [] });
  expect(await comeBack(installation, browser, callback)).toBe('start-again');

  oidc.people.set('ada', person('ada', { email: 'married@shop.example' }));
  oidc.people.set('new ada', person('new-ada', { email: 'ada@shop.example' }));
  expect(await agentOf(installation, (await signIn(installation, 'ada')).browser)).toEqual(ada);
  // The address is now another person's, who doesn't get the account.
  expect((await signIn(installation, 'new ada')).shown).toBe('not-allowed');

  const actions = (await auditOf(installation)).map(({ action, actor: { name } }) => `${action} ${name}`);
  expect(actions.filter((each) => !each.includes('Owner')).sort()).toEqual([
    'account-created Agent ada',
    'sign-in-refused ada@shop.example',
    'sign-in-refused undefined',
    'signed-in Agent ada',
    'signed-in Agent ada',
  ]);
});

test('an account with a password is linked, asked for no second step, and ends its own session alone', async () => {
  const installation = await install({ requireSecondFactor: true });
  const { url, oidc, web } = installation;
  oidc.people.set('owner', person('7', { email: 'OWNER@shop.example' }));
  const { browser, shown } = await signIn(installation, 'owner');
  expect(shown).toBe('/console/tickets/t1');
  const session = await sessionOf(installation, browser);
  expect(session).toMatchObject({ agent: { name: 'Owner', roles: { '*': 'admin' } }, secondFactor: 'off' });
  const page = createPage(`${url}/api/v1`, url);
  const withPassword = await page.request('POST', '/session', { email: ADMIN.email, password: ADMIN.password });
  expect([withPassword.status, withPassword.body['secondFactor']]).toEqual([200, 'missing']);
  const headers = { cookie: browser.cookies(url), origin: url, 'x-csrf-token': session?.csrf ?? '' };
  expect((await fetch(`${url}/api/v1/session`, { method: 'DELETE', headers })).status).toBe(204);
  expect(await sessionOf(installation, browser)).toBeUndefined();
  expect((await page.request('GET', '/session')).status).toBe(200);
  const owner = await web.records.accounts.find(ADMIN.email);
  expect(await web.records.identities.find({ issuer: oidc.client.issuer, subject: '7' })).toBe(owner?.id);
});

test('a return that is forged, replayed, or meant for another browser or server signs no one in', async ({ task }) => {
  const installation = await install();
  const { url, oidc } = installation;
  oidc.people.set('owner', person('7', { email: ADMIN.email }));
  let tried = 0;
  const expectRefused = async (browser: RedirectBrowser, callback: URL, code: string) => {
    expect(await comeBack(installation, browser, callback)).toBe(code);
    expect(browser.cookies(url)).not.toContain('firstword-agent=');
    tried += 1;
  };

  const mine = await leaveFor(installation, 'owner');
  const attempt = /firstword-sign-in=([^;]+)/.exec(mine.browser.cookies(url))?.[1] ?? '';
  // Without the cookie, with that of another sign-in, and with one whose page was changed.
  await expectRefused(createRedirectBrowser(), mine.callback, 'start-again');
  await expectRefused((await leaveFor(installation, 'owner')).browser, mine.callback, 'start-again');
  const forged = createRedirectBrowser();
  const [id, until, , signature] = attempt.split('.');
  const elsewhere = Buffer.from('//evil.example').toString('base64url');
  forged.setCookie(url, 'firstword-sign-in', [id, until, elsewhere, signature].join('.'));
  await expectRefused(forged, mine.callback, 'start-again');
  const other = new URL(mine.callback);
  other.searchParams.set('state', 'x'.repeat(43));
  await expectRefused(mine.browser, other, 'start-again');
  expect(oidc.tokenRequests()).toBe(0);

  // The cookie is gone by now, as after every return; its copy works once.
  mine.browser.setCookie(url, 'firstword-sign-in', attempt);
  expect(await comeBack(installation, mine.browser, mine.callback)).toBe('/console/tickets/t1');
  const replay = createRedirectBrowser();
  replay.setCookie(url, 'firstword-sign-in', attempt);
  await expectRefused(replay, mine.callback, 'start-again');
  const guessed = await leaveFor(installation, 'owner');
  guessed.callback.searchParams.set('code', 'made-up');
  await expectRefused(guessed.browser, guessed.callback, 'start-again');
  const mixedUp = await leaveFor(installation, 'owner');
  mixedUp.callback.searchParams.set('iss', 'https://evil.example');
  await expectRefused(mixedUp.browser, mixedUp.callback, 'invalid-response');

  const lies: Record<string, unknown>[] = [
    { nonce: 'of another sign-in' },
    { nonce: undefined },
    { iss: 'https://evil.example' },
    { aud: 'another-client' },
    { aud: ['firstword', 'another-client'] },
    { exp: 1 },
    { sub: undefined },
  ];
  for (const lie of lies) {
    oidc.alter = (claims) => ({ ...claims, ...lie });
    const left = await leaveFor(installation, 'owner');
    await expectRefused(left.browser, left.callback, 'invalid-response');
  }
  oidc.alter = (claims) => claims;
  oidc.signWith = 'foreign';
  const left = await leaveFor(installation, 'owner');
  await expectRefused(left.browser, left.callback, 'invalid-response');
  addSecurityRow(task, {
    id: 'S39 returns',
    tried: `${tried} returns from the identity provider: forged, replayed, of another browser, issuer, audience, nonce or key`,
    result: '0 signed in; those of another browser never reached the provider',
  });
});

test('an address that is not verified, unknown or of another domain gets no account', async ({ task }) => {
  const installation = await install({ oidc: { allowedDomains: ['shop.example'], createAccounts: true } });
  const { oidc, owner } = installation;
  const tries: [OidcPerson, string][] = [
    [person('a', { email: ADMIN.email, email_verified: false }), 'unverified-email'],
    [{ sub: 'b', email: ADMIN.email }, 'unverified-email'],
    [{ sub: 'c' }, 'not-allowed'],
    [person('d', { email: 'owner@shop.example.evil.example' }), 'not-allowed'],
    [person('e', { email: '"owner@shop.example"@evil.example' }), 'not-allowed'],
    [person('f', { email: 'owner@evil.example\n@shop.example' }), 'not-allowed'],
    [person('g', { email: 'owner@shop.examplе' }), 'not-allowed'], // a Cyrillic е
  ];
  for (const [each, code] of tries) {
    oidc.people.set(each.sub, each);
    expect([each.email, (await signIn(installation, each.sub)).shown]).toEqual([each.email, code]);
  }
  expect((await owner.request('GET', '/team')).body).toMatchObject({ members: [{ email: ADMIN.email }] });
  oidc.people.set('new', person('new', { name: '<img src=x onerror=alert(1)>' }));
  const { browser } = await signIn(installation, 'new');
  expect(await agentOf(installation, browser)).toMatchObject({ email: 'new@shop.example', roles: { '*': 'agent' } });
  addSecurityRow(task, {
    id: 'S39 addresses',
    tried: `${tries.length} people whose address is not verified, missing, or looks like one of the allowed domain`,
    result: '0 accounts made or linked',
  });
});

test('without createAccounts strangers are refused; a deactivated agent is, too; the log has the reasons', async () => {
  const installation = await install();
  const { oidc, owner, web } = installation;
  oidc.people.set('eve', person('eve'));
  oidc.people.set('bob', person('bob'));
  expect((await signIn(installation, 'eve')).shown).toBe('no-account');
  expect((await signIn(installation, '')).shown).toBe('cancelled');
  await invite(installation, 'bob@shop.example');
  await signIn(installation, 'bob');
  const bob = await web.records.accounts.find('bob@shop.example');
  expect((await owner.request('POST', `/team/${bob?.id}/deactivate`, {})).status).toBe(200);
  expect((await signIn(installation, 'bob')).shown).toBe('not-allowed');
  // Without a password there is nothing to guess.
  const guess = createPage(`${installation.url}/api/v1`, installation.url);
  expect((await guess.request('POST', '/session', { email: 'bob@shop.example', password: 'none' })).status).toBe(403);
  const reasons = (await auditOf(installation)).flatMap(({ action, after }) =>
    action === 'sign-in-refused' && after?.['reason'] !== undefined ? [after['reason']] : [],
  );
  expect(reasons).toEqual([
    'the account is deactivated',
    'declined at the provider',
    'no account or invitation has this e-mail address',
  ]);
});

test('roles follow the claim at each sign-in, and the last administrator stays one', async () => {
  const roles = { leads: 'admin', support: 'agent' } as const;
  const installation = await install({ oidc: { createAccounts: true, roles } });
  const { oidc } = installation;
  const roleOf = async (groups: readonly string[], sub = 'ada') => {
    oidc.people.set(sub, person(sub, { groups, ...(sub === 'owner' ? { email: ADMIN.email } : {}) }));
    const { browser, shown } = await signIn(installation, sub);
    return shown.startsWith('/console') ? (await agentOf(installation, browser))?.roles['*'] : shown;
  };
  expect(await roleOf(['support'], 'owner')).toBe('admin');
  expect([await roleOf(['staff']), await roleOf([])]).toEqual(['not-allowed', 'not-allowed']);
  expect([await roleOf(['support', 'leads']), await roleOf(['support'])]).toEqual(['admin', 'agent']);
  expect(await roleOf(['staff'])).toBe('not-allowed');
  const changes = (await auditOf(installation)).filter(({ action }) => action === 'role-changed');
  expect(changes).toMatchObject([
    { before: { roles: ['all=admin'] }, after: { roles: ['all=agent'] }, target: { name: 'Agent ada' } },
  ]);
});

test('a value of the claim, and a new account, may have a role for each site', async () => {
  const roles = { shop: { demo: 'agent', help: 'viewer' }, all: 'billing' } as const;
  const installation = await install({ oidc: { createAccounts: true, roles } });
  const rolesOf = async (group: string) => {
    installation.oidc.people.set('ada', person('ada', { groups: [group] }));
    return (await agentOf(installation, (await signIn(installation, 'ada')).browser))?.roles;
  };
  expect(await rolesOf('shop')).toEqual(roles.shop);
  // One role counts wherever the account has one.
  expect(await rolesOf('all')).toEqual({ demo: 'billing', help: 'billing' });
  const strangers = { createAccounts: true, allowedDomains: ['shop.example'] };
  const other = await install({ oidc: { ...strangers, newAccountRole: { demo: 'viewer' } } });
  other.oidc.people.set('eve', person('eve'));
  expect((await agentOf(other, (await signIn(other, 'eve')).browser))?.roles).toEqual({ demo: 'viewer' });
});

test('returns leave this server for the provider only, whatever page is asked for', async ({ task }) => {
  const installation = await install();
  const { url, oidc } = installation;
  oidc.people.set('owner', person('7', { email: ADMIN.email }));
  const pages = [
    'https://evil.example',
    '//evil.example/console',
    '/console/../../evil',
    '/console//evil.example',
    '/\\evil.example',
    '/console/%2e%2e/evil',
    '/console?x=https://evil.example',
    '/console\r\nset-cookie: a=b',
    'javascript:alert(1)',
    `/console/${'x'.repeat(5000)}`,
    '',
  ];
  for (const page of pages) {
    const browser = createRedirectBrowser();
    const { url: form } = await browser.open(`${url}/sign-in/start?page=${encodeURIComponent(page)}`);
    const { url: callback } = await browser.submit(form.href, { login: 'owner' }, (to) => to.origin === url);
    expect([page, await comeBack(installation, browser, callback)]).toEqual([page, '/console']);
  }
  addSecurityRow(task, {
    id: 'S39 redirects',
    tried: `${pages.length} addresses of other sites as the page to return to`,
    result: '0 redirects to them: each ends at /console',
  });
});

test('below a path, the provider leads back to it, and so does a refusal', async () => {
  const installation = await install({}, {}, '/support');
  const { url, oidc } = installation;
  oidc.people.set('owner', person('7', { email: ADMIN.email }));
  const browser = createRedirectBrowser();
  const { url: form } = await browser.open(`${url}/sign-in/start?page=/console/team`);
  expect(form.origin).toBe(oidc.client.issuer);
  const isCallback = (to: URL) => to.pathname === '/support/sign-in/callback';
  const { url: callback } = await browser.submit(form.href, { login: 'owner' }, isCallback);
  expect((await browser.open(callback.href, () => true)).url.href).toBe(`${url}/console/team`);
  expect(await agentOf(installation, browser)).toMatchObject({ email: ADMIN.email });
  const { url: refused } = await browser.open(callback.href, () => true);
  expect(refused.href).toBe(`${url}/console?${FAILURE_PARAMETER}=start-again`);
});

test('while passwords are off, links of the operator alone sign in, and invitations lead to the provider', async () => {
  const installation = await install({ passwordSignIn: false, oidc: { label: 'Acme ID' } });
  const { url, oidc, owner, web } = installation;
  const options = await fetch(`${url}/api/v1/sign-in-options`);
  expect(await options.json()).toEqual({ password: false, provider: { label: 'Acme ID' } });
  const page = createPage(`${url}/api/v1`, url);
  const codeOf = async (path: string, body: object) => (await page.request('POST', path, body)).body['code'];
  expect(await codeOf('/session', { email: ADMIN.email, password: ADMIN.password })).toBe('not-allowed');
  const { body: link } = await invite(installation, 'ada@shop.example');
  const account = { email: 'ada@shop.example', name: 'Ada', password: ADMIN.password };
  expect(await codeOf('/first-run', { token: link['token'], ...account })).toBe('not-allowed');
  oidc.people.set('ada', person('ada'));
  const { browser } = await signIn(installation, 'ada');
  const ada = await agentOf(installation, browser);
  expect(ada).toMatchObject({ email: 'ada@shop.example' });
  expect((await owner.request('POST', `/team/${ada?.id}/reset`, {})).body['code']).toBe('not-allowed');

  // Rescues an owner whose provider is away: what `npm run agent -- reset` does.
  const admin = createAccountAdmin({
    ...{ accounts: web.records.accounts, identities: web.records.identities },
    ...{ apiTokens: { forgetThoseOf: () => {} }, tokenHash: createTokenHash(SECRET), passwords: createPasswords() },
  });
  const rescue = { ...ADMIN, ...(await admin.reset(ADMIN.email)) };
  expect((await page.request('POST', '/first-run', rescue)).status).toBe(201);
  expect((await page.request('GET', '/team')).body['passwords']).toBe(false);
});

test('an address that fails often has to wait, and others do not', async () => {
  const installation = await install({}, { trustProxy: true });
  const { url, oidc } = installation;
  const codes: (string | null)[] = [];
  const returnFrom = async (address: string) => {
    const response = await fetch(`${url}/sign-in/callback?code=a&state=b`, {
      redirect: 'manual',
      headers: { 'x-forwarded-for': address },
    });
    return new URL(response.headers.get('location') ?? '').searchParams.get(FAILURE_PARAMETER);
  };
  for (let each = 0; each < 22; each++) codes.push(await returnFrom('192.0.2.1'));
  expect(codes).toEqual([...Array(20).fill('start-again'), 'rate-limited', 'rate-limited']);
  expect(await returnFrom('192.0.2.2')).toBe('start-again');
  oidc.people.set('owner', person('7', { email: ADMIN.email }));
  expect((await signIn(installation, 'owner')).shown).toBe('/console/tickets/t1');
  expect((await auditOf(installation)).filter(({ action }) => action === 'sign-in-locked')).toHaveLength(1);
});

test('a provider that is away, or refuses this server, is not taken for a refusal of the agent', async () => {
  const { oidc, url, owner, restart } = await install();
  oidc.people.set('owner', person('7', { email: ADMIN.email }));
  oidc.away = true;
  await restart({});
  const shownAtStart = async () =>
    (await createRedirectBrowser().open(`${url}/sign-in/start`, () => true)).url.href.split('?')[0];
  expect(await shownAtStart()).toBe(`${url}/console`);
  expect((await owner.request('GET', '/session')).status).toBe(200);
  oidc.away = false;
  // The server asks again by itself.
  await expect.poll(shownAtStart).toBe(`${oidc.client.issuer}/auth`);

  const lines: string[] = [];
  const log = createLog('warn', { write: (line) => void lines.push(line) });
  await restart({ log, oidc: { ...oidc.client, clientSecret: 'an old secret' } });
  const { browser, callback } = await leaveFor({ url, oidc }, 'owner');
  expect(await comeBack({ url }, browser, callback)).toBe('provider-unavailable');
  expect(lines.join('')).toMatch(/"msg":"sign-in at the identity provider failed"/);
  expect(lines.join('')).toContain('Check OIDC_CLIENT_ID and OIDC_CLIENT_SECRET');
  expect(lines.join('')).not.toContain('an old secret');
});
