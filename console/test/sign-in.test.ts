import { expect } from 'vitest';
import { signIn } from './browser.ts';
import { test } from './console-test.ts';
import { FIRST_RUN_TOKEN, INVITE_TOKEN, RESET_TOKEN } from './scripted-server.ts';

test('a one-time link creates the first account, and its token is removed from the URL at once', async ({
  page,
  server,
  list,
  button,
}) => {
  await page.goto(`${server.url}/console/first-run#token=${FIRST_RUN_TOKEN}`);
  await page.getByLabel('Your name').fill('First Agent');
  expect(page.url()).toBe(`${server.url}/console/first-run`);
  await page.getByLabel('E-mail address').fill('agent@wendleby.example');
  await page.getByLabel('Password').fill('a long enough one');
  await button('Create account').click();
  await list().waitFor();
  expect(page.url()).toBe(`${server.url}/console`);
});

test('a used link says so, before anything is typed', async ({ page, server, button }) => {
  await page.goto(`${server.url}/console/first-run#token=this-token-was-used-before`);
  await page.getByRole('heading', { name: 'This link doesn’t work' }).waitFor();
  await page.getByText('This link has expired').waitFor();
  expect(await button('Create account').count()).toBe(0);
});

test('an invited agent creates an account for the address of the invitation', async ({
  page,
  server,
  list,
  button,
}) => {
  await page.goto(`${server.url}/console/first-run#token=${INVITE_TOKEN}`);
  await page.getByRole('heading', { name: 'Create your account' }).waitFor();
  const email = page.getByLabel('E-mail address');
  expect([await email.inputValue(), await email.isEditable()]).toEqual(['second@wendleby.example', false]);
  await page.getByLabel('Your name').fill('Second Agent');
  await page.getByLabel('Password').fill('a long enough one');
  await button('Create account').click();
  await list().waitFor();
});

test('an agent who forgot the password sets a new one, and keeps their name', async ({
  page,
  server,
  list,
  button,
}) => {
  await page.goto(`${server.url}/console/first-run#token=${RESET_TOKEN}`);
  await page.getByRole('heading', { name: 'Set a new password' }).waitFor();
  expect(await page.getByLabel('Your name').count()).toBe(0);
  await page.getByLabel('New password').fill('a long enough one');
  await button('Set password').click();
  await list().waitFor();
});

test('a wrong password is rejected, the right one opens the ticket list', async ({ page, server, rows, button }) => {
  await page.goto(`${server.url}/console`);
  await page.getByLabel('E-mail address').fill('agent@wendleby.example');
  await page.getByLabel('Password').fill('a wrong password');
  await button('Sign in').click();
  await page.getByText('Incorrect e-mail address or password').waitFor();
  await signIn(page, server);
  await expect.poll(() => rows().count()).toBe(6);
});

test('an ended session leads back to the sign-in page, and the draft is kept', async ({ page, server, reply }) => {
  await signIn(page, server, '/console/tickets/t-1040');
  await reply().fill('Linseed oil is fine, thinned by half.');
  server.signOutAll();
  server.disconnectAll();
  await page.getByText('You’ve been signed out').waitFor();
  await signIn(page, server, '/console/tickets/t-1040');
  expect(await reply().inputValue()).toBe('Linseed oil is fine, thinned by half.');
});
