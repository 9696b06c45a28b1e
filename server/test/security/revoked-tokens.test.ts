/** A program's access ends in every process, also when a command ends it, which knows none of them. */
import { randomUUID } from 'node:crypto';
import { type AccountAdmin, createAccountAdmin } from '@firstword/server/agents/account-admin';
import { type ApiTokens, createApiTokens } from '@firstword/server/agents/api-tokens';
import { createPasswords } from '@firstword/server/agents/passwords';
import { createTokenHash } from '@firstword/server/lib/tokens';
import { rolesOn, type SiteRoles } from '@firstword/shared/permissions';
import { addSecurityRow } from '@firstword/testing/security-row';
import { beforeAll, expect, test } from 'vitest';
import { other, server, twoWebProcesses } from '../two-web-processes.ts';

const APP_SECRET = 'a secret of these two processes';
twoWebProcesses({ appSecret: APP_SECRET });

/** As `npm run agent` builds them: without a connection to either process. */
let apiTokens: ApiTokens;
let agents: AccountAdmin;
beforeAll(() => {
  const { accounts, identities, apiTokens: store } = server.records;
  const tokenHash = createTokenHash(APP_SECRET);
  apiTokens = createApiTokens(store, tokenHash);
  const passwords = createPasswords({ N: 16, r: 1, p: 1 });
  agents = createAccountAdmin({ accounts, identities, apiTokens, tokenHash, passwords });
});

const statuses = (path: string, token: string, request: { method?: string; body?: string } = {}) =>
  Promise.all(
    [server, other].map(async ({ port }) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...request,
      });
      await answer.text();
      return answer.status;
    }),
  );
const everywhere = (status: number, ...[path, token, request]: Parameters<typeof statuses>) =>
  expect.poll(() => statuses(path, token, request), { interval: 50, timeout: 2000 }).toEqual([status, status]);
const refusedEverywhere = (path: string, token: string) => everywhere(401, path, token);

test('a token that is in use in two processes is refused by both within 2 s of its removal', async ({ task }) => {
  const uses = [
    { scope: 'read', path: '/api/v1/tickets' },
    { scope: 'write', path: '/api/v1/tickets' },
    { scope: 'models', path: '/v1/models' },
  ] as const;
  for (const { scope, path } of uses) {
    const { token, program } = await apiTokens.add('Importer', scope);
    const kept = await apiTokens.add('Report', scope);
    expect(await statuses(path, token), scope).toEqual([200, 200]);
    expect(await statuses(path, kept.token), scope).toEqual([200, 200]);
    await apiTokens.remove(program.id);
    await refusedEverywhere(path, token);
    expect(await statuses(path, kept.token), scope).toEqual([200, 200]);
  }
  addSecurityRow(task, {
    id: 'revoked tokens',
    tried: 'tokens of three scopes, in use in two processes, removed by a command',
    result: 'refused by both within 2 s',
  });
});

test('a token never allows more than its agent may do now, in two processes within 2 s', async ({ task }) => {
  for (const [email, roles] of [
    ['boss-roles@shop.example', rolesOn('admin')],
    ['max@shop.example', rolesOn('admin')],
  ] as const)
    await agents.add({ email, name: 'Max', password: randomUUID(), roles });
  const { id = '' } = (await agents.list()).find((each) => each.email === 'max@shop.example') ?? {};
  const [write, models, ofCommand] = await Promise.all([
    apiTokens.add('Importer', 'write', { accountId: id, sites: ['acme'] }),
    apiTokens.add('Bot', 'models', { accountId: id }),
    apiTokens.add('Nightly', 'write'),
  ]);
  const [read, exported, costs] = ['/api/v1/tickets', '/api/v1/visitors/export', '/api/v1/budgets'];
  const granted = async (wanted: Readonly<Record<string, number>>) => {
    for (const [path, status] of Object.entries(wanted)) {
      const request = path === exported ? { method: 'POST', body: '{"email":"stranger@example.com"}' } : {};
      await everywhere(status, path, path.startsWith('/v1') ? models.token : write.token, request);
    }
    expect(await statuses(read, ofCommand.token)).toEqual([200, 200]);
  };
  const setRoles = (roles: SiteRoles) => agents.setAccess(id, { roles });
  await granted({ [read]: 200, [exported]: 200, [costs]: 200, '/v1/models': 200 });
  await setRoles({ acme: 'agent' });
  await granted({ [read]: 200, [exported]: 403, [costs]: 200, '/v1/models': 403 });
  await setRoles({ acme: 'billing' });
  await granted({ [read]: 403, [exported]: 403, [costs]: 200, '/v1/models': 403 });
  await setRoles({ elsewhere: 'admin' });
  await granted({ [read]: 403, [exported]: 403, [costs]: 403, '/v1/models': 200 });
  await setRoles(rolesOn('admin'));
  await granted({ [read]: 200, [exported]: 200, [costs]: 200, '/v1/models': 200 });
  addSecurityRow(task, {
    id: 'tokens of agents',
    tried: 'five roles of the agent behind two tokens, changed by a command, on four routes in two processes',
    result: 'each token allows what the agent may do, within 2 s',
  });
});

test.each(['deactivated', 'removed'])('the tokens of an agent who is %s end with them', async (how) => {
  const email = `${how}@shop.example`;
  const boss = { email: `boss-${how}@shop.example`, name: 'Boss', password: randomUUID(), roles: rolesOn('admin') };
  await agents.add(boss);
  await agents.add({ email, name: 'Max', password: randomUUID(), roles: rolesOn('admin') });
  const { id = '' } = (await agents.list()).find((each) => each.email === email) ?? {};
  const { token } = await apiTokens.add('Importer', 'write', { accountId: id });
  expect(await statuses('/api/v1/tickets', token)).toEqual([200, 200]);
  if (how === 'removed') await agents.remove(email);
  else await agents.setActive(id, false);
  await refusedEverywhere('/api/v1/tickets', token);
});
