import { auditListSchema } from '@firstword/shared/audit';
import type { CreatedToken, OneTimeToken, SessionList, Team, TokenList } from '@firstword/shared/team';
import { EMAIL, PASSWORD } from '@firstword/testing/console-agents';
import { consoleServerForEachTest, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { expect, test } from 'vitest';

consoleServerForEachTest();

const BOSS = 'boss@shop.example';
const signInBoss = (sites?: readonly string[]) => server.signIn(BOSS, 'admin', sites);
const idOf = async (email: string) => (await server.agents.members()).find((each) => each.email === email)?.id ?? '';
const auditOf = async (page: Awaited<ReturnType<typeof signInBoss>>) =>
  auditListSchema.parse((await page.request('GET', '/audit')).body).entries;

test('an invited agent gets the roles of the invitation, which is then no longer open', async () => {
  const boss = await signInBoss();
  const invited = { email: EMAIL, roles: { acme: 'viewer', other: 'agent' } };
  const link = await boss.request<OneTimeToken>('POST', '/team/invites', invited);
  expect(link.status).toBe(201);
  expect((await boss.request<Team>('GET', '/team')).body.invites).toMatchObject([invited]);
  const page = server.openPage();
  const made = await page.request('POST', '/first-run', {
    token: link.body.token,
    ...{ email: EMAIL, name: 'Ada', password: PASSWORD },
  });
  expect(made.body).toMatchObject({ agent: { roles: { acme: 'viewer', other: 'agent' } } });
  const { members, invites } = (await boss.request<Team>('GET', '/team')).body;
  expect([members.map(({ email }) => email), invites]).toEqual([[EMAIL, BOSS], []]);
});

test('a withdrawn invitation stops working', async () => {
  const boss = await signInBoss();
  const { token } = (
    await boss.request<OneTimeToken>('POST', '/team/invites', { email: EMAIL, roles: { '*': 'agent' } })
  ).body;
  const [invite] = (await boss.request<Team>('GET', '/team')).body.invites;
  expect((await boss.request('DELETE', `/team/invites/${invite?.id}`)).status).toBe(204);
  expect((await boss.request('DELETE', `/team/invites/${invite?.id}`)).status).toBe(404);
  const agent = { token, email: EMAIL, name: 'Ada', password: PASSWORD };
  expect((await server.openPage().request('POST', '/first-run', agent)).status).toBe(403);
});

test('a change of role applies to the open session, and deactivating ends it with the tokens of the agent', async () => {
  const boss = await signInBoss();
  const page = await server.signIn(EMAIL, 'admin');
  const id = await idOf(EMAIL);
  const token = (await page.request<CreatedToken>('POST', '/api-tokens', { name: 'Export', scope: 'read' })).body;
  const asProgram = () =>
    server.openPage().request('GET', '/tickets', undefined, { authorization: `Bearer ${token.token}` });
  expect((await asProgram()).status).toBe(200);
  const ofAcme = { name: 'Acme', scope: 'read', sites: ['acme'] };
  await page.request<CreatedToken>('POST', '/api-tokens', ofAcme);
  const limits = async () =>
    (await boss.request<TokenList>('GET', '/api-tokens')).body.tokens.map(({ name, limited }) => [name, limited]);
  expect(await limits()).toEqual([
    ['Export', undefined],
    ['Acme', undefined],
  ]);

  expect((await boss.request('POST', `/team/${id}`, { roles: { other: 'billing' } })).status).toBe(200);
  expect([(await page.request('GET', '/tickets')).status, (await page.request('GET', '/budgets')).status]).toEqual([
    403, 200,
  ]);
  const refused = await asProgram();
  expect([refused.status, refused.body['message']]).toEqual([
    403,
    'The agent who made this API token may no longer do this. Ask an administrator for a new one.',
  ]);
  expect(await limits()).toEqual([
    ['Export', 'partly'],
    ['Acme', 'fully'],
  ]);

  expect((await boss.request('POST', `/team/${id}/deactivate`, {})).status).toBe(200);
  expect([(await page.request('GET', '/session')).status, (await asProgram()).status]).toEqual([401, 401]);
  const signIn = () => server.openPage().request('POST', '/session', { email: EMAIL, password: PASSWORD });
  expect((await signIn()).status).toBe(403);
  expect((await boss.request('POST', `/team/${id}/reset`, {})).status).toBe(409);
  expect((await boss.request('POST', `/team/${id}/activate`, {})).status).toBe(200);
  expect((await signIn()).status).toBe(200);
  expect((await page.request('GET', '/session')).status).toBe(401);
  const entries = await auditOf(boss);
  const historyOf = (name: string) =>
    entries
      .filter(({ target }) => target?.kind === 'token' && target.name === name)
      .map(({ action, before, after }) => [action, before, after])
      .reverse();
  expect(historyOf('Export')).toEqual([
    ['token-created', undefined, { scope: 'read', sites: 'all' }],
    ['token-changed', { roles: ['all=admin'] }, { roles: ['other=billing'] }],
    ['token-removed', undefined, undefined],
  ]);
  expect(historyOf('Acme')).toEqual([
    ['token-created', undefined, { scope: 'read', sites: ['acme'] }],
    ['token-changed', { roles: ['acme=admin'] }, { roles: [] }],
    ['token-removed', undefined, undefined],
  ]);
  const actions = entries.map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['role-changed', 'token-created', 'sign-in-refused', 'signed-in']));
});

