/** What strangers can do with the sign-in: stop pages, try many accounts, lock an owner out. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMAIL, PASSWORD } from '@firstword/testing/console-agents';
import { createPage } from '@firstword/testing/console-page';
import { type ConsoleServer, startConsoleServer } from '@firstword/testing/console-server';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { addSecurityRow } from '@firstword/testing/security-row';
import { startTestServer } from '@firstword/testing/test-server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

let redis: RedisServer;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  redis = await startRedisServer();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => redis.stop());

async function start(): Promise<ConsoleServer> {
  const server = await startConsoleServer(redis);
  ends.push(server.close);
  return server;
}

/** How long each of these requests takes, one after another, in milliseconds. */
async function timesOf(url: string, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let each = 0; each < count; each++) {
    const began = performance.now();
    const response = await fetch(url);
    await response.arrayBuffer();
    expect(response.status).toBe(200);
    times.push(performance.now() - began);
  }
  return times;
}
const worst = (times: readonly number[]) => Math.round(Math.max(...times));

test('40 sign-ins at once leave the widget, the console and an agent with a known browser alone', async ({ task }) => {
  const folder = await mkdtemp(join(tmpdir(), 'firstword-assets-'));
  ends.push(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'widget.js'), '/* the widget */');
  await writeFile(join(folder, 'index.html'), '<title>The console</title>');
  const server = await startTestServer({ folders: { widget: folder, console: folder } });
  ends.push(server.stop);
  const origin = `http://127.0.0.1:${server.port}`;
  const openPage = () => createPage(`${origin}/api/v1`, origin);
  const owner = openPage();
  const first = { token: await server.firstRun(), email: EMAIL, name: 'Ada', password: PASSWORD };
  expect((await owner.request('POST', '/first-run', first)).status).toBe(201);
  const idle = await timesOf(`${origin}/widget.js`, 10);

  let answered = 0;
  for (let index = 0; index < 40; index++)
    openPage()
      .request('POST', '/session', { email: `stranger${index}@shop.example`, password: 'a guess' })
      .then(
        () => (answered += 1),
        () => {}, // cut off at the end of the test
      );
  const widget = await timesOf(`${origin}/widget.js`, 10);
  const pages = await timesOf(`${origin}/console`, 10);
  const own = await owner.request('POST', '/session', { email: EMAIL, password: PASSWORD });
  // Twenty files were sent, and the owner was let in, while passwords of strangers still waited for their turn.
  const waiting = 40 - answered;
  expect(own.status).toBe(200);
  expect(waiting).toBeGreaterThan(0);
  addSecurityRow(task, {
    id: 'S08 flood',
    tried: '40 parallel sign-ins with made-up addresses',
    result: `/widget.js ${worst(widget)} ms, /console ${worst(pages)} ms at worst (idle ${worst(idle)} ms); a known browser signed in before ${waiting} of them`,
  });
});

test('one address can try few passwords, however many accounts it tries', async ({ task }) => {
  const server = await start();
  const guess = (email: string, address: string) =>
    server.agents.signIn({ email, password: 'a common password', address, device: undefined });
  const sprayed: string[] = [];
  for (let account = 0; account < 60; account++)
    sprayed.push((await guess(`agent${account}@shop.example`, '192.0.2.1')).kind);
  expect(sprayed.filter((kind) => kind === 'refused')).toHaveLength(20);
  // Others at another address are not affected.
  await server.signIn();
  expect(
    (await server.agents.signIn({ email: EMAIL, password: PASSWORD, address: '192.0.2.2', device: undefined })).kind,
  ).toBe('signed-in');
  let everywhere = 20;
  for (let account = 0; account < 400; account++)
    if ((await guess(`agent${account}@shop.example`, `198.51.${account >> 8}.${account & 255}`)).kind === 'refused')
      everywhere += 1;
  expect(everywhere).toBeLessThanOrEqual(300);
  addSecurityRow(task, {
    id: 'S08 spraying',
    tried: '60 accounts from one address, then 400 accounts from 400 addresses',
    result: `20 of 60 checked, then ${everywhere - 20} of 400: ${everywhere} in 15 minutes in all`,
  });
});

test("strangers can't lock an agent out of a browser in which the agent has signed in", async ({ task }) => {
  const server = await start();
  const owner = await server.signIn();
  const guesses = [];
  for (let guess = 0; guess < 30; guess++)
    guesses.push(
      (
        await server.agents.signIn({
          email: EMAIL,
          password: `guess ${guess}`,
          address: `203.0.113.${guess}`,
          device: undefined,
        })
      ).kind,
    );
  expect(guesses.filter((kind) => kind === 'refused').length).toBeLessThanOrEqual(10);
  const again = { email: EMAIL, password: PASSWORD };
  expect((await server.openPage().request('POST', '/session', again)).status).toBe(429);
  expect((await owner.request('POST', '/session', again)).status).toBe(200);
  // A known browser has a limit, too.
  const wrong = { email: EMAIL, password: 'a wrong password' };
  const statuses = [];
  for (let guess = 0; guess < 12; guess++) statuses.push((await owner.request('POST', '/session', wrong)).status);
  expect(statuses.filter((status) => status === 403)).toHaveLength(10);
  addSecurityRow(task, {
    id: 'S08 lockout',
    tried: '30 wrong passwords for one account from 30 addresses',
    result: '10 checked; the owner signs in from a known browser',
  });
});
