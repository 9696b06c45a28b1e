import { expect } from 'vitest';
import { enter, signIn } from './browser.ts';
import { test } from './console-test.ts';

test('a canned reply is found by its shortcut and inserted with the keyboard', async ({ page, server, openTicket }) => {
  await enter(page, server);
  await openTicket(/linseed oil/);
  const reply = page.getByRole('textbox', { name: /reply/i });
  await page.keyboard.press('t');
  await reply.fill('');
  await reply.pressSequentially('Hello. /');
  const options = page.getByRole('listbox', { name: 'Canned replies' }).getByRole('option');
  await expect.poll(() => options.count()).toBe(4);
  await page.keyboard.press('ArrowDown');
  const chosen = await options.nth(1).getAttribute('id');
  expect(await reply.getAttribute('aria-activedescendant')).toBe(chosen);
  await page.keyboard.type('ref');
  await expect.poll(() => options.count()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => options.count()).toBe(0);
  await page.keyboard.type('u');
  await expect.poll(() => options.count()).toBe(1);
  await page.keyboard.press('Enter');
  await expect.poll(() => reply.inputValue()).toMatch(/^Hello\. Hi .+,\n\nyour refund for #\d+ is on its way\.$/);
  await page.keyboard.press('Control+z');
  await expect.poll(() => reply.inputValue()).toBe('Hello. /refu');
  expect(server.actions.map(({ action }) => action)).not.toContain('reply');
});

test('an administrator searches, adds, edits and deletes canned replies', async ({ page, server, button }) => {
  await signIn(page, server);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Canned replies' }).click();
  await page.getByText('/refund-sent').waitFor();
  await page.getByRole('searchbox', { name: 'Search canned replies' }).fill('patience');
  await expect.poll(() => page.getByText('/refund-sent').count()).toBe(0);
  await page.getByRole('searchbox', { name: 'Search canned replies' }).fill('');

  await button('Add a canned reply').click();
  const form = page.getByRole('form', { name: 'Add a canned reply' });
  await form.getByLabel('Shortcut').fill('/Hello');
  await form.getByLabel('Text').fill('Hi {{visitor.name}}');
  await button('Save').click();
  await page.getByText('Add a fallback, such as {{visitor.name|there}}.').waitFor();
  await form.getByLabel('Text').fill('Hi {{visitor.name|there}}');
  await form.getByLabel('Ticket').selectOption('Resolve: Solved');
  await form.getByLabel('Site', { exact: true }).selectOption('Help centre');
  await button('Save').click();
  await page.getByText('/hello').waitFor();
  await page.getByText('Resolve: Solved', { exact: true }).waitFor();

  await button('Edit, hello').click();
  const edit = page.getByRole('form', { name: 'Edit, hello' });
  expect(await edit.getByLabel('Shortcut').inputValue()).toBe('hello');
  expect(await edit.getByLabel('Site', { exact: true }).inputValue()).toBe('help');
  await edit.getByLabel('Text').fill('Good day');
  await button('Save').click();
  await page.getByText('Good day').waitFor();

  await button('Delete, hello').click();
  await expect.poll(() => page.getByText('Good day').count()).toBe(0);
  await button('Undo').click();
  await page.getByText('Good day').waitFor();
});

test('a macro acts once its reply is sent, at once without a text, and is undone', async ({
  page,
  server,
  reply,
  openTicket,
}) => {
  await enter(page, server);
  await openTicket(/linseed oil/);
  await page.keyboard.press('t');
  await reply().pressSequentially('/close');
  await page.getByRole('option', { name: '/close' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('After sending: Add tag closed-by-macro · Resolve: Answered').waitFor();
  await page.reload();
  await page.getByText('After sending: Add tag closed-by-macro').waitFor();
  await page.getByRole('button', { name: 'Send reply' }).click();
  await page.getByText('Done: Add tag closed-by-macro · Resolve: Answered.').waitFor();
  const actions = () => server.actions.slice(1).map(({ action }) => action);
  expect(actions()).toEqual(['reply', 'tag', 'resolve']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(actions).toEqual(['reply', 'tag', 'resolve', 'reopen', 'tag']);
  await reply().pressSequentially('/later');
  await page.getByRole('option', { name: '/later' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Done: Snooze for 24 hours.').waitFor();
  expect(await reply().inputValue()).toBe('');
});
