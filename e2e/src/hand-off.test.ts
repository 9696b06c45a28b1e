import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, launchBrowser, openPage, openWidget } from './harness/browser.ts';
import { type Product, startProduct } from './harness/product.ts';

const PASSWORD = 'a long enough password';
const COMPLEX =
  'I was charged twice for order 48213, the desk arrived damaged for the second time and nobody answered my mails. What now?';

let browser: Browser;
let product: Product;
beforeAll(async () => {
  [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function setPassword(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill('First agent');
  await page.getByLabel('E-mail address').fill('agent@shop.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('region', { name: 'Tickets' }).waitFor();
}

test('a complex question gets a first word at once, an analysis, an agent who edits and approves, and an answer', async () => {
  const visitor = await openPage(browser, product.url);
  await openWidget(visitor.page);
  await ask(visitor.page, COMPLEX);
  await visitor.page.locator('.answer__text').first().waitFor();
  await visitor.page.locator('.card').waitFor();
  await visitor.page.getByText('A colleague will look at it and write here.').first().waitFor();

  const link = /http\S+\/console\/first-run#token=\S+/.exec(product.output())?.[0] ?? '';
  const agent = await openPage(browser, link);
  await setPassword(agent.page);
  await agent.page.getByRole('link', { name: /charged twice/ }).click();
  const composer = agent.page.getByRole('textbox', { name: /reply/i });
  await expect.poll(() => composer.inputValue(), { timeout: 20_000 }).not.toBe('');
  expect(await agent.page.getByText('The demo engine extracts and quotes').count()).toBeGreaterThan(0);

  await composer.fill('We refunded the second charge today and send a new desk top.');
  await agent.page.getByRole('button', { name: /Send edited reply/ }).click();
  await visitor.page.locator('.list').getByText('We refunded the second charge today').waitFor();
  await visitor.page.reload();
  await openWidget(visitor.page);
  await visitor.page.locator('.list').getByText('We refunded the second charge today').waitFor();
  expect(await visitor.page.getByText('First agent').first().isVisible()).toBe(true);
  expect([...visitor.complaints, ...agent.complaints]).toEqual([]);
});
