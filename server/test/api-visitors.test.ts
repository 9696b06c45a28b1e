import { visitorSessionsSchema } from '@firstword/shared/visitor-sessions';
import type { Page } from '@firstword/testing/console-page';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { beforeAll, expect, test } from 'vitest';

let page: Page;
consoleServerForAllTests();
beforeAll(async () => {
  page = await server.signIn();
});

test('a visitor’s sessions are listed without what opens them, and ended in all browsers', async () => {
  const { visitorSessions } = server;
  const opened = [await visitorSessions.openFor('acme', { subject: 'anna' })];
  opened.push(await visitorSessions.openFor('acme', { subject: 'anna' }));
  const other = await visitorSessions.open('acme');
  const path = `/visitors/${opened[0]?.session.visitorId}/sessions?site=acme`;
  const listed = await page.request('GET', path);
  const { sessions } = visitorSessionsSchema.parse(listed.body);
  expect(sessions.map(({ identified }) => identified)).toEqual([true, true]);
  for (const { token, session } of opened)
    for (const secret of [token, session.id]) expect(JSON.stringify(listed.body)).not.toContain(secret);

  expect((await page.request('DELETE', path)).status).toBe(204);
  for (const { token } of opened) expect(await visitorSessions.resume(token, 'acme')).toBeUndefined();
  expect(await visitorSessions.resume(other.token, 'acme')).toBeDefined();
  expect((await page.request('GET', path)).body).toEqual({ sessions: [] });
});

test('sessions of a site that this server does not have, and of no site, are refused', async () => {
  const anyone = server.openPage();
  expect((await page.request('GET', '/visitors/someone/sessions?site=unknown')).status).toBe(404);
  expect((await page.request('DELETE', '/visitors/someone/sessions')).status).toBe(400);
  expect((await anyone.request('GET', '/visitors/someone/sessions?site=acme')).status).toBe(401);
});
