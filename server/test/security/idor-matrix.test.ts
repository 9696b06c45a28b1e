/** Every route and every socket event, tried by everyone who may not: generated from what the server describes of itself. */
import { randomUUID } from 'node:crypto';
import { isForTokens, maySomewhere, rolesOn } from '@firstword/shared/permissions';
import type { WidgetClientEvents } from '@firstword/shared/wire';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { addSecurityRow } from '@firstword/testing/security-row';
import { SITE_ORIGIN, startTestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { ROUTE_PERMISSIONS, type RoutePermission } from '../../src/http/route-permissions.ts';

const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
/** `agents`: also programs. `programs`: administrators, and API tokens that write. */
type Access = 'anyone' | 'page' | 'agents' | 'programs' | 'admins';

function accessOf(permission: RoutePermission): Access {
  if (permission === 'anyone') return 'anyone';
  if (permission === 'session') return 'page';
  if (maySomewhere({ roles: rolesOn('agent') }, permission)) return 'agents';
  return isForTokens(permission) ? 'programs' : 'admins';
}

/** Another visitor's attempt at each event, with the first one's ids. The type refuses a new event without one. */
type Ids = { turnId: string; messageId: string };
const EVENTS: Readonly<Record<keyof WidgetClientEvents, (ids: Ids) => object>> = {
  'message-send': ({ messageId }) => ({ id: messageId, text: 'Mine' }),
  'turn-stop': ({ turnId }) => ({ turnId }),
  'turn-retry': ({ turnId }) => ({ turnId }),
  replay: ({ turnId }) => ({ afterSeq: 0, turnId, afterDelta: 0 }),
  'conversations-read': () => ({}),
  'article-search': () => ({ text: 'CANARY' }),
  'article-read': () => ({ id: 'returns' }),
  'history-read': () => ({ beforeSeq: 1000, limit: 50 }),
  'person-request': () => ({}),
  'hand-off-cancel': () => ({}),
  'contact-confirm': () => ({ code: '000000' }),
  'contact-set': () => ({ email: 'someone@else.example' }),
  'transcript-mail': () => ({}),
  'pre-chat-set': () => ({ name: 'Someone else' }),
  'rating-set': ({ messageId }) => ({ messageId, value: 'down' }),
  'conversation-rate': () => ({ score: 1 }),
  'first-token-seen': ({ turnId }) => ({ turnId, ms: 1 }),
  typing: () => ({ on: true }),
  draft: () => ({ text: 'Mine' }),
  read: () => ({ seq: 1 }),
};

let routes: string[];
consoleServerForAllTests();
beforeAll(async () => {
  const { paths } = documentSchema.parse((await server.openPage().request('GET', '/openapi.json')).body);
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
});

test('every route that the server describes has a permission', () => {
  expect(routes.toSorted()).toEqual(Object.keys(ROUTE_PERMISSIONS).toSorted());
});

test('a caller without the right is refused at every route, whatever its id', async ({ task }) => {
  const agent = await server.signIn();
  const tokens = Object.fromEntries(
    await Promise.all(
      (['read', 'write', 'models'] as const).map(
        async (scope) => [scope, (await server.apiTokens.add(scope, scope)).token] as const,
      ),
    ),
  );
  const ticket = await server.openTicket();
  const ids = [ticket.id, ticket.conversationId, '*'];
  let tried = 0;
  const wrong: string[] = [];
  const attempt = async (
    caller: string,
    route: string,
    id: string,
    send: (method: string, path: string, body?: object) => Promise<{ status: number }>,
    allowed: readonly number[],
  ) => {
    const [method = '', path = ''] = route.split(' ');
    const { status } = await send(
      method,
      path.replace('{id}', encodeURIComponent(id)),
      method === 'GET' ? undefined : {},
    );
    tried += 1;
    if (!allowed.includes(status)) wrong.push(`${caller}: ${route} with ${id}: ${status}`);
  };
  const bearer = (token: string) => (method: string, path: string, body?: object) =>
    server.openPage().request(method, path, body, { authorization: `Bearer ${token}`, origin: undefined });
  const REFUSED = [401, 403, 404];
  for (const route of routes) {
    const access = accessOf(ROUTE_PERMISSIONS[route] ?? 'anyone');
    if (access === 'anyone') continue;
    const callers: [name: string, send: Parameters<typeof attempt>[3]][] = [
      ['a stranger', (method, path, body) => server.openPage().request(method, path, body)],
      ['a wrong token', bearer('fw_wrong')],
      ['a token for models', bearer(tokens['models'] ?? '')],
    ];
    if (access !== 'agents' || !route.startsWith('GET'))
      callers.push(['a token that reads', bearer(tokens['read'] ?? '')]);
    if (access === 'page' || access === 'admins') callers.push(['a token that writes', bearer(tokens['write'] ?? '')]);
    if (access === 'admins' || access === 'programs')
      callers.push(['an agent', (method, path, body) => agent.request(method, path, body)]);
    const tries = (route.includes('{id}') ? ids : ['']).flatMap((id) =>
      callers.map(([name, send]) => attempt(name, route, id, send, REFUSED)),
    );
    await Promise.all(tries);
  }
  expect(wrong).toEqual([]);
  expect((await server.tickets.get(ticket.id))?.version).toBe(ticket.version);
  addSecurityRow(task, {
    id: 'S11',
    tried: `${routes.length} routes × 6 callers × 3 ids, ${tried} requests`,
    result: `${wrong.length} allowed`,
  });
});

async function visitorWithLeftConversation(port: number) {
  const visitor = await connectWidget(port);
  await visitor.send('CANARY 7Q2 is my other order');
  await visitor.received(({ type }) => type === 'turn-end');
  const { session } = visitor.start;
  visitor.close();
  (await connectWidget(port, { site: 'acme', session, startNew: true })).close();
  return visitor;
}

test('no event of another visitor, of the same site or of two others, reads or changes a conversation', async ({
  task,
}) => {
  const chat = await startTestServer();
  onTestFinished(() => chat.stop());
  const owner = await connectWidget(chat.port);
  onTestFinished(() => owner.close());
  const messageId = randomUUID();
  const sent = await owner.send('CANARY 7Q2 is my order', messageId);
  const turnId = sent.ok ? sent.turnId : undefined;
  if (turnId === undefined) throw new Error('the message was refused');
  await owner.received(({ type }) => type === 'turn-end');
  const before = await owner.ask('history-read', { beforeSeq: 1000, limit: 50 });
  // Another conversation that its visitor has left, and can open again.
  const { session, conversationId: left } = (await visitorWithLeftConversation(chat.port)).start;
  let [tried, leaks] = [0, 0];
  const visitors = [
    ['acme', SITE_ORIGIN],
    ['other', 'https://other.example'],
    ['acme', SITE_ORIGIN],
  ] as const;
  await Promise.all(
    visitors.map(async ([site, origin]) => {
      const foreigner = await connectWidget(chat.port, { site }, origin);
      await Promise.all(
        [owner.start.conversationId, left].flatMap((conversation) =>
          [{}, { session: foreigner.start.session }].map(async (own) => {
            const opened = await connectWidget(chat.port, { site, conversation, ...own }, origin);
            tried += 1;
            if (opened.start.conversationId === conversation || opened.start.messages.length > 0) leaks += 1;
            opened.close();
          }),
        ),
      );
      // An event that the site does not know is not answered.
      const answers = await Promise.all(
        Object.entries(EVENTS).map(([event, payloadOf]) =>
          foreigner.ask(event, payloadOf({ turnId, messageId })).catch(String),
        ),
      );
      tried += answers.length;
      const seen = [...answers, foreigner.messages, foreigner.events, foreigner.start];
      leaks += seen.filter((each) => JSON.stringify(each).includes('CANARY')).length;
      foreigner.close();
    }),
  );
  const opened = await connectWidget(chat.port, { site: 'acme', session, conversation: left });
  onTestFinished(() => opened.close());
  expect(JSON.stringify(opened.start.messages)).toContain('CANARY');
  // The session of one site is worth nothing at another.
  await expect(
    connectWidget(chat.port, { site: 'other', session: owner.start.session }, 'https://other.example'),
  ).rejects.toThrow();
  expect(await owner.ask('history-read', { beforeSeq: 1000, limit: 50 })).toEqual(before);
  expect(leaks).toBe(0);
  addSecurityRow(task, {
    id: 'S02',
    tried: `${Object.keys(EVENTS).length} events × 3 other visitors with foreign ids, and 4 connections each to foreign conversations, ${tried} in all; a session of another site`,
    result: `${leaks} leaks, 0 changes`,
  });
});
