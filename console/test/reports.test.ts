import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';
import { setAsideEvent } from './scripted-feed.ts';
import { emptyReports, MODEL_ALARM } from './shop-reports.ts';

test.beforeEach(({ page, server }) => enter(page, server));

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

test('the Response time page has a summary, a chart with named thresholds, and a table', async ({ page, server }) => {
  await page.getByRole('link', { name: 'Response time' }).click();
  await title(page, 'Response time').waitFor();
  await page.getByText('Half of 2,180 answers started within 184 ms, 95% within 391 ms.').waitFor();
  await page.getByText('The objective of 95% is met.').waitFor();
  const chart = page.getByRole('img', { name: /2,180 answers/ });
  for (const words of ['Instant below 200 ms', 'Fast below 400 ms', 'Noticeable below 800 ms'])
    await chart.getByText(words).waitFor();
  expect(await chart.locator('.ttft').count()).toBe(6); // one day has no data
  expect(await chart.locator('.ttft--few').count()).toBe(1);
  const table = page.getByRole('region', { name: 'Time to first token (TTFT)' });
  expect(await table.getByRole('row').count()).toBe(8);
  expect(
    await page
      .getByRole('region', { name: /Visit completion/ })
      .getByText('no data')
      .count(),
  ).toBe(1);
  await page.getByText('our-own in the instant tier: TTFT 320 ms (limit 200 ms)').waitFor();
  await page.getByText('our-own in the fast tier: $1.20 per million output tokens (limit $0.80)').waitFor();
  expect(page.url()).toBe(`${server.url}/console/response-time`);
  await page.goBack();
  await page.getByRole('region', { name: 'Tickets' }).waitFor();
});

test('old paths of the report pages redirect to the new ones', async ({ page, server }) => {
  await page.goto(`${server.url}/console/numbers`);
  await title(page, 'Response time').waitFor();
  expect(page.url()).toBe(`${server.url}/console/response-time`);
  await page.goto(`${server.url}/console/costs`);
  await title(page, 'Cost').waitFor();
  expect(page.url()).toBe(`${server.url}/console/cost`);
});

test('site, period and grouping can be selected', async ({ page, server }) => {
  await page.keyboard.press('5');
  await title(page, 'Response time').waitFor();
  await page.getByLabel('Group by').selectOption('Model');
  await page.getByLabel('Site', { exact: true }).selectOption('Wendleby Outlet');
  await page.getByLabel('Period').selectOption('Last 30 days');
  await expect
    .poll(() => server.reportRequests.at(-1))
    .toMatch(/^GET \/reports\/response-time\?site=outlet&from=.*&by=model$/);
  await page.keyboard.press('Escape');
});

test('triage corrections are a matrix, and the cases can be downloaded', async ({ page, server }) => {
  await page.goto(`${server.url}/console/response-time`);
  const matrix = page.getByRole('region', { name: 'Triage corrections' });
  await matrix.getByRole('row', { name: /^Answer – 4 2/ }).waitFor();
  expect(await page.getByRole('link', { name: /corrected cases/ }).getAttribute('href')).toBe(
    '/api/v1/verdicts?format=jsonl',
  );
});

test('the check of each model is a table, with the fix of what is wrong below', async ({ page, server }) => {
  await page.goto(`${server.url}/console/response-time`);
  const table = page.getByRole('region', { name: 'Models' });
  await table.getByRole('row', { name: /^qwen3-8b Instant 83 ms 120 known Works$/ }).waitFor();
  await table.getByRole('row', { name: /^our-fast Fast – – known unknown-model$/ }).waitFor();
  await page.getByText(/^our-fast: status 404 .* to a name that models\.example has\.$/).waitFor();
});

