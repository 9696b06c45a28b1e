import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

test('the audit log shows who did what, page by page, filtered, and offers both exports', async ({ page, server }) => {
  await enter(page, server);
  await page.goto(`${server.url}/console/audit`);
  await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
  const rows = page.getByRole('region', { name: 'Audit log' }).getByRole('row');
  await rows.filter({ hasText: /Model calls stopped.*A boss.*site wendleby.*A runaway loop.*192\.0\.2\.7/ }).waitFor();
  expect(await rows.count()).toBe(3);
  await page.getByRole('button', { name: 'Show more' }).click();
  await rows.filter({ hasText: '<b>someone</b>' }).waitFor();
  expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  await page.getByLabel('Action').selectOption('Conversation read');
  await expect.poll(() => rows.count()).toBe(2);
  expect(await page.getByRole('link', { name: 'Export as CSV' }).getAttribute('href')).toBe(
    '/api/v1/audit?format=csv&limit=10000&action=conversation-read',
  );
  await page.getByRole('link', { name: 'Export as JSON Lines' }).waitFor();
});
