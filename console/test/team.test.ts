import { expect } from 'vitest';
import { signIn } from './browser.ts';
import { test } from './console-test.ts';
import { agent, otherAgent } from './ticket-builders.ts';

test('an administrator invites an agent to one site, and gets a link to send', async ({ page, server, button }) => {
  await signIn(page, server);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Team', exact: true }).click();
  await page.getByText('second@wendleby.example · Agent · Wendleby').waitFor();
  const form = page.getByRole('form', { name: 'Invite an agent' });
  // The focus moves to the form, and back to the button when the form is closed.
  await button('Invite an agent').press('Enter');
  await form.getByRole('button', { name: 'Cancel' }).press('Enter');
  await form.waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await form.waitFor();
  await page.keyboard.type('third@wendleby.example');
  await button('Create invitation').click();
  await page.getByText('Choose a role for at least one site.').waitFor();
  await form.getByText('What each role may do').click();
  await form.getByText('Reads conversations, tickets and reports.').waitFor();
  await form.getByLabel('Help centre').selectOption('Viewer');
  await button('Create invitation').click();
  const link = page.getByRole('textbox', { name: 'Invitation link' });
  expect(await link.inputValue()).toBe(`${server.url}/console/first-run#token=the-token-of-the-invitation`);
  await page.getByText('Viewer · Help centre').waitFor();
  await button('Withdraw, third@wendleby.example').click();
  await expect.poll(() => page.getByText('third@wendleby.example', { exact: true }).count()).toBe(0);
  await button('Done').click();
  await expect.poll(() => link.count()).toBe(0);
});

test("an administrator changes a member's access and deactivates them, but not themselves", async ({
  page,
  server,
  button,
}) => {
  await signIn(page, server);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Team', exact: true }).click();
  await button(/^Change access, /).click();
  const form = page.getByRole('form', { name: /^Change access/ });
  expect(await form.getByLabel('Wendleby').inputValue()).toBe('agent');
  await form.getByLabel('Help centre').selectOption('Viewer');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('second@wendleby.example · Agent: Wendleby · Viewer: Help centre').waitFor();
  await button(/^Change access, /).click();
  await form.getByLabel('All sites').selectOption('Administrator');
  await form.getByText('An administrator of all sites is one on each of them.').waitFor();
  expect(await form.getByLabel('Wendleby').count()).toBe(0);
  await form.getByLabel('All sites').selectOption('Billing');
  await form.getByLabel('Wendleby').selectOption('Agent');
  await form.getByRole('button', { name: 'Save' }).click();
  await page
    .getByText('second@wendleby.example · Agent: Wendleby · Viewer: Help centre · Billing: all other sites')
    .waitFor();
  await button(/^Deactivate, /).click();
  await button(/^Deactivate and sign out, /).click();
  await page.getByText('Deactivated').waitFor();
  expect(await button(/^(?:Deactivate|Change access), First Agent/).count()).toBe(0);
});

test('an API token is shown once, with its scope, end and last use in the list', async ({ page, server, button }) => {
  await signIn(page, server);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'API tokens', exact: true }).click();
  await page.getByText('Limited: the agent who made it may do less now.').waitFor();
  await page.getByText(/Read and answer tickets · All sites · Never expires · Last used/).waitFor();
  await button('Create a token').click();
  const form = page.getByRole('form', { name: 'Create a token' });
  await form.getByLabel('Name').fill('Reports');
  await form.getByLabel('Expires').selectOption('In 90 days');
  await form.getByRole('button', { name: 'Create token' }).click();
  expect(await page.getByRole('textbox', { name: 'API token' }).inputValue()).toBe('fw_the-new-token');
  await page.getByText(/^Read · All sites · Expires .* · Never used$/).waitFor();
  await button('Delete, Importer').click();
  await button('Delete token, Importer').click();
  await expect.poll(() => page.getByText('Importer').count()).toBe(0);
});

test('an agent sees where they are signed in, and signs out elsewhere', async ({ page, server, button }) => {
  await signIn(page, server);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Your account', exact: true }).click();
  const sessions = page.getByRole('region', { name: 'Where you’re signed in' });
  await sessions.getByText('Chrome on Windows').waitFor();
  await sessions.getByText('Safari on iOS').waitFor();
  await button('Sign out everywhere else').click();
  await expect.poll(() => sessions.getByText('Safari on iOS').count()).toBe(0);
  expect(await button('Sign out everywhere else').count()).toBe(0);
});

test('an agent is away in every tab by their own choice, and colleagues’ status is shown where agents are listed', async ({
  page,
  server,
  button,
  openTicket,
}) => {
  await signIn(page, server);
  await button(/^First Agent.*Online/).click();
  const menu = page.getByRole('group', { name: 'Your status' });
  await menu.getByRole('button', { name: /^Online/, pressed: true }).waitFor();
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  await page.keyboard.press('Enter');
  await menu.getByRole('button', { name: /^Away/ }).click();
  await button(/^First Agent.*Away/).waitFor();
  // Another tab of the same agent.
  server.emit('agent-statuses', [{ id: agent.id, status: 'online' }]);
  await button(/^First Agent.*Online/).waitFor();
  server.emit('agent-statuses', [{ id: otherAgent.id, status: 'away' }]);

  await openTicket(/charged me twice/);
  await page.keyboard.press('i');
  await page.getByRole('dialog').getByText('Away').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Team', exact: true }).click();
  const member = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await member(agent.name).getByText('Online').waitFor();
  await member(otherAgent.name).getByText('Away').waitFor();
});