test('the only administrator of all sites stays one, and no administrator changes their own access', async () => {
  const boss = await signInBoss();
  const own = await boss.request('POST', `/team/${await idOf(BOSS)}`, { roles: { '*': 'viewer' } });
  expect([own.status, own.body['code']]).toEqual([409, 'not-allowed']);
  const second = await server.signIn('second@shop.example', 'admin');
  await boss.request('POST', `/team/${await idOf('second@shop.example')}`, { roles: { acme: 'admin' } });
  // An administrator of one site does not even see those of all sites.
  expect((await second.request('POST', `/team/${await idOf(BOSS)}/deactivate`, {})).status).toBe(404);
  expect(await server.agents.setActive(await idOf(BOSS), false)).toBe('last-admin');
});

test('of two administrators who remove each other at the same moment, one stays', async () => {
  const [one, other] = [await signInBoss(), await server.signIn('second@shop.example', 'admin')];
  const [idOne, idOther] = [await idOf(BOSS), await idOf('second@shop.example')];
  const statuses = await Promise.all([
    one.request('POST', `/team/${idOther}/deactivate`, {}),
    other.request('POST', `/team/${idOne}/deactivate`, {}),
  ]);
  expect(statuses.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  expect((await server.agents.list()).length).toBeGreaterThanOrEqual(1);
});

test('an administrator of one site manages that one alone', async () => {
  const boss = await signInBoss(['acme']);
  await server.signIn('own@shop.example', 'agent', ['acme']);
  await server.signIn('foreign@shop.example', 'agent', ['acme', 'other']);
  const { members, sites } = (await boss.request<Team>('GET', '/team')).body;
  expect(members.map(({ email }) => email)).toEqual([BOSS, 'own@shop.example']);
  expect(sites).toEqual([{ id: 'acme', name: 'Acme' }]);
  const invite = (roles: object) => boss.request('POST', '/team/invites', { email: EMAIL, roles });
  expect((await invite({ '*': 'admin' })).status).toBe(403);
  expect((await invite({ acme: 'agent', other: 'admin' })).status).toBe(404);
  expect((await invite({ acme: 'admin' })).status).toBe(201);
  const foreign = `/team/${await idOf('foreign@shop.example')}`;
  expect((await boss.request('POST', foreign, { roles: { acme: 'viewer' } })).status).toBe(404);
  const token = (body: object) => boss.request('POST', '/api-tokens', { name: 'Export', scope: 'read', ...body });
  expect([(await token({})).status, (await token({ sites: ['other'] })).status]).toEqual([403, 404]);
  await server.apiTokens.add('Of all sites', 'read');
  expect((await token({ sites: ['acme'] })).status).toBe(201);
  expect((await boss.request<TokenList>('GET', '/api-tokens')).body.tokens.map(({ name }) => name)).toEqual(['Export']);
});

test.each([
  { roles: { '*': 'owner' } },
  { roles: { '*': 'admin' }, id: 'x' },
  { roles: {} },
  { roles: { '*': 'admin', acme: 'viewer' } },
  { roles: { 'A!': 'agent' } },
  { roles: null },
  { role: 'agent' },
  {},
])('access %j is refused', async (body) => {
  const boss = await signInBoss();
  await server.signIn();
  expect((await boss.request('POST', `/team/${await idOf(EMAIL)}`, body)).status).toBe(400);
});

test('an agent sees where they are signed in, and ends one session or all others', async () => {
  const page = await server.signIn();
  const credentials = { email: EMAIL, password: PASSWORD };
  const others = [server.openPage(), server.openPage()];
  for (const other of others) await other.request('POST', '/session', credentials, { 'user-agent': 'Another browser' });
  const list = async () => (await page.request<SessionList>('GET', '/sessions')).body.sessions;
  const sessions = await list();
  expect(sessions.map(({ current, device }) => [current, device === 'Another browser'])).toEqual(
    expect.arrayContaining([
      [true, false],
      [false, true],
    ]),
  );
  expect(sessions).toHaveLength(3);
  const [first] = sessions.filter(({ current }) => !current);
  expect((await page.request('DELETE', `/sessions/${first?.id}`)).status).toBe(204);
  expect((await page.request('DELETE', `/sessions/${first?.id}`)).status).toBe(404);
  expect(await list()).toHaveLength(2);
  expect((await page.request('POST', '/sessions/end-others', {})).status).toBe(204);
  expect(await list()).toMatchObject([{ current: true }]);
  for (const other of others) expect((await other.request('GET', '/session')).status).toBe(401);
  const stranger = await server.signIn('stranger@shop.example');
  const [own] = await list();
  expect((await stranger.request('DELETE', `/sessions/${own?.id}`)).status).toBe(404);
});
