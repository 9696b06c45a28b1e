import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

test.beforeEach(({ page, server }) => enter(page, server));

test('/ searches everything as the agent types: results are grouped, marked, and opened with the keyboard', async ({
  page,
}) => {
  const options = page.getByRole('option');
  await page.keyboard.press('/');
  await page.keyboard.type('desk');
  const groups = page.getByRole('listbox', { name: 'Results' }).getByRole('group');
  // Those of "d", "de" and "des" come before.
  await expect
    .poll(() => groups.first().getByRole('option').first().locator('mark').allTextContents())
    .toEqual(['desk']);
  await expect.poll(() => page.getByRole('group').allTextContents()).toHaveLength(4);
  expect(await options.first().getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('ArrowDown');
  expect(await options.nth(1).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /desk/ }).waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('warranty');
  const conversations = page.getByRole('group', { name: 'Conversations' });
  await expect.poll(() => conversations.locator('mark').first().textContent()).toBe('warranty');
  await conversations.getByRole('option').first().click();
  await page.getByRole('heading', { level: 1, name: 'Lin Example' }).waitFor();
});

test('a search that finds nothing says what is searched, and Escape closes it', async ({ page }) => {
  await page.keyboard.press('/');
  await page.keyboard.type('<img src=x>');
  await page.getByText('Nothing found for “<img src=x>”.').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});
