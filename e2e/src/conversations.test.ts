import { join } from 'node:path';
import { seedArchive } from '@firstword/testing/archive-seed';
import { violations } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { freePort } from '@firstword/testing/free-port';
import { type Product, startProduct } from '@firstword/testing/npm-start';
import { startTcpProxy, type TcpProxy } from '@firstword/testing/tcp-proxy';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPage, openWidget } from './harness/browser.ts';
import { becomeAgent, oneTimeLink } from './harness/console.ts';

/** Beside those that visitors hold in the test. */
const ARCHIVED = 5000;
/** The browser draws all of them, on a machine that also runs the product. */
const SCROLL_MS = 180_000;
/** In the folder of `DATABASE_URL`, which has no port. */
const SOCKET_NAME = '.s.PGSQL.5432';
const DAY_MS = 24 * 60 * 60 * 1000;

let browser: Browser;
let database: TestDatabase;
let socket: string;
let proxy: TcpProxy;
let product: Product;
let visitor: Page;
let agent: Page;
beforeAll(async () => {
  database = await createTestDatabase();
  // A URL without a host, which `URL` refuses.
  const [, user, name, folder] = /^postgres:\/\/(.*)@\/(.*)\?host=(.*)$/.exec(database.url) ?? [];
  if (folder === undefined) throw new Error(`no folder of a socket in ${database.url}`);
  socket = join(decodeURIComponent(folder), SOCKET_NAME);
  proxy = await startTcpProxy({ path: socket });
  const before = Date.now() - DAY_MS;
  await seedArchive(
    database.url,
    Array.from({ length: ARCHIVED }, (_, index) => ({
      id: `archived-${index}`,
      siteId: 'demo',
      question: index === 4321 ? 'Do you repair antique barometers?' : `Which lamp fits room ${index}?`,
      answer: `The small one fits room ${index}.`,
      at: before - index * 60_000,
    })),
  );
  [browser, product] = await Promise.all([
    sharedBrowser(),
    startProduct({ DEMO_PACE: 'instant', DATABASE_URL: `postgres://${user}@127.0.0.1:${proxy.port}/${name}` }),
  ]);
  ({ page: visitor } = await openPage(browser, product.url));
  await openWidget(visitor);
  await ask(visitor, 'How long do I have to return an item?');
  await visitor.locator('.actions').waitFor();
  ({ page: agent } = await openPage(browser, oneTimeLink(product, product.output())));
  await becomeAgent(agent, 'First agent', 'agent@shop.example');
  await agent.getByRole('link', { name: 'Conversations' }).click();
});
afterAll(async () => {
  await closeContexts(browser);
  await product.stop();
  await proxy.stop();
  await database.drop();
});

const rows = () => agent.locator('[data-conversation]');

test('a conversation that the assistant held alone is listed, searched, opened and left again', async () => {
  await expect
    .poll(async () => {
      await agent.getByRole('button', { name: 'Refresh list' }).click();
      return rows().first().textContent();
    })
    .toContain('How long do I have to return an item?');
  await agent.keyboard.press('f');
  await agent.keyboard.type('antique barometer');
  await expect.poll(() => rows().count()).toBe(1);
  expect(await rows().locator('mark').allTextContents()).toEqual(['antique', 'barometers']);
  await agent.keyboard.press('ArrowDown');
  await agent.keyboard.press('Enter');
  await agent.locator('.talk').getByText('The small one fits room 4321.').waitFor();
  await agent.locator('.talk mark').getByText('antique').waitFor();
  expect(await violations(agent)).toEqual([]);

  await agent.goBack();
  await agent.getByText('No conversation selected').waitFor();
  expect(await rows().count()).toBe(1);
  await agent.goBack();
  await rows().first().getByText('How long do I have to return an item?').waitFor();
  await rows().first().click();
  await agent.locator('.talk').getByText('TTFT').first().waitFor();
});

test(
  'a list of thousands is scrolled to its end, and its last conversation opens',
  async () => {
    await agent
      .getByRole('region', { name: 'Conversations' })
      .locator('.list__rows')
      .evaluate(
        (list) =>
          new Promise<void>((resolve) => {
            const toEnd = () => {
              list.scrollTo({ top: list.scrollHeight });
              if (list.querySelector('.load-more')?.textContent?.endsWith('conversations') === true) resolve();
              else requestAnimationFrame(toEnd);
            };
            toEnd();
          }),
      );
    // Only the rows near the visible part are in the document.
    const last = agent.locator('li').filter({ has: rows() }).last();
    expect(await last.getAttribute('aria-posinset')).toBe(`${ARCHIVED + 1}`);
    expect(await last.getAttribute('aria-setsize')).toBe(`${ARCHIVED + 1}`);
    await rows().last().click();
    await agent.locator('.talk').getByText('The small one fits room 4999.').waitFor();
  },
  SCROLL_MS,
);

test('while the database is away, the console says what it can’t show, visitors are answered, and all follows', async () => {
  const closed = await freePort();
  proxy.pointAt({ host: '127.0.0.1', port: closed });
  proxy.cut();
  await agent.getByRole('searchbox').fill('lamp');
  const alert = agent.getByRole('alert').getByText(/the database may not be responding. Visitors can still chat/);
  await alert.waitFor();
  await ask(visitor, 'What does delivery cost?');
  await visitor.locator('.actions').nth(1).waitFor();

  proxy.pointAt({ path: socket });
  await agent.getByRole('button', { name: 'Try again' }).click();
  await rows()
    .first()
    .getByText(/lamp fits room/)
    .waitFor();
  await agent.getByRole('searchbox').fill('delivery cost');
  await expect
    .poll(async () => {
      await agent.getByRole('button', { name: 'Refresh list' }).click();
      return rows().first().textContent();
    })
    .toContain('What does delivery cost?');
});