test('an outage of the models is one banner, with what was asked and the fix', async ({ page, server }) => {
  await page.getByRole('region', { name: 'Tickets' }).waitFor();
  expect(await page.getByText('The assistant has trouble answering').count()).toBe(0);
  const { models } = server.reports;
  server.reports = {
    ...server.reports,
    models: { ...models, alarms: [MODEL_ALARM, { ...MODEL_ALARM, modelId: 'b' }] },
  };
  server.disconnectAll(); // the state is read again with each connection
  await page.getByText('The assistant has trouble answering (unknown-model).').click();
  await page.getByText('Asked: https://models.example/v1/chat/completions for “org/fast”.').waitFor();
  expect(await page.getByText('The assistant has trouble answering').count()).toBe(1);
  server.reports = { ...server.reports, models };
  server.disconnectAll();
  await page.getByText('The assistant has trouble answering').waitFor({ state: 'detached' });
});

test('without data, both pages say what will appear and when', async ({ page, server }) => {
  server.reports = emptyReports(Date.now());
  await page.keyboard.press('5');
  await page.getByText('No response times were measured').waitFor();
  await page.getByText('appears here within a second').waitFor();
  await page.getByText('No finished visits yet').waitFor();
  await page.getByText('No corrections yet').waitFor();
  await page.keyboard.press('6');
  await title(page, 'Cost').waitFor();
  await page.getByText('No model calls').waitFor();
  expect(await page.locator('.chart').count()).toBe(0);
});

test('known, partly known and unknown costs are shown separately', async ({ page }) => {
  await page.keyboard.press('6');
  await page.getByText(/cost at least \$2\.53: for .* only the output price is known, for 14 calls no price/).waitFor();
  const chart = page.getByRole('img', { name: /model calls/ });
  await chart.getByText('+14?').waitFor();
  const total = page.getByRole('region', { name: 'Model call cost' }).getByRole('row', { name: /^Total/ });
  expect(await total.textContent()).toContain('$1.61$0.9214');
  await page.getByText('at least $0.34 per million tokens').waitFor();
  await page.getByText('94.8% of 2,300 answers used, 160 ms saved per answer').waitFor();
  await page.getByRole('row', { name: 'instant 540 25% $0.00004' }).waitFor();
});

test('the Quality page counts what needed agents, says why, and links to what visitors criticized', async ({
  page,
}) => {
  await page.keyboard.press('9');
  await page.getByText(/^92% of 1,204 conversations from .* needed no agent\.$/).waitFor();
  await page.getByText('half within 4 min 12 s, 90% within 21 min (88 tickets)').waitFor();
  await page.getByText('87% of 241 rated answers').waitFor();
  await page.getByRole('row', { name: 'No matching article 38' }).waitFor();
  const link = page.getByRole('link', { name: 'It is about the wrong lamp.' });
  expect(await link.getAttribute('href')).toBe('/console/conversations/c-7');
});

test('a table of a report is downloaded as CSV', async ({ page, button }) => {
  await page.keyboard.press('9');
  const downloads = page.waitForEvent('download');
  await button('Download CSV, Hand-off reasons').click();
  const file = await downloads;
  expect(file.suggestedFilename()).toBe('hand-off-reasons.csv');
  expect(readFileSync(await file.path(), 'utf8')).toBe(
    '\ufeffReason,Tickets\r\nAsked for a person,58\r\nNo matching article,38\r\n',
  );
});

test('stopping a site requires a reason, and it can be resumed', async ({ page, button }) => {
  await page.keyboard.press('6');
  await page.getByText('$4.31 of $5.00 (86%)').waitFor();
  await button('Stop model calls, Wendleby').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Stop model calls' }).click();
  expect(await dialog.isVisible()).toBe(true); // no reason yet
  await dialog.getByLabel('Reason').fill('A runaway loop');
  await page.keyboard.press('Enter');
  await page.getByText('Stopped: A runaway loop (First Agent)').waitFor();
  await button('Resume, Wendleby').click();
  await dialog.getByRole('button', { name: 'Resume' }).click();
  await button('Stop model calls, Wendleby').first().waitFor();
  await button('Stop all sites').click();
  await dialog.getByLabel('Reason').fill('Endpoint under attack');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByText('Stopped with all sites: Endpoint under attack').count()).toBe(2);
  await button('Resume all sites').waitFor();
});

