import type { AgentNotification } from '@firstword/shared/agent-notification';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { enter, openPage, signIn } from './browser.ts';
import { test } from './console-test.ts';

/** Playwright's pages always have the focus, and no one hears or sees what the browser shows. */
const WATCH = `
  let looks = false;
  const seen = { tones: 0, desktop: [] };
  document.hasFocus = () => looks;
  window.firstwordTest = { seen, look: (now) => { looks = now; if (now) window.dispatchEvent(new Event('focus')); } };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { seen.tones += 1; return start.apply(this, when); };
  const Shown = window.Notification;
  window.Notification = class extends Shown {
    constructor(title, options) { super(title, options); seen.desktop.push(title + ': ' + options.body); seen.last = this; }
  };
`;
const TONES = 2;
const look = (page: Page, now: boolean) => page.evaluate(`firstwordTest.look(${now})`);
const seenBy = (page: Page) =>
  page.evaluate(`({ tones: firstwordTest.seen.tones, desktop: firstwordTest.seen.desktop })`);
const iconOf = (page: Page) => page.locator('link[rel=icon]').getAttribute('href');
const NOTHING = { tones: 0, desktop: [] };

const newTicket = (id: string): AgentNotification => ({
  ...{ id, kind: 'new-ticket', ticketId: 'ticket-9', number: 9, siteId: 'shop' },
  line: 'Where is <b>my lamp</b>?',
});

test('of two tabs that the agent is not looking at, one announces what happens, and both show it until one is seen', async ({
  browser,
  server,
}) => {
  const { page: first, problems } = await openPage(browser, server.url);
  const context = first.context();
  await context.addInitScript(WATCH);
  await context.grantPermissions(['notifications'], { origin: server.url });
  await signIn(first, server);
  await first.goto('/console/account');
  await first.getByRole('checkbox', { name: 'Desktop notifications' }).check();
  const second = await context.newPage();
  await enter(second, server);
  server.emit('notification', newTicket('one'));
  server.emit('notification', newTicket('one'));
  const both = [first, second];
  const titles = () => Promise.all(both.map((page) => page.title()));
  await expect.poll(titles).toEqual(['(1) Your account · Firstword console', '(1) Tickets · Firstword console']);
  await expect.poll(() => iconOf(first)).toMatch(/^data:image\/svg\+xml,/);
  const shown = await Promise.all(both.map(seenBy));
  expect(shown).toContainEqual({ tones: TONES, desktop: ['New ticket #9: Where is <b>my lamp</b>?'] });
  expect(shown).toContainEqual(NOTHING);

  await look(second, true);
  await expect.poll(titles).toEqual(['Your account · Firstword console', 'Tickets · Firstword console']);
  await expect.poll(() => iconOf(first)).not.toMatch(/^data:/);

  // The agent looks at one tab: it plays the sound, and neither shows more.
  server.emit('notification', newTicket('two'));
  const before = Number((shown[1] as { tones: number }).tones);
  await expect.poll(() => seenBy(second)).toMatchObject({ tones: before + TONES });
  await look(second, false);
  server.emit('notification', { ...newTicket('three'), kind: 'reply', ticketId: 'ticket-10', number: 10 });
  await expect.poll(titles).toEqual(['(1) Your account · Firstword console', '(1) Tickets · Firstword console']);

  // After a reload and a reconnect, nothing is announced again.
  await first.reload();
  await first.getByRole('heading', { name: 'Notifications', exact: true }).waitFor();
  server.disconnectAll();
  expect(await seenBy(first)).toEqual(NOTHING);
  expect(await first.title()).toBe('Your account · Firstword console');
  await context.close();
  expect(problems).toEqual([]);
});

test('an agent chooses on Your account what to be notified of and how, and the server keeps it', async ({
  page,
  server,
}) => {
  await page.context().addInitScript(WATCH);
  await signIn(page, server);
  await page.getByRole('link', { name: 'Settings' }).click();
  const box = (name: string) => page.getByRole('checkbox', { name });
  const saved = page.waitForResponse((response) => response.request().method() === 'POST');
  await box('New tickets').uncheck();
  await saved;
  await box('Desktop notifications').check();
  const part = page.getByRole('region', { name: 'Notifications', exact: true });
  await part.getByText('This browser blocks notifications from this site.').waitFor();
  await page.reload();
  await box('New tickets').waitFor();
  expect([await box('New tickets').isChecked(), await box('A sound').isChecked()]).toEqual([false, true]);
  await page.getByRole('button', { name: 'Play the sound' }).click();
  expect(await seenBy(page)).toEqual({ tones: TONES, desktop: [] });
  server.emit('notification', newTicket('one'));
  server.emit('notification', { ...newTicket('two'), kind: 'assigned' });
  await expect.poll(() => page.title()).toBe('(1) Your account · Firstword console');
  expect(await seenBy(page)).toEqual({ tones: 2 * TONES, desktop: [] });
});
