import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const articles = [
  {
    id: 'returns',
    title: 'Returns and refunds',
    text: '## How long\n\nYou have **30 days**. See [our shop](https://shop.example/returns).',
    url: '/help/returns',
  },
  {
    id: 'grinders',
    title: 'Return a grinder',
    text: 'Wipe it.<img src=x onerror="window.hacked = 1">[click](javascript:window.hacked=1)',
    url: '',
  },
];
const reader = (page: Page) => page.getByRole('region', { name: 'Article' });

test('the visitor searches the articles, reads one in the panel and returns to the results', async () => {
  await using shown = await visit(browser, { script: { articles } });
  const { page, complaints } = shown;
  await openPanel(page);
  await page.getByRole('button', { name: 'Home' }).click();
  const field = page.getByRole('searchbox', { name: 'Search help articles' });
  await field.fill('return');
  await page.getByRole('button', { name: 'Returns and refunds' }).click();
  await reader(page).getByRole('heading', { name: 'Returns and refunds' }).waitFor();
  expect(await reader(page).locator('strong').innerText()).toBe('30 days');
  const link = reader(page).getByRole('link', { name: 'Open page in a new tab' });
  expect(await link.getAttribute('href')).toMatch(/\/help\/returns$/);
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow');

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Return a grinder' }).waitFor();
  expect(await field.inputValue()).toBe('return');
  await field.fill('nothing like it');
  await page.getByRole('status').getByText('No articles found. Try other words.').waitFor();
  expect(complaints).toEqual([]);
});

test('a source without a page opens in the panel, and what it contains runs nothing', async () => {
  const citations = [{ n: 1, title: 'Return a grinder', url: '', article: 'grinders' }];
  await using shown = await visit(browser, { script: { articles, citations, answer: 'Wipe it.[1]' } });
  const { page } = shown;
  await openPanel(page);
  await ask(page, 'How do I return a grinder?');
  await page.getByRole('button', { name: 'Return a grinder' }).click();
  await reader(page).getByText('Wipe it.').waitFor();
  expect(await reader(page).locator('img, a').count()).toBe(0);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  await reader(page).getByRole('button', { name: 'Back' }).click();
  await page.locator('textarea:focus').waitFor();
});

test('an article that can’t be loaded says so, and is loaded on request', async () => {
  await using shown = await visit(browser, { script: { articles } });
  const { page, server } = shown;
  await openPanel(page);
  await page.getByRole('button', { name: 'Home' }).click();
  await page.getByRole('searchbox').fill('refunds');
  server.script.refuse['article-read'] = { ok: false, code: 'unavailable', message: 'Try again.' };
  await page.getByRole('button', { name: 'Returns and refunds' }).click();
  await reader(page).getByRole('alert').getByText('This couldn’t be loaded.').waitFor();
  server.script.refuse = {};
  await reader(page).getByRole('button', { name: 'Try again' }).click();
  await reader(page).getByText('30 days').waitFor();
});