test('an agent who isn’t an administrator sees budgets without switches, and no dead letters', async ({
  page,
  server,
  button,
}) => {
  server.tickets.session.agent = { ...server.tickets.session.agent, roles: { '*': 'agent' } };
  await page.goto(`${server.url}/console/cost`);
  await page.getByText('$4.31 of $5.00').waitFor();
  expect(await button(/Stop/).count()).toBe(0);
  expect(server.reportRequests.filter((line) => line === 'GET /dead-letters')).toHaveLength(1); // by the first session, as an administrator
});

test('a failed analysis is listed, and can be run again', async ({ page, server, button }) => {
  await button('1 analysis failed').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('No model answered within 60 seconds. · 3 attempts').waitFor();
  await dialog.getByRole('button', { name: /Run again/ }).click();
  await dialog.getByText('No failed analyses.').waitFor();
  expect(server.actions).toMatchObject([{ id: 't-1040', action: 'rerun' }]);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => button(/analysis failed/).count()).toBe(0);
});

test('events that were set aside are shown with their reason, redelivered or deleted, and the part then disappears', async ({
  page,
  server,
  button,
}) => {
  const now = Date.now();
  server.feed.setAside = [setAsideEvent('archive.1.1-0', now), setAsideEvent('archive.2.2-0', now)];
  await page.keyboard.press('5');
  const part = page.getByRole('region', { name: 'Event processing' });
  await part.getByText('2 events set aside').waitFor();
  await part
    .getByText(/^TypeError: Cannot read/)
    .first()
    .waitFor();
  await button(/^Redeliver, Message for Archive/)
    .first()
    .click();
  await part.getByText(/^The consumer failed again: TypeError/).waitFor();
  await part.getByText('6 tries').waitFor();
  await button(/^Redeliver, Message for Archive/)
    .last()
    .click();
  await part.getByText('Event delivered.').waitFor();
  await part.getByText('1 event set aside').waitFor();
  await button(/^Delete, Message for Archive/).click();
  expect(server.feed.setAside).toHaveLength(1);
  await button(/^Delete for good, Message for Archive/).click();
  await part.getByText('Event deleted.').waitFor();
  await page.keyboard.press('6');
  await page.keyboard.press('5');
  await page.getByText('Half of 2,180 answers started within 184 ms').waitFor();
  await expect.poll(() => part.count()).toBe(0);
});

test('a consumer of the feed that is behind is shown, and one that is not much behind is not', async ({
  page,
  server,
}) => {
  const [archive, ...others] = server.feed.groups;
  if (archive === undefined) throw new Error('no groups');
  server.feed.groups = [{ ...archive, lagSeconds: 9 }, ...others];
  await page.keyboard.press('5');
  await page.getByText('Half of 2,180 answers started within 184 ms').waitFor();
  const part = page.getByRole('region', { name: 'Event processing' });
  expect(await part.count()).toBe(0);
  server.feed.groups = [{ ...archive, lagSeconds: 130.4, waiting: 1204 }, ...others];
  await page.keyboard.press('6');
  await page.keyboard.press('5');
  await part.getByRole('row', { name: /Archive \(conversations, search\) 2 min 10 s 1,204 2 0/ }).waitFor();
});

const CODE = '**/assets/{response-time,cost}-page-*.js';

test('the code of a page is loaded when it is opened, and a failure can be tried again', async ({ page, button }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(CODE, async (route) => {
    await held;
    await route.abort();
  });
  await page.keyboard.press('5');
  await title(page, 'Response time').waitFor();
  await page.getByRole('main').getByText('Loading…').waitFor();
  release();
  await page.getByRole('alert').getByText('Couldn’t load this page.').waitFor();
  await page.unroute(CODE);
  await button('Try again').click();
  await page.getByText('Half of 2,180 answers started within 184 ms').waitFor();
});

test('when an update of the server has removed the code, trying again reloads the page', async ({ page, button }) => {
  let requests = 0;
  await page.route(CODE, async (route) => {
    requests += 1;
    await (requests <= 2 ? route.fulfill({ status: 404, body: '' }) : route.continue());
  });
  await page.keyboard.press('6');
  await page.getByRole('alert').getByText('Couldn’t load this page.').waitFor();
  const loaded = page.waitForEvent('load');
  await button('Try again').click();
  await loaded;
  await page.getByText(/cost at least \$2\.53/).waitFor();
});
