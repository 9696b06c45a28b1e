/** `npm run screenshots`: takes the docs' screenshots of the running product, at phone and desktop width. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '@firstword/testing/browser';
import { type Product, startProduct } from '@firstword/testing/npm-start';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { ask, openPage, openWidget } from './harness/browser.ts';
import { becomeAgent, oneTimeLink } from './harness/console.ts';

const FOLDER = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));
const QUESTION = 'How long do I have to return an item?';
const COMPLEX_QUESTION =
  'My desk arrived damaged for the second time, order 48213. Nobody answered my mail. When do I get a new top under warranty?';
const VISITORS = [
  ['What does delivery cost?', 'How long does delivery take?', 'Can I track my parcel?'],
  ['Can I pay by invoice?', 'How do I change my password?', 'Do you have gift cards?'],
  ['How do I care for oiled wood?', 'What is the warranty?', 'Do you sell spare parts?'],
  ['How high is the standing desk?', 'Which bulbs fit the lamps?', 'Can I exchange a stool?'],
];
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

/**
 * Creates enough answers for meaningful figures, one visitor at a time, because this machine renders their pages too. All of
 * them have one address, which may send 20 messages a minute at this pace.
 */
async function askAround(browser: Browser, url: string) {
  for (const questions of VISITORS) {
    const { page } = await openPage(browser, url);
    await openWidget(page);
    for (const [index, question] of questions.entries()) {
      await ask(page, question);
      await page.locator('.actions').nth(index).waitFor();
    }
    await page.context().close();
  }
}

/** The first agent's pages: the ticket of a complex question, and the day's figures. */
async function takeConsole(browser: Browser, product: Product) {
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
  await page.getByText(/^Analysis cost:/).waitFor(); // recorded shortly after the analysis is stored
  await page.screenshot({ path: `${FOLDER}/console-ticket.png` });
  await page.getByRole('link', { name: 'Response time' }).click();
  await page.getByRole('img', { name: /answers started/ }).waitFor();
  await page.mouse.move(720, 880); // no hint over the rail
  await page.screenshot({ path: `${FOLDER}/console-response-time.png` });
}

await mkdir(FOLDER, { recursive: true });
const [browser, product] = await Promise.all([launchBrowser(), startProduct({ DATABASE_URL: '' })]);
try {
  await takeAnswer(browser, product.url, 'answer-desktop', DESKTOP);
  await takeAnswer(browser, product.url, 'answer-desktop-dark', { ...DESKTOP, colorScheme: 'dark' });
  await takeAnswer(browser, product.url, 'answer-phone', PHONE);
  await takeAnswer(browser, product.url, 'answer-phone-dark', { ...PHONE, colorScheme: 'dark' });
  await askAround(browser, product.url);
  await takeConsole(browser, product);
} finally {
  await browser.close();
  await product.stop();
}
