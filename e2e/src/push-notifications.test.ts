/** An agent turns on push notifications, closes the console, and is notified of a visitor by the service worker. */
import { join } from 'node:path';
import { sharedBrowser } from '@firstword/testing/browser';
import { type PushReceiver, startPushReceiver } from '@firstword/testing/push-receiver';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { becomeAgent } from './harness/console.ts';

const dist = (workspace: string) => join(import.meta.dirname, '../..', workspace, 'dist');

let receiver: PushReceiver;
let server: TestServer;
beforeAll(async () => {
  receiver = await startPushReceiver();
  server = await startTestServer({
    folders: { widget: dist('widget'), console: dist('console') },
    push: { privateKey: undefined, subject: undefined, privateHosts: [receiver.host] },
  });
});
afterAll(async () => {
  await server.stop();
  await receiver.close();
});

/** Chromium's own push service is on the internet: this browser subscribes at the receiver, and keeps it as Chromium does. */
async function subscribeAt(context: BrowserContext, name: string) {
  const { endpoint, keys } = receiver.subscribe(name);
  await context.addInitScript(
    ([address, p256dh, auth]) => {
      const bytes = (text = '') =>
        Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0)).buffer;
      const read = () => {
        const key = localStorage.getItem('test-subscription');
        return key === null
          ? null
          : {
              endpoint: address,
              options: { applicationServerKey: bytes(key) },
              getKey: (wanted: string) => bytes(wanted === 'auth' ? auth : p256dh),
              unsubscribe: async () => localStorage.removeItem('test-subscription'),
            };
      };
      Object.assign(PushManager.prototype, {
        async subscribe({ applicationServerKey }: { applicationServerKey: string }) {
          localStorage.setItem('test-subscription', applicationServerKey);
          return read();
        },
        getSubscription: async () => read(),
      });
    },
    [endpoint, keys.p256dh, keys.auth] as const,
  );
}

/** What the push service hands to the browser, as Chromium's developer tools do. */
async function deliver(page: Page, address: string, data: string) {
  const tools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) =>
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first !== undefined) resolve(first.registrationId);
    }),
  );
  await tools.send('ServiceWorker.enable');
  await tools.send('ServiceWorker.deliverPushMessage', { origin: address, registrationId: await registered, data });
}

const shown = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration('/console/');
    return ((await registration?.getNotifications()) ?? []).map(({ title, body, tag }) => ({ title, body, tag }));
  });

/** Clicks a notification. Only a user's click may open or focus a window, so what would be opened is noted instead. */
async function click(context: BrowserContext, title: string) {
  const [worker] = context.serviceWorkers();
  await worker?.evaluate(`(async () => {
    self.opened ??= [];
    clients.openWindow = async (url) => void opened.push(url);
    WindowClient.prototype.focus = async function () { return this; };
    const notification = (await registration.getNotifications()).find((each) => each.title === ${JSON.stringify(title)});
    dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  })()`);
}
const opened = (context: BrowserContext) => context.serviceWorkers()[0]?.evaluate('self.opened');

test('the notification of a new ticket comes while the console is closed, and opens it', async () => {
  const address = `http://localhost:${server.port}`;
  const context = await (await sharedBrowser()).newContext();
  onTestFinished(() => context.close());
  await context.grantPermissions(['notifications'], { origin: address });
  await subscribeAt(context, 'laptop');
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (line) => /Content Security|TrustedScript/i.test(line.text()) && problems.push(line.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`${address}/console/first-run#token=${await server.firstRun()}`);
  await becomeAgent(page, 'First agent', 'agent@shop.example');
  await page.goto(`${address}/console/account`);
  await page.getByRole('checkbox', { name: 'Push notifications in this browser' }).check();
  const part = page.getByRole('region', { name: 'Push notifications' });
  await part.getByRole('listitem').getByText('This browser').waitFor();
  await part.getByRole('button', { name: 'Send test' }).click();
  await part.getByText('Test notification sent.').waitFor();
  const [tested] = receiver.received.splice(0);
  await deliver(page, address, tested?.text ?? '');
  await expect.poll(() => shown(page)).toMatchObject([{ title: 'Test notification', tag: 'test' }]);

  // After a reload the browser is still known.
  await page.reload();
  await part.getByRole('listitem').getByText('This browser').waitFor();

  // No page of the console is open; another one of the same origin shows what the service worker does.
  await page.goto(`${address}/health/live`);
  const visitor = await connectWidget(server.port);
  onTestFinished(() => visitor.close());
  await visitor.send('I want to talk to a real person about order 4711, please');
  await expect.poll(() => receiver.received.length).toBe(1);
  const [push] = receiver.received;
  if (push === undefined || push.message.kind === 'test') throw new Error('nothing was pushed');
  expect(push.text).not.toContain('4711');
  await deliver(page, address, push.text);
  const wanted = { title: 'New ticket #1 · Acme', body: '' };
  await expect.poll(() => shown(page)).toContainEqual(expect.objectContaining(wanted));

  await click(context, wanted.title);
  await expect.poll(() => opened(context)).toEqual([`${address}/console/tickets/${push.message.ticketId}`]);
  // With a page of the console, even if it shows something else, that page opens the ticket.
  await page.goto(`${address}/console/account`);
  await deliver(page, address, push.text);
  await expect.poll(() => shown(page)).toContainEqual(expect.objectContaining(wanted));
  await click(context, wanted.title);
  await page.getByRole('heading', { level: 1, name: /real person/ }).waitFor();
  expect(await opened(context)).toHaveLength(1);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail address').waitFor();
  expect(await page.evaluate("localStorage.getItem('test-subscription')")).toBeNull();
  const agentIds = (await server.records.accounts.list()).map(({ id }) => id);
  await expect.poll(() => server.records.pushDevices.ofAgents(agentIds)).toEqual([]);
  expect([problems, receiver.refused]).toEqual([[], []]);
});
