import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violations } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { listenLocally } from '@firstword/testing/listen-locally';
import { type Product, startProduct } from '@firstword/testing/npm-start';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPage, openWidget } from './harness/browser.ts';
import { becomeAgent, oneTimeLink } from './harness/console.ts';

const PAGES: Readonly<Record<string, string>> = {
  '/': '<title>Help</title><main><h1>Help centre</h1><p>Welcome to the help centre of our shop.</p><a href="/gift-cards">Gift cards</a></main>',
  '/gift-cards':
    '<title>Gift cards</title><main><h1>Gift cards</h1><p>A gift card is valid for three years from the day of purchase.</p></main>',
};

let browser: Browser;
let product: Product;
let website: Server;
let address: string;
const folder = mkdtempSync(join(tmpdir(), 'firstword-help-'));

beforeAll(async () => {
  website = createServer((request, response) => {
    const text = PAGES[request.url ?? ''];
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(text);
  });
  const port = await listenLocally(website);
  address = `http://127.0.0.1:${port}/`;
  mkdirSync(join(folder, 'help/returns'), { recursive: true });
  const refund = '# Refunds\n\nA refund reaches your account within nine working days after we received the parcel.';
  writeFileSync(join(folder, 'help/returns/refund.md'), refund);
  writeFileSync(join(folder, 'help/returns/draft.md'), '---\ndraft: true\n---\nNot yet.');
  [browser, product] = await Promise.all([
    sharedBrowser(),
    startProduct({ DEMO_PACE: 'instant' }, { knowledge: { privateHosts: [`127.0.0.1:${port}`] } }),
  ]);
});
afterAll(async () => {
  await closeContexts(browser);
  await product.stop();
  website.close();
  rmSync(folder, { recursive: true, force: true });
});

const source = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });

