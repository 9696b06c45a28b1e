/** An owner's first minutes: from the start without any configuration to an answer on their own website, all in the browser. */

import { createServer, type Server } from 'node:http';
import { violations } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { listenLocally } from '@firstword/testing/listen-locally';
import { type Product, startProduct } from '@firstword/testing/npm-start';
import { cloud, startVendorEndpoint, type VendorEndpoint } from '@firstword/testing/vendor-endpoint';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPage, openWidget } from './harness/browser.ts';
import { oneTimeLink } from './harness/console.ts';

const KEY = 'sk-the-right-key-of-the-owner';
/** The default ones. */
const MODELS = ['qwen3-8b', 'step-3.5-flash', 'deepseek-v4-flash', 'hunyuan-turbos', 'deepseek-v4-pro', 'glm-5'];
const ARTICLE = '# Refunds\n\nA refund reaches your account within nine working days after we received the parcel.';

let browser: Browser;
let product: Product;
let endpoint: VendorEndpoint;
let website: Server;
let address: string;
/** What the owner puts on the website. */
let snippet = '';

beforeAll(async () => {
  website = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>Shop</title><h1>Lamps</h1>${snippet}`);
  });
  address = `http://127.0.0.1:${await listenLocally(website)}/`;
  const answer = ['Our model says: ', 'within nine ', 'working days ', '[1].'];
  [browser, product, endpoint] = await Promise.all([
    sharedBrowser(),
    startProduct({ DEMO_PACE: 'instant' }),
    startVendorEndpoint(cloud(KEY, MODELS, '/v1', { answer })),
  ]);
});
afterAll(async () => {
  await closeContexts(browser);
  await product.stop();
  await endpoint.stop();
  website.close();
});

