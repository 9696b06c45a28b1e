/** Requests that another site makes a browser send, and one-time links that were never issued. */
import { ROUTE_PERMISSIONS } from '@firstword/server/http/route-permissions';
import { EMAIL, PASSWORD } from '@firstword/testing/console-agents';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { addSecurityRow } from '@firstword/testing/security-row';
import { expect, test } from 'vitest';

consoleServerForAllTests();

const newAgent = { email: EMAIL, name: 'First agent', password: PASSWORD };

test('no value in place of a token, and no used one, redeems a one-time link', async ({ task }) => {
  const used = (await server.agents.firstRun())?.token;
  const redeem = (token: unknown) => server.openPage().request('POST', '/first-run', { token, ...newAgent });
  const forged = [null, '', [], {}, 0, true, ['a'.repeat(43)], { $ne: '' }, undefined, 'a'.repeat(43)];
  for (const token of forged) expect([token, [400, 403].includes((await redeem(token)).status)]).toEqual([token, true]);
  const raced = await Promise.all(Array.from({ length: 8 }, () => redeem(used)));
  expect(raced.filter(({ status }) => status === 201)).toHaveLength(1);
  expect((await redeem(used)).status).toBe(403);
  expect(await server.agents.list()).toHaveLength(1);
  addSecurityRow(task, {
    id: 'S09',
    tried: `${forged.length} typed values in place of a link's token, 8 parallel uses of one link, and a used one`,
    result: '1 account',
  });
});

test('no write is accepted from another site, nor without the CSRF token of the session', async ({ task }) => {
  const page = await server.signIn('admin@shop.example', 'admin');
  const other = await server.signIn('other@shop.example', 'admin');
  const csrf = page.csrf();
  const forged = [
    ...['https://evil.example', 'null', `${server.origin}.evil.example`, undefined].map((origin) => ({ origin })),
    ...['', 'a'.repeat(43), other.csrf(), undefined].map((token) => ({ 'x-csrf-token': token })),
  ];
  const writes = Object.entries(ROUTE_PERMISSIONS).flatMap(([name, permission]) =>
    name.startsWith('GET ') || permission === 'anyone' ? [] : [name],
  );
  for (const headers of forged)
    await Promise.all(
      writes.map(async (name) => {
        const [method = '', path = ''] = name.split(' ');
        const { status, body } = await page.request(method, path.replace('{id}', 'x'), {}, headers);
        expect([name, headers, status, body['code']]).toEqual([name, headers, 403, 'forbidden']);
      }),
    );
  expect((await page.request('GET', '/session')).body).toMatchObject({ csrf });
  addSecurityRow(task, {
    id: 'S10',
    tried: `${writes.length * forged.length} writes with a session's cookie: every route × 4 other origins and 4 wrong CSRF tokens`,
    result: '0 accepted',
  });
});
