import type { AlertList } from '@firstword/shared/alert';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { expect, test } from 'vitest';

consoleServerForAllTests();

test('each role lists the alerts of what it may read, the newest first, and can leave out what is over', async () => {
  const { alerts } = server.records;
  for (const [at, siteId] of ['acme', 'other'].entries()) {
    await alerts.open({ kind: 'response-time', siteId, value: 0.6, objective: 0.95, withinMs: 400 }, at);
    await alerts.open({ kind: 'budget-near', siteId, value: 0.82, objective: 0.8 }, 10 + at);
  }
  await alerts.open({ kind: 'models-down', tier: 'fast', value: 0, objective: 1, reason: 'no-credit' }, 20);
  await alerts.open({ kind: 'budget-reached', siteId: 'removed', value: 1, objective: 1 }, 21);
  const [first] = await alerts.listOpen();
  await alerts.close(first?.alert.id ?? '', 30);

  const listAs = async (role: Parameters<typeof server.signIn>[1], query = '') => {
    const page = await server.signIn(`${JSON.stringify(role).replaceAll(/\W/g, '')}@shop.example`, role);
    const { body } = await page.request<AlertList>('GET', `/alerts${query}`);
    return body.alerts.map(({ kind, siteId, state }) => [kind, siteId, state].filter(Boolean).join(' '));
  };
  const all = ['models-down open', 'budget-near other open', 'budget-near acme open', 'response-time other open'];
  expect(await listAs('viewer')).toEqual([...all, 'response-time acme closed']);
  expect(await listAs('agent', '?state=open')).toEqual(all);
  expect(await listAs('admin', '?state=closed')).toEqual(['response-time acme closed']);
  expect(await listAs('admin', '?limit=1')).toEqual(all.slice(0, 1));
  expect(await listAs('billing')).toEqual(['budget-near other open', 'budget-near acme open']);
  expect(await listAs({ other: 'agent', acme: 'billing' })).toEqual(all);
});
