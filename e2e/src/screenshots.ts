/** `npm run screenshots`: takes the pictures of the docs from the running product, at phone and desktop width. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { ask, launchBrowser, openPage, openWidget } from './harness/browser.ts';
import { becomeAgent, oneTimeLink } from './harness/console.ts';
import { type Product, startProduct } from './harness/product.ts';

const FOLDER = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));
const QUESTION = 'How long do I have to return an item?';
const COMPLEX_QUESTION =
  'My desk arrived damaged for the second time, order 48213. Nobody answered my mail. When do I get a new top under warranty?';
const PHONE = { viewport: { width: 375, height: 812 }, deviceScaleFactor: 2 } satisfies BrowserContextOptions;
const DESKTOP = { viewport: { width: 1280, height: 800 } } satisfies BrowserContextOptions;

async function takeAnswer(browser: Browser, url: string, name: string, options: BrowserContextOptions) {
  const { page } = await openPage(browser, url, { ...options, reducedMotion: 'reduce' });
  await openWidget(page);
  await ask(page, QUESTION);
  await page.locator('.actions').waitFor();
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
  await page.context().close();
}

/** The first agent's page with the ticket that a complex question has become. */
async function takeTicket(browser: Browser, product: Product) {
  const visitor = await openPage(browser, product.url);
  await openWidget(visitor.page);
  await ask(visitor.page, COMPLEX_QUESTION);
  await visitor.page.locator('.card').waitFor();
  const { page } = await openPage(browser, oneTimeLink(product, product.output()), {
    viewport: { width: 1440, height: 900 },
  });
  await becomeAgent(page, 'First agent', 'agent@shop.example');
  await page.getByRole('link', { name: /arrived damaged/ }).click();
  await page.getByText('Approve and send').waitFor();
  await page.screenshot({ path: `${FOLDER}/console-ticket.png` });
}

await mkdir(FOLDER, { recursive: true });
const [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
try {
  await takeAnswer(browser, product.url, 'answer-desktop', DESKTOP);
  await takeAnswer(browser, product.url, 'answer-desktop-dark', { ...DESKTOP, colorScheme: 'dark' });
  await takeAnswer(browser, product.url, 'answer-phone', PHONE);
  await takeAnswer(browser, product.url, 'answer-phone-dark', { ...PHONE, colorScheme: 'dark' });
  await takeTicket(browser, product);
} finally {
  await browser.close();
  await product.stop();
}
