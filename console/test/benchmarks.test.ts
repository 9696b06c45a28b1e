import { violationsInBothSchemes } from '@firstword/testing/axe';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';
import { measuredLine } from './scripted-benchmarks.ts';

const part = (page: Page) => page.getByRole('region', { name: 'Benchmark', exact: true });
const cells = (page: Page, table: string, model: string) =>
  page
    .getByRole('region', { name: table })
    .getByRole('row', { name: new RegExp(`^${model}`) })
    .getByRole('cell')
    .allTextContents();

test.beforeEach(async ({ page, server }) => {
  await enter(page, server);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Models', exact: true }).click();
  await part(page).waitFor();
});

test('an administrator sees what a benchmark costs at most, starts it, follows it over a reload, and stops it', async ({
  page,
  server,
  button,
}) => {
  server.benchmarks.runs = [];
  await page.reload();
  await part(page).getByText('No benchmark has been run yet.').waitFor();
  await part(page)
    .getByText(/Some prices of 1 model aren’t known/)
    .waitFor();
  await part(page).getByLabel('house-model-7').uncheck();
  await part(page)
    .getByText(/^It costs at most \$0\.00043\.$/)
    .waitFor();
  await page.getByLabel('Questions for each model').fill('100');
  await page.getByLabel('Spending limit in US dollars').fill('0.001');
  await button('Start benchmark').click();
  expect(server.benchmarks.runs).toEqual([]); // below the smallest limit: the browser asks for another value
  await page.getByLabel('Spending limit in US dollars').fill('0.01');
  await page.getByLabel('Questions for each model').fill('3');
  await button('Start benchmark').click();
  await part(page).getByText('Running · 0 of 6 questions · cost $0').waitFor();
  expect(server.benchmarks.runs[0]).toMatchObject({ questions: 3, atOnce: 1, maxUsd: 0.01 });
  expect(await button('Start benchmark').isDisabled()).toBe(true);

  server.benchmarks.change({ lines: [measuredLine('qwen3-8b', 3), measuredLine('deepseek-v4-flash', 1)] });
  await part(page).getByText('Running · 4 of 6 questions').waitFor();
  await page.reload();
  await part(page).getByText('Running · 4 of 6 questions').waitFor();
  await part(page).getByRole('button', { name: 'Stop' }).click();
  await part(page).getByText('Stopping… · 4 of 6 questions').waitFor();
  server.benchmarks.change({ state: 'stopped', endedAt: Date.now() });
  await part(page).getByText('Stopped · 4 of 6 questions').waitFor();
  expect(await button('Start benchmark').isDisabled()).toBe(false);
});

test('results are shown with the reference figures, with errors by kind, and two runs are compared', async ({
  page,
}) => {
  await part(page)
    .getByText(/^Done · cost at least \$0\.0008/)
    .waitFor();
  expect(await cells(page, 'Results', 'deepseek-v4-flash')).toEqual([
    ...['216 ms (reference 180 ms)', '302 ms', '50.0 (reference 60)', '10 / 10', '$0.00040', '–'],
  ]);
  expect(await cells(page, 'Results', 'house-model-7')).toEqual([
    ...['–', '–', '–', '0 / 3', 'price unknown'],
    'rate-limited: 3, not asked further after three failures in a row',
  ]);
  await page.getByLabel('Compare with').selectOption({ index: 1 });
  expect(await cells(page, 'Comparison', 'deepseek-v4-flash')).toEqual([
    ...['180 ms → 216 ms (+20%)', '252 ms → 302 ms (+20%)', '60.0 → 50.0 (-17%)', '0 → 0'],
  ]);
  expect(await cells(page, 'Comparison', 'house-model-7')).toEqual(['420 ms → –', '588 ms → –', '22.0 → –', '0 → 3']);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV, Comparison' }).click();
  expect((await download).suggestedFilename()).toBe('comparison.csv');
});

test('a benchmark that another administrator has started is shown in place of an error', async ({
  page,
  server,
  button,
}) => {
  // The page has read that none is running.
  await part(page)
    .getByText(/^Done · cost/)
    .waitFor();
  server.benchmarks.change({ state: 'running', lines: [measuredLine('qwen3-8b', 1)] });
  await button('Start benchmark').click();
  await part(page).getByText('Another benchmark is running. It is shown below.').waitFor();
  await part(page).getByText('Running · 1 of 10 questions').waitFor();
});

test('axe finds no violations on the page', async ({ browser, server }) => {
  // The content security policy would block axe itself.
  const context = await browser.newContext({ viewport: { width: 375, height: 800 }, bypassCSP: true });
  const page = await context.newPage();
  await enter(page, server, '/console');
  await page.goto(`${server.url}/console/models`);
  await page.getByLabel('Compare with').selectOption({ index: 1 });
  await page.getByRole('region', { name: 'Comparison' }).waitFor();
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await context.close();
});
