/** A program's access ends in every process, also when a command ends it, which knows none of them. */
import { randomUUID } from 'node:crypto';
import { type AccountAdmin, createAccountAdmin } from '@firstword/server/agents/account-admin';
import { type ApiTokens, createApiTokens } from '@firstword/server/agents/api-tokens';
import { createPasswords } from '@firstword/server/agents/passwords';
import { createTokenHash } from '@firstword/server/lib/tokens';
import { rolesOn } from '@firstword/shared/permissions';
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

const statuses = (path: string, token: string) =>
  Promise.all(
    [server, other].map(async ({ port }) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${token}` } });
      await answer.text();
      return answer.status;
    }),
  );
const refusedEverywhere = (path: string, token: string) =>
  expect.poll(() => statuses(path, token), { interval: 50, timeout: 2000 }).toEqual([401, 401]);

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