test('an owner creates a site, adds articles, connects a model, tries both, and gets an answer on the own website', async () => {
  const startedAt = performance.now();
  const timeline: { step: string; seconds: number }[] = [];
  const done = (step: string) => {
    timeline.push({ step, seconds: Math.round((performance.now() - startedAt) / 100) / 10 });
  };
  const { page, complaints } = await openPage(browser, oneTimeLink(product, product.output()));
  await page.getByLabel('Your name').fill('Owner');
  await page.getByLabel('E-mail address').fill('owner@shop.example');
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Set-up' }).waitFor();
  done('account created');

  await page.getByLabel('Name', { exact: true }).fill('Lamps & more');
  await page.getByLabel('Address of your website').fill(`${address}lamps?page=2`);
  expect(await page.getByLabel('ID', { exact: true }).inputValue()).toBe('lamps-more');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create site' }).click();
  await page.getByText('“Lamps & more” is ready.').waitFor();
  done('site created');

  await page.getByLabel('Kind').selectOption('Uploaded files');
  const file = { name: 'refunds.md', mimeType: 'text/markdown', buffer: Buffer.from(ARTICLE) };
  await page.getByRole('button', { name: 'Files' }).setInputFiles(file);
  await page.getByRole('button', { name: 'Add and import' }).click();
  await page.getByText('is ready for answers.').waitFor({ timeout: 30_000 });
  done('articles imported');

  await page.getByLabel('Question of a visitor').fill('When do I get my refund?');
  await page.getByRole('button', { name: 'Preview answer' }).click();
  await page.locator('.preview__answer').getByText('nine working days').waitFor();
  done('answer of the demo engine tried');
  expect(await violations(page)).toEqual([]);

  const connection = page.getByRole('region', { name: '3. Connect a model' });
  await connection.getByLabel('Address').fill(endpoint.origin);
  await connection.getByLabel('API key').fill('sk-a-wrong-key-of-the-owner');
  await connection.getByRole('button', { name: 'Check' }).click();
  await connection.getByText('6 faults found.').waitFor();
  await connection.getByText('Fix: Check the API key: the endpoint refuses it').first().waitFor();
  expect(await violations(page)).toEqual([]);
  await connection.getByLabel('API key').fill(KEY);
  await connection.getByRole('button', { name: 'Check' }).click();
  // On a busy machine a model may be slow, which is a warning.
  await connection.getByText(/^(?:Everything works|No fault)\./).waitFor();
  await connection.getByRole('button', { name: 'Save and use' }).click();
  await connection.getByText('A model endpoint is connected.').waitFor();
  done('model connected');
  await page.getByRole('button', { name: 'Preview answer' }).click();
  await page.locator('.preview__answer').getByText('Our model says').first().waitFor();
  done('answer of the model tried');

  snippet = await page.locator('.snippet-code').innerText();
  const visitor = await openPage(browser, address);
  await openWidget(visitor.page);
  await ask(visitor.page, 'When do I get my refund?');
  await visitor.page.locator('.list').getByText('Our model says').first().waitFor();
  done('answer on the own website');
  console.table(timeline);

  const addCase = async (fact: string, action: string) => {
    await page.getByRole('link', { name: 'Conversations' }).click();
    await page.getByRole('link', { name: /When do I get my refund\?/ }).click();
    await page.getByRole('button', { name: /^Add to test cases/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Add to test cases' });
    await dialog.getByLabel('The answer says').fill(fact);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: action }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.getByRole('link', { name: 'Knowledge' }).click();
  };
  const evaluation = page.getByRole('region', { name: 'Evaluation', exact: true });
  await addCase('nine working days', 'Add test case');
  await evaluation.getByRole('button', { name: 'Start evaluation' }).click();
  await evaluation.getByText(/^1 of 1 passed/).waitFor();
  await addCase('ten working days', 'Replace test case');
  await evaluation.getByRole('button', { name: 'Start evaluation' }).click();
  await evaluation.getByText(/^0 of 1 passed/).waitFor();
  await evaluation.getByText(/^Failed · Newly failing/).waitFor();
  await evaluation.getByText('The answer doesn’t say “ten working days”.').waitFor();

  // The demo has ended, and its pages are the preview of the own site.
  const preview = await page.context().newPage();
  await preview.goto(product.url);
  await preview.getByText('This is the chat of “Lamps & more”').waitFor();

  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Sites', exact: true }).click();
  await page.getByRole('button', { name: 'Settings, Lamps & more' }).click();
  await page.getByLabel('Section').selectOption('Greeting and suggestions');
  await page.getByRole('textbox', { name: 'Greeting' }).fill('Which lamp are you looking for?');
  await page.getByLabel('Section').selectOption('Hours');
  await page.getByLabel('Opening hours').check();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Saved as version 2.').waitFor();
  expect(await violations(page)).toEqual([]);
  const another = await openPage(browser, address);
  await openWidget(another.page);
  await another.page.getByText('Which lamp are you looking for?').waitFor();

  await page.getByText('History').click();
  await page.getByRole('button', { name: 'Changes, Sites, Version 2' }).click();
  await page.locator('ins', { hasText: 'Which lamp are you looking for?' }).waitFor();
  await page.getByRole('button', { name: 'Roll back, Sites, Version 1' }).click();
  await page.getByText('Saved as version 3.').waitFor();

  await page.getByRole('link', { name: 'Models', exact: true }).click();
  await page.getByText('which ends in …wner').waitFor();
  const lastCheck = page.getByRole('region', { name: 'Last check' });
  await lastCheck.getByText(/^(?:Everything works|No fault)\./).waitFor();
  await page.getByLabel('Models that answer').fill('step-3.5-flash');
  await page.getByRole('button', { name: 'Save and use' }).click();
  await page.getByText('Saved as version 2.').waitFor();
  await page.getByText('History').click();
  await page.getByRole('button', { name: 'Changes, Models, Version 2' }).click();
  await page.locator('ins', { hasText: 'step-3.5-flash' }).waitFor();
  await page.getByRole('button', { name: 'Roll back, Models, Version 1' }).click();
  await page.getByText('Saved as version 3.').waitFor();
  await lastCheck.getByRole('button', { name: 'Check again' }).click();
  await lastCheck.getByText(/^(?:Everything works|No fault)\./).waitFor();
  expect(await violations(page)).toEqual([]);
  expect([...complaints, ...visitor.complaints, ...another.complaints]).toEqual([]);
}, 90_000);
