/** Push notifications on the page Your account. What a browser is pushed is tested with the real server (e2e). */
import { expect } from 'vitest';
import { openPage, signIn } from './browser.ts';
import { test } from './console-test.ts';

const BOX = 'Push notifications in this browser';

test('an agent sees in which browsers push notifications are on, tests one and removes it', async ({
  page,
  server,
}) => {
  await signIn(page, server);
  await page.goto('/console/account');
  const part = page.getByRole('region', { name: 'Push notifications' });
  await part.getByText(/^Added .+ · Last notification /).waitFor();
  await part.getByRole('button', { name: 'Send test to Safari on iOS' }).click();
  await part.getByText('Test notification sent.').waitFor();
  await part.getByRole('button', { name: 'Remove Safari on iOS' }).click();
  await expect.poll(() => part.getByRole('listitem').count()).toBe(0);
});

test('a browser that may not show notifications, or can’t reach its push service, stays off and says why', async ({
  browser,
  server,
}) => {
  const { page, problems } = await openPage(browser, server.url);
  await signIn(page, server);
  await page.goto('/console/account');
  const box = page.getByRole('checkbox', { name: BOX });
  await box.click();
  const part = page.getByRole('region', { name: 'Push notifications' });
  await part.getByText('This browser blocks notifications from this site.').waitFor();
  expect(await box.isChecked()).toBe(false);

  await page.context().grantPermissions(['notifications'], { origin: server.url });
  await page.addInitScript("PushManager.prototype.subscribe = async () => { throw new Error('no network'); };");
  await page.reload();
  await box.click();
  await part.getByText('The browser couldn’t reach its push service.').waitFor();
  expect(await box.isChecked()).toBe(false);
  await page.context().close();
  expect(problems).toEqual([]);
});

test('the server knows whether the agent sees a page, also after a reconnect', async ({ page, server }) => {
  const told = () =>
    server.receivedEvents.filter(({ event }) => event === 'page-visible').map(({ payload }) => payload);
  await signIn(page, server);
  await expect.poll(told).toEqual([{ on: true }]);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(told).toEqual([{ on: true }, { on: false }]);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'visible' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(told).toHaveLength(3);
  server.disconnectAll();
  await expect.poll(told).toEqual([{ on: true }, { on: false }, { on: true }, { on: true }]);
});