test('an owner adds a folder and a website, sees why a passage is found, and what visitors ask beyond the articles', async () => {
  const { page, complaints } = await openPage(browser, oneTimeLink(product, product.output()));
  await becomeAgent(page, 'First agent', 'owner@shop.example');
  await page.getByRole('link', { name: 'Knowledge' }).click();
  await page.getByText(/that come with the server/).waitFor();

  await page.getByRole('button', { name: 'Add source' }).click();
  await page.getByLabel('Kind').selectOption('Uploaded files');
  await page.getByLabel('Folder').setInputFiles(join(folder, 'help'));
  await page.getByText('2 files selected').waitFor();
  await page.getByRole('button', { name: 'Add and import' }).click();
  const files = source(page, 'Uploaded files');
  await files.getByText('1 added, 0 changed, 0 removed').waitFor({ timeout: 30_000 });
  await files.getByRole('button', { name: '1 problem' }).click();
  await files.getByText('help/returns/draft.md: is a draft').waitFor();
  await files.getByRole('button', { name: 'Close' }).click();

  writeFileSync(join(folder, 'parcels.md'), '# Parcels\n\nA parcel is insured for 500 euros.');
  await files.getByRole('button', { name: /^Add files/ }).click();
  await files.getByLabel('Files').last().setInputFiles(join(folder, 'parcels.md'));
  await files.getByRole('button', { name: 'Upload and import' }).click();
  await page.getByText('Answers are based on 2 articles.').waitFor();

  const articles = page.getByRole('region', { name: 'Articles', exact: true });
  await articles.getByRole('button', { name: 'New article' }).click();
  await page.keyboard.type('Opening hours');
  await articles.getByLabel('Text (Markdown)').fill('We are open from nine to five.');
  await articles.getByRole('button', { name: 'Save and publish' }).click();
  await articles.getByText('opening-hours · Written by hand').waitFor();
  await page.getByText('Answers are based on 3 articles.').waitFor();
  await articles.getByRole('button', { name: 'Edit, Parcels' }).click();
  await articles.getByLabel('Text (Markdown)').fill('A parcel is insured for 700 euros.');
  await articles.getByRole('button', { name: 'Save and publish' }).click();
  await articles.getByText('parcels · Written by hand').waitFor();
  for (const title of ['Parcels', 'Opening hours']) {
    await articles.getByRole('button', { name: `Delete, ${title}` }).click();
    await articles.getByText(`Deleted “${title}”.`).waitFor();
    await articles.getByRole('button', { name: `Edit, ${title}` }).waitFor({ state: 'detached' });
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter'); // the focus is on "Undo"
    await articles.getByRole('button', { name: `Edit, ${title}` }).waitFor();
  }
  await articles.getByRole('button', { name: 'Edit, Parcels' }).click();
  expect(await articles.getByLabel('Text (Markdown)').inputValue()).toContain('700 euros');
  await articles.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Add source' }).click();
  await page.getByLabel('URL').fill(address);
  await page.getByRole('button', { name: 'Add and import' }).click();
  const site = source(page, new URL(address).host);
  await site.getByText('2 added, 0 changed, 0 removed').waitFor({ timeout: 30_000 });
  await page.getByText('Answers are based on 5 articles.').waitFor();

  await page.getByLabel('Question', { exact: true }).fill('How many years is a gift card valid?');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  const found = page.getByRole('region', { name: 'Test the search' }).getByRole('listitem').first();
  await found.getByText('valid for three years').waitFor();
  await found.locator('mark', { hasText: 'gift' }).waitFor();
  expect(await found.getByRole('link', { name: 'Gift cards' }).getAttribute('href')).toBe(`${address}gift-cards`);

  const visitor = await openPage(browser, product.url);
  await openWidget(visitor.page);
  await ask(visitor.page, 'How many years is a gift card valid?');
  await visitor.page.locator('.list').getByText('valid for three years').first().waitFor();
  await ask(visitor.page, 'Do you repair bicycles in Trondheim?');
  await visitor.page.locator('.actions').nth(1).waitFor();

  await page.reload();
  const gap = page.getByRole('region', { name: 'Gaps' });
  await gap.getByText('Do you repair bicycles in Trondheim?').first().click();
  await gap.getByRole('link', { name: 'Open conversation' }).click();
  await page.getByText('How many years is a gift card valid?').last().waitFor();
  await page.goBack();

  await site.getByRole('button', { name: /^Versions/ }).click();
  await site.getByRole('button', { name: 'What changed, Version 1' }).click();
  await site.getByRole('heading', { name: 'Added (2)' }).waitFor();
  expect(await violations(page)).toEqual([]);
  expect([...complaints, ...visitor.complaints]).toEqual([]);

  const guidance = page.getByRole('region', { name: 'Guidance' });
  await guidance.getByLabel('Never', { exact: true }).fill('Recommend other shops.');
  await guidance.getByRole('button', { name: 'Add snippet' }).click();
  await guidance.getByLabel('Title').fill('Gift cards of 2020');
  await guidance.getByLabel('Text').fill('A gift card that was bought in 2020 is valid for five years.');
  await guidance.getByLabel('Question of a visitor').fill('How many years is a gift card of 2020 valid?');
  await guidance.getByRole('button', { name: 'Preview answer' }).click();
  await guidance.locator('.preview__answer').getByText('is valid for five years').waitFor();
  await guidance.getByRole('button', { name: 'Save guidance' }).click();
  await guidance.getByText('Saved as version 1.').waitFor();
  expect(await violations(page)).toEqual([]);
  await gap.getByRole('button', { name: /^Draft an article/ }).click();
  const proposed = page.getByRole('region', { name: 'Proposed articles' });
  await proposed.locator('summary').click();
  await proposed.getByLabel('Title').fill('Repairing bicycles');
  await proposed.getByLabel('Text (Markdown)').fill('We repair bicycles in Oslo only.');
  await proposed.getByLabel('ID').fill('bicycles');
  await proposed.getByRole('button', { name: 'Accept and publish' }).click();
  await proposed.getByText('Accepted by First agent').waitFor();
  await page.getByText('Answers are based on 6 articles.').waitFor();
  expect(await violations(page)).toEqual([]);

  const other = await openPage(browser, product.url);
  await openWidget(other.page);
  // Every process uses a change within two seconds.
  await expect
    .poll(
      async () => {
        await ask(other.page, 'How many years is a gift card of 2020 valid?');
        return other.page.locator('.list').getByText('is valid for five years').count();
      },
      { timeout: 20_000, interval: 1000 },
    )
    .toBeGreaterThan(0);
  expect([...complaints, ...other.complaints]).toEqual([]);
});
