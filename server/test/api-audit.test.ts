import { randomUUID } from 'node:crypto';
import { auditListSchema } from '@firstword/shared/audit';
import { EMAIL } from '@firstword/testing/console-agents';
import { consoleServerForEachTest, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { addSecurityRow } from '@firstword/testing/security-row';
import { expect, test } from 'vitest';

consoleServerForEachTest();

const textOf = async (path: string, cookie: string) => {
  const response = await fetch(`${server.url}${path}`, { headers: { cookie } });
  return { text: await response.text(), next: response.headers.get('x-next-cursor') };
};
const read = async (query = '') => {
  const admin = await server.signIn(`admin-${randomUUID()}@shop.example`, 'admin');
  const { status, body } = await admin.request('GET', `/audit${query}`);
  expect(status).toBe(200);
  const { entries, ...rest } = auditListSchema.parse(body);
  return { ...rest, entries: entries.filter(({ action }) => action !== 'signed-in') };
};

test('what agents read, send, approve, stop and export is recorded with actor, target, site and address', async ({
  task,
}) => {
  const agent = await server.signIn();
  const ticket = await server.openTicket();
  for (let time = 0; time < 3; time++) await agent.request('GET', `/tickets/${ticket.id}`);
  const change = { expectedVersion: ticket.version, idempotencyKey: randomUUID() };
  const reply = await agent.request('POST', `/tickets/${ticket.id}/reply`, { ...change, text: 'It is on its way.' });
  expect(reply.status).toBe(200);
  await agent.request('POST', `/tickets/${ticket.id}/reply`, { ...change, text: 'It is on its way.' });
  await textOf('/verdicts?format=jsonl', agent.cookie());
  const admin = await server.signIn('boss@shop.example', 'admin');
  await admin.request('POST', '/kill-switch', { site: 'acme', stopped: true, reason: 'A runaway loop' });
  await admin.request('POST', '/kill-switch', { site: 'all', stopped: false });

  const { entries } = await read();
  expect(entries.map(({ action, actor, siteId }) => [action, actor.name, siteId])).toEqual([
    ['model-calls-resumed', 'boss', undefined],
    ['model-calls-stopped', 'boss', 'acme'],
    ['exported', 'agent', undefined],
    ['reply-sent', 'agent', 'acme'],
    ['conversation-read', 'agent', 'acme'],
  ]);
  expect(entries[1]).toMatchObject({
    target: { kind: 'site', id: 'acme' },
    after: { reason: 'A runaway loop' },
    address: expect.stringMatching(/127\.0\.0\.1/),
  });
  expect(entries[4]?.target).toEqual({ kind: 'conversation', id: ticket.conversationId });
  expect((await read('?action=reply-sent&site=acme')).entries).toHaveLength(1);
  expect((await read('?site=other')).entries).toEqual([]);
  addSecurityRow(task, {
    id: 'audit',
    tried: '8 actions of an agent and an administrator, two of them repeated',
    result: `${entries.length} entries, 0 missing, 0 doubled`,
  });
});

test('the log is read page by page, and exported as JSON Lines and as CSV', async () => {
  const actor = { kind: 'unknown', name: '=cmd()' } as const;
  for (let at = 1; at <= 5; at++) await server.auditLog.add({ at, actor, action: 'sign-in-refused' });
  const first = await read('?limit=2&action=sign-in-refused');
  expect(first.entries.map(({ at }) => at)).toEqual([5, 4]);
  expect((await read(`?limit=2&cursor=${first.next}`)).entries.map(({ at }) => at)).toEqual([3, 2]);

  const admin = await server.signIn(EMAIL, 'admin');
  const jsonl = await textOf('/audit?format=jsonl&action=sign-in-refused&limit=1000', admin.cookie());
  expect(jsonl.text.trim().split('\n')).toHaveLength(5);
  const csv = await textOf('/audit?format=csv&action=sign-in-refused&limit=3', admin.cookie());
  const [heading, line] = csv.text.split('\r\n');
  expect(heading).toBe('time,action,actor,actorId,address,site,target,targetId,before,after,id');
  expect(line).toMatch(/^1970-01-01T00:00:00\.005Z,sign-in-refused,unknown =cmd\(\),,,/);
  expect(csv.next).toBeTruthy();
  expect((await read('?action=exported')).entries.map(({ target }) => target?.id)).toEqual(['csv', 'jsonl']);
});

test('only an administrator may read it, and a filter that does not exist is named', async () => {
  const agent = await server.signIn();
  expect((await agent.request('GET', '/audit')).status).toBe(403);
  const admin = await server.signIn('boss@shop.example', 'admin');
  for (const query of ['?action=flew', '?limit=201', '?from=yesterday', '?site=nowhere', '?cursor=x'])
    expect((await admin.request('GET', `/audit${query}`)).status).toBeGreaterThanOrEqual(400);
});
