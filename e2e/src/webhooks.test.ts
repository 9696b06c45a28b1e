/** An endpoint added in the console, and a program that receives its events. */
import { join } from 'node:path';
import { sharedBrowser } from '@firstword/testing/browser';
import { startTestServer } from '@firstword/testing/test-server';
import { startWebhookReceiver } from '@firstword/testing/webhook-receiver';
import { expect, onTestFinished, test } from 'vitest';
import { becomeAgent } from './harness/console.ts';

const dist = (workspace: string) => join(import.meta.dirname, '../..', workspace, 'dist');

test('an administrator connects a program, which verifies the test event, fails, and is sent it again', async () => {
  const receiver = await startWebhookReceiver();
  onTestFinished(() => receiver.close());
  const server = await startTestServer({
    folders: { widget: dist('widget'), console: dist('console') },
    webhookPrivateHosts: [receiver.host],
  });
  onTestFinished(() => server.stop());
  const page = await (await sharedBrowser()).newPage();
  onTestFinished(() => page.close());
  await page.goto(`http://localhost:${server.port}/console/first-run#token=${await server.firstRun()}`);
  await becomeAgent(page, 'First agent', 'agent@shop.example');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Webhooks', exact: true }).click();

  await page.getByRole('button', { name: 'Add an endpoint' }).click();
  await page.keyboard.type(receiver.url);
  await page.getByLabel('A ticket was opened').check();
  await page.keyboard.press('Enter');
  receiver.secret = await page.getByRole('textbox', { name: 'Signing secret' }).inputValue();
  receiver.answer = 'The queue is full.';
  receiver.statuses.push(503);
  await page.getByRole('button', { name: `Send test event, ${receiver.url}` }).click();
  const log = page.getByRole('region', { name: `Deliveries to ${receiver.url}` });
  await log.getByText(/503 · 1 attempt · next at/).waitFor();
  await log.getByText('Request and response').click();
  await log.getByText('The queue is full.').waitFor();
  await log.getByRole('button', { name: /^Send again/ }).click();
  await log.getByText('Delivered').waitFor();
  expect(receiver.received.map(({ event }) => event?.type)).toEqual(['webhook.test', 'webhook.test']);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);

  await page.getByRole('button', { name: `Turn off, ${receiver.url}` }).click();
  await page.getByText('Turned off by an administrator.').waitFor();
});
