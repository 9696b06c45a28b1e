import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { listenLocally } from '@firstword/testing/listen-locally';
import { startProduct } from '@firstword/testing/npm-start';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage } from './harness/browser.ts';

/** Teardown steps, run in reverse order. */
const ends: (() => unknown)[] = [];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstword-e2e-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

test('a visitor agrees before the first message, downloads what is stored, and deletes it', async () => {
  let widget = '';
  const shop = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1>
<script async src="${widget}/widget.js" data-site="acme"></script>`);
  });
  const shopUrl = `http://127.0.0.1:${await listenLocally(shop)}`;
  ends.push(() => shop.close());
  const config = join(folder, 'config.json');
  const consent = {
    version: '2026-05',
    text: 'We store what you write for 90 days.',
    link: { label: 'Privacy policy', url: `${shopUrl}/privacy` },
  };
  await writeFile(
    config,
    JSON.stringify({ sites: [{ id: 'acme', name: 'Acme', allowedOrigins: [shopUrl], consent }] }),
  );
  const [browser, product] = await Promise.all([
    sharedBrowser(),
    startProduct({ DEMO_PACE: 'instant', CONFIG_FILE: config }),
  ]);
  ends.push(product.stop, () => closeContexts(browser));
  widget = product.url;

  const { page, complaints } = await openPage(browser, shopUrl);
  await page.locator('.launcher').click();
  await page.getByText(consent.text).waitFor();
  expect(await page.getByRole('link', { name: 'Privacy policy' }).getAttribute('href')).toBe(consent.link.url);
  const field = page.getByRole('textbox', { name: 'Write a message' });
  expect(await field.count()).toBe(0);
  await page.getByRole('button', { name: 'Agree and continue' }).click();
  await field.fill('Where is my narwhal lamp?');
  await page.keyboard.press('Enter');
  await page.locator('.actions').waitFor();

  const menu = page.getByRole('button', { name: 'Menu' });
  await menu.click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download my data' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('Acme.html');
  expect(await readFile(await saved.path(), 'utf8')).toContain('Where is my narwhal lamp?');

  await menu.click();
  await page.getByRole('menuitem', { name: 'Delete my data' }).click();
  const question = page.getByRole('alertdialog', { name: 'Delete my data' });
  const cancel = question.getByRole('button', { name: 'Cancel' });
  await expect.poll(() => cancel.evaluate((button) => button.matches(':focus'))).toBe(true);
  await cancel.click();
  expect(await page.getByText('Where is my narwhal lamp?').count()).toBeGreaterThan(0);
  await menu.click();
  await page.getByRole('menuitem', { name: 'Delete my data' }).click();
  await question.getByRole('button', { name: 'Delete' }).click();
  // A new visitor is asked again.
  await page.getByRole('button', { name: 'Agree and continue' }).waitFor();
  expect(await page.getByText('narwhal').count()).toBe(0);
  await page.reload();
  await page.getByRole('button', { name: 'Agree and continue' }).waitFor();
  expect(await page.getByText('narwhal').count()).toBe(0);
  expect(complaints).toEqual([]);
});
