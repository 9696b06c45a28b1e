import { violationsInBothSchemes } from '@firstword/testing/axe';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

const part = (page: Page) => page.getByRole('region', { name: 'Evaluation', exact: true });
const questions = (page: Page) => part(page).locator('.evaluation-result .gap__question').allTextContents();

test.beforeEach(async ({ page, server }) => {
  await enter(page, server);
  await page.goto(`${server.url}/console/knowledge`);
  await part(page).waitFor();
});

test('an owner writes a test case, sees what an evaluation costs at most, starts it, follows it and stops it', async ({
  page,
  server,
  button,
}) => {
  await part(page).getByText('1 test case. It costs at most about $0.0012.').waitFor();
  await button('Add test case').click();
  const form = page.getByRole('form', { name: 'Add test case' });
  await form.getByLabel('Messages of the visitor').fill('Hello\n\nIs returning free?');
  await form.getByLabel('The answer says').fill('free\n30 days');
  await form.getByLabel('The answer cites').fill('unknown');
  await form.getByRole('button', { name: 'Add test case' }).click();
  await form.getByText('The site has no article "unknown".').waitFor();
  await form.getByLabel('The answer cites').fill('returns');
  await form.getByRole('button', { name: 'Add test case' }).click();
  await page.getByRole('region', { name: 'Test cases' }).getByText('Is returning free?').waitFor();
  expect(server.evaluations.cases[0]).toMatchObject({
    ...{ conversation: ['Hello', 'Is returning free?'], facts: ['free', '30 days'], cites: ['returns'] },
    kind: 'answered',
  });

  await part(page).getByText('2 test cases. It costs at most about $0.0036.').waitFor(); // of three messages
  await part(page).getByLabel('Test cases to run').selectOption('written');
  await part(page).getByText('1 test case. It costs at most about $0.0024.').waitFor();
  await part(page).getByLabel('Test cases to run').selectOption('all');
  await button('Start evaluation').click();
  await part(page).getByText('Running · 0 of 2 test cases · cost $0').waitFor();
  expect(await button('Start evaluation').isDisabled()).toBe(true);
  server.evaluations.results['e3'] = (server.evaluations.results['e2'] ?? []).slice(0, 1);
  server.evaluations.change({ judged: 1, passed: 1 });
  await part(page).getByText('1 of 1 passed').waitFor();
  await expect.poll(() => questions(page)).toEqual(['When do I get my money back?']);
  await page.reload();
  await part(page).getByText('Running · 1 of 2 test cases').waitFor();
  await part(page).getByRole('button', { name: 'Stop' }).click();
  await part(page).getByText('Stopping… · 1 of 2 test cases').waitFor();
  server.evaluations.change({ state: 'stopped', endedAt: Date.now() });
  await part(page).getByText('Stopped · 1 of 2 test cases').waitFor();
  expect(await button('Start evaluation').isDisabled()).toBe(false);
});

test('results name why a case failed, show the answer with its articles, and what changed since the run before', async ({
  page,
}) => {
  await part(page).getByText('1 of 3 passed · TTFT p50 212 ms, p95 390 ms').waitFor();
  const changed = ['Is returning free?', 'How long may I return an item?', 'When do I get my money back?'];
  await expect.poll(() => questions(page)).toEqual(changed);
  const result = part(page).getByRole('listitem').filter({ hasText: 'Is returning free?' });
  await result.getByText('Failed · Newly failing · Answered · TTFT 212 ms').waitFor();
  await result.getByText('The answer doesn’t cite “fees”.').waitFor();
  await result.getByText('The outcome is “Answered”, expected “Not covered by the articles”.').waitFor();
  await result.getByText('Answer', { exact: true }).click();
  await result.getByText('Returns (cited)').waitFor();
  await part(page).getByLabel('Show').selectOption('newly-passing');
  expect(await questions(page)).toEqual(['When do I get my money back?']);
  await part(page).getByText('Passed · Newly passing · Answered').waitFor();
  await part(page).getByLabel('Compare with').selectOption('No other run');
  await part(page).getByText('No test cases to show.').waitFor();
  const csv = part(page).getByRole('link', { name: 'Download CSV' });
  expect(await csv.getAttribute('href')).toBe('/api/v1/evaluation-runs/e2?format=csv');
});

test('axe finds no violations in the part', async ({ browser, server }) => {
  // The content security policy would block axe itself.
  const context = await browser.newContext({ viewport: { width: 375, height: 800 }, bypassCSP: true });
  const page = await context.newPage();
  await enter(page, server, '/console');
  await page.goto(`${server.url}/console/knowledge`);
  await part(page).getByText('Answer', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Add test case' }).click();
  await page.getByRole('form', { name: 'Add test case' }).waitFor();
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await context.close();
});
