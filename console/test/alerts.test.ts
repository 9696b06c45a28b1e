import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';
import { NO_ALERTS, shopAlerts } from './shop-alerts.ts';

test('open alerts are shown beside the tickets with what to do, and the report pages list those that are over, too', async ({
  page,
  server,
}) => {
  server.alerts = shopAlerts(Date.now());
  await enter(page, server);
  const slow = 'Wendleby: In an hour, only 62% of the answers began within 400 ms. The objective is 95%.';
  await page.getByText('4 alerts are open').click();
  await page.getByText('No model of the tier Fast answers (no-credit).').waitFor();
  await page.getByText('Wendleby Outlet: Today’s budget is used up. New questions go to agents.').waitFor();
  await page.getByText(slow).waitFor();
  await page.getByText('put a faster model first in its chain').waitFor();
  await page.locator('details[open]').getByRole('link', { name: 'Response time' }).click();
  const part = page.getByRole('region', { name: 'Alerts' });
  await part.getByText(slow).waitFor();
  expect(await part.getByRole('listitem').count()).toBe(3);
  await part.getByText(/^Resolved/).waitFor();
  await page.keyboard.press('6');
  await part.getByText('Wendleby: 86% of today’s budget is used.').waitFor();
  expect(await part.getByRole('listitem').count()).toBe(2);

  // A single one is shown without opening the list.
  server.alerts = { ...server.alerts, alerts: server.alerts.alerts.slice(3) };
  await page.goto(`${server.url}/console`);
  const banner = page.getByText('Wendleby: 86% of today’s budget is used.');
  await banner.waitFor();
  server.alerts = NO_ALERTS;
  server.disconnectAll(); // they are read again with each connection
  await banner.waitFor({ state: 'detached' });
});

test('an agent who can’t act sees no banner, and only administrators choose whether they get alerts by e-mail', async ({
  page,
  server,
}) => {
  server.alerts = shopAlerts(Date.now());
  await enter(page, server);
  await page.goto(`${server.url}/console/account`);
  const choice = page.getByRole('checkbox', { name: 'Alerts about response time, budgets and models' });
  await choice.uncheck();
  await page.reload();
  await expect.poll(() => choice.isChecked()).toBe(false);
  server.tickets.session.agent = { ...server.tickets.session.agent, roles: { '*': 'agent' } };
  await page.goto(`${server.url}/console`);
  await page.getByRole('region', { name: 'Tickets' }).waitFor();
  await page.goto(`${server.url}/console/response-time`);
  await page.getByRole('region', { name: 'Alerts' }).waitFor();
  await page.goBack();
  await page.getByRole('region', { name: 'Tickets' }).waitFor();
  expect(await page.locator('.notice').count()).toBe(0);
  await page.goto(`${server.url}/console/account`);
  await page.getByRole('checkbox', { name: 'New tickets' }).waitFor();
  expect(await choice.count()).toBe(0);
});
