import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '../src/records/preference-store.ts';

consoleServerForAllTests();

test('every role reads and changes its own preferences, and a bad value is named', async () => {
  const [agent, billing] = [await server.signIn(), await server.signIn('billing@shop.example', 'billing')];
  const changed = { notifications: { ...DEFAULT_PREFERENCES.notifications, sound: false } };
  expect((await billing.request('POST', '/preferences', changed)).body).toEqual(changed);
  expect((await billing.request('GET', '/preferences')).body).toEqual(changed);
  expect((await agent.request('GET', '/preferences')).body).toEqual(DEFAULT_PREFERENCES);
  for (const sound of ['loud', null, 1]) {
    const { status, body } = await agent.request('POST', '/preferences', { notifications: { sound } });
    expect([status, body['code']]).toEqual([400, 'bad-request']);
    expect(body['message']).toContain('notifications.sound');
  }
  expect((await agent.request('POST', '/preferences', { agentId: 'x', ...changed })).status).toBe(400);
});

test('an agent saves, lists and deletes views of the lists; others do not see them, and a bad query is named', async () => {
  const [agent, other] = [await server.signIn('one@shop.example'), await server.signIn('two@shop.example')];
  const view = { name: 'Legal', list: 'tickets', filter: { view: 'open', reason: 'legal', language: 'de' } };
  const { status, body } = await agent.request<{ id: string }>('POST', '/views', view);
  expect(status).toBe(201);
  expect((await agent.request('GET', '/views')).body).toEqual({ views: [{ ...view, id: body.id }] });
  expect((await other.request('GET', '/views')).body).toEqual({ views: [] });
  expect((await agent.request('GET', '/views/counts')).body).toEqual({ counts: { [body.id]: 0 } });
  expect((await other.request('GET', '/views/counts')).body).toEqual({ counts: {} });
  expect((await other.request('DELETE', `/views/${body.id}`)).status).toBe(404);
  for (const [list, filter, named] of [
    ['tickets', { view: 'secret' }, 'filter.view'],
    ['tickets', { responder: 'agent' }, 'filter'],
    ['conversations', { language: 'German' }, 'filter.language'],
    ['conversations', { cursor: 'abc' }, 'filter'],
  ]) {
    const refused = await agent.request('POST', '/views', { name: 'X', list, filter });
    expect([filter, refused.status]).toEqual([filter, 400]);
    expect(refused.body['message']).toContain(named);
  }
  expect((await agent.request('DELETE', `/views/${body.id}`)).status).toBe(204);
  expect((await agent.request('GET', '/views')).body).toEqual({ views: [] });
});
