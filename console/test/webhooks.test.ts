import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

const CRM = 'https://crm.wendleby.example/hooks/chat';

test('an administrator adds an endpoint for chosen events, copies its secret once, and changes it', async ({
  page,
  server,
  button,
}) => {
  await enter(page, server);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Webhooks', exact: true }).click();
  await page.getByText('Wendleby · A ticket was opened, A ticket was closed').waitFor();
  await button('Add an endpoint').click();
  const form = page.getByRole('form', { name: 'Add an endpoint' });
  await form.getByLabel('URL').fill('https://10.0.0.1/');
  await form.getByLabel('Events of').selectOption('Help centre');
  await button('Add endpoint').click();
  await page.getByText('Choose at least one event.').waitFor();
  await form.getByLabel('A message was written').check();
  await button('Add endpoint').click();
  await page.getByText('10.0.0.1 is a private address.').waitFor();
  await form.getByLabel('URL').fill('https://hooks.wendleby.example/');
  await button('Add endpoint').click();
  expect(await page.getByRole('textbox', { name: 'Signing secret' }).inputValue()).toBe('whsec_new-secret-of-new');
  await page.getByText('Help centre · A message was written').waitFor();
  await button('Done').click();

  await button('Edit, https://hooks.wendleby.example/').click();
  const edit = page.getByRole('form', { name: 'Edit, https://hooks.wendleby.example/' });
  expect(await edit.getByLabel('URL').inputValue()).toBe('https://hooks.wendleby.example/');
  expect(await edit.getByLabel('A message was written').isChecked()).toBe(true);
  await edit.getByLabel('A ticket was reopened').check();
  await button('Save').click();
  await page.getByText('A message was written, A ticket was reopened').waitFor();

  await button(`New secret, ${CRM}`).click();
  await button(`Replace secret, ${CRM}`).click();
  expect(await page.getByRole('textbox', { name: 'Signing secret' }).inputValue()).toBe('whsec_new-secret-of-crm');
  await button(`Delete, ${CRM}`).click();
  await button(`Delete endpoint and its log, ${CRM}`).click();
  await expect.poll(() => page.getByText(CRM, { exact: true }).count()).toBe(0);
});

test('an endpoint that was switched off says why, is turned on again, and shows what becomes of a test event', async ({
  page,
  server,
  button,
}) => {
  await enter(page, server);
  await page.goto(`${server.url}/console/webhooks`);
  const old = 'https://old.wendleby.example/hooks';
  await page.getByText('No delivery succeeded for three days.').waitFor();
  expect(await button(`Send test event, ${old}`).count()).toBe(0);
  await button(`Turn on, ${old}`).click();
  await button(`Send test event, ${old}`).click();
  const log = page.getByRole('region', { name: `Deliveries to ${old}` });
  await log.getByText('webhook.test').waitFor();
  await log.getByText('Delivered').waitFor();
  await button(`Turn off, ${old}`).click();
  await page.getByText('Turned off by an administrator. (now)').waitFor();
});

test('a delivery shows its attempts, the answer as text, and is sent again', async ({ page, server, button }) => {
  await enter(page, server);
  await page.goto(`${server.url}/console/webhooks`);
  await button(`Deliveries, ${CRM}`).click();
  const log = page.getByRole('region', { name: `Deliveries to ${CRM}` });
  await log.getByText(/500 · 2 attempts · next at/).waitFor();
  await log.getByText('Request and response').click();
  await log.getByText('<html><body>Internal error: no such queue</body></html>').waitFor();
  await button(/^Send again, ticket.created/).click();
  await log.getByText('Delivered').waitFor();
  await button(`Hide deliveries, ${CRM}`).click();
  await expect.poll(() => log.count()).toBe(0);
});
