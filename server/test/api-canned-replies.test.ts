import type { CannedReply, CannedReplyList } from '@firstword/shared/canned-reply';
import { EMAIL } from '@firstword/testing/console-agents';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { expect, test } from 'vitest';

consoleServerForAllTests();

test('administrators keep canned replies, agents read those of their sites, and changes are in the audit log', async () => {
  const admin = await server.signIn(EMAIL, 'admin');
  const added = await admin.request<CannedReply>('POST', '/canned-replies', {
    ...{ shortcut: ' Refund-Sent ', text: 'Hi {{visitor.name|there}}, your refund is on its way.' },
  });
  expect(added).toMatchObject({ status: 201, body: { shortcut: 'refund-sent', changedBy: 'agent' } });
  const path = `/canned-replies/${added.body.id}`;
  const taken = await admin.request('POST', '/canned-replies', { shortcut: 'refund-sent', text: 'Again' });
  expect(taken).toMatchObject({ status: 409, body: { message: expect.stringContaining('"refund-sent"') } });
  const wrong = await admin.request('POST', path, { shortcut: 'hi', text: 'Hi {{visitor.nam|there}}' });
  expect(wrong).toMatchObject({ status: 400, body: { message: expect.stringContaining('is not a variable') } });

  const macro = { tags: ['Refund'], end: { kind: 'resolve', code: 'answered' } };
  expect((await admin.request('POST', '/canned-replies', { shortcut: 'no-text', text: '', macro })).body).toMatchObject(
    {
      macro: { tags: ['refund'] },
    },
  );
  const empty = await admin.request('POST', '/canned-replies', { shortcut: 'empty', text: ' ', macro: {} });
  expect(empty).toMatchObject({ status: 400, body: { message: expect.stringContaining('Write a text') } });

  const agent = await server.signIn('second@shop.example', 'agent');
  const listed = await agent.request<CannedReplyList>('GET', '/canned-replies');
  expect(listed.body.replies).toContainEqual(added.body);
  expect((await agent.request('POST', path, { shortcut: 'x', text: 'x' })).status).toBe(403);

  expect((await admin.request('DELETE', path)).status).toBe(204);
  expect((await admin.request('DELETE', path)).status).toBe(404);
  const audit = await admin.request<{ entries: object[] }>('GET', `/audit?target=${added.body.id}`);
  expect(audit.body.entries).toMatchObject([
    { target: { kind: 'canned-reply', name: 'refund-sent' }, after: { removed: true } },
    { action: 'setting-changed', after: { shortcut: 'refund-sent' } },
  ]);
});

test('an administrator of some sites changes the replies of these alone', async () => {
  const admin = await server.signIn('owner@shop.example', 'admin');
  const add = async (siteId?: string) => {
    const body = { shortcut: `hello-${siteId ?? 'all'}`, text: 'Hello', ...(siteId === undefined ? {} : { siteId }) };
    return (await admin.request<CannedReply>('POST', '/canned-replies', body)).body;
  };
  const [all, other, own] = [await add(), await add('other'), await add('acme')];
  const some = await server.signIn('some@shop.example', 'admin', ['acme']);
  const change = (id: string, siteId?: string) =>
    some.request('POST', `/canned-replies/${id}`, {
      ...{ shortcut: 'changed', text: 'Changed' },
      ...(siteId === undefined ? {} : { siteId }),
    });
  expect((await change(all.id)).status).toBe(409);
  expect((await change(other.id, 'acme')).status).toBe(404);
  expect((await change(own.id, 'other')).status).toBe(404);
  expect((await change(own.id)).status).toBe(409);
  expect((await change(own.id, 'acme')).status).toBe(200);
  const listed = await some.request<CannedReplyList>('GET', '/canned-replies');
  const listedIds = listed.body.replies.map(({ id }) => id);
  expect([own.id, all.id, other.id].map((id) => listedIds.includes(id))).toEqual([true, true, false]);
});
