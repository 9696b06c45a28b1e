import { createLatch } from '@firstword/testing/latch';
import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

test.beforeEach(async ({ page, server }) => {
  await enter(page, server);
});

test('a reply is rewritten while the agent watches, and that can be undone', async ({
  page,
  server,
  openTicket,
  reply,
  button,
}) => {
  await openTicket(/linseed oil/);
  await reply().fill('The oil is fine.');
  const latch = createLatch();
  server.holdWriting = latch.opened;
  await page.getByText('Rewrite', { exact: true }).click();
  await button('Friendlier').click();
  await expect.poll(() => reply().inputValue()).toBe('friendlier: ');
  expect(await reply().isEditable()).toBe(false);
  expect(await button('Send reply').isDisabled()).toBe(true);
  latch.open();
  await page.getByText('Made friendlier.').waitFor();
  expect(await reply().inputValue()).toBe('friendlier: The oil is fine.');
  await button('Undo').click();
  expect(await reply().inputValue()).toBe('The oil is fine.');
});

test('a rewriting is stopped, and opening another ticket leaves the draft as it was', async ({
  page,
  server,
  openTicket,
  reply,
  button,
}) => {
  await openTicket(/linseed oil/);
  await reply().fill('The oil is fine.');
  const latch = createLatch();
  server.holdWriting = latch.opened;
  const shorten = async () => {
    await page.getByText('Rewrite', { exact: true }).click();
    await button('Shorter').click();
    await expect.poll(() => reply().inputValue()).toBe('shorter: ');
  };
  await shorten();
  await button('Stop').click();
  await page.getByText('Stopped. The text may be incomplete.').waitFor();
  expect(await reply().inputValue()).toBe('shorter:');
  await button('Undo').click();
  await shorten();
  await openTicket(/cracked shade/);
  expect(await reply().inputValue()).not.toContain('shorter');
  await openTicket(/linseed oil/);
  expect(await reply().inputValue()).toBe('The oil is fine.');
  latch.open();
});

test('what a visitor wrote is translated, with its original one click away, and so is the reply', async ({
  page,
  server,
  openTicket,
  reply,
  button,
}) => {
  await openTicket(/Menschen verbinden/);
  await button(/^Translate, message 1$/).click();
  await page.getByText('Translated from German').waitFor();
  await page.locator('.message--visitor').getByText('translate: Können Sie mich').waitFor();
  await button(/^Show original, message 1$/).click();
  await expect.poll(() => page.locator('.message--visitor').getByText('translate:').count()).toBe(0);
  await button(/^Show translation, message 1$/).click();
  expect(server.writingTasks).toMatchObject([{ task: 'translate', to: 'en' }]);
  await reply().fill('Of course.');
  await page.getByText('Rewrite', { exact: true }).click();
  await button('Translate to German').click();
  await page.getByText('Translated. Read it before you send it.').waitFor();
  expect(server.writingTasks[1]).toEqual({ task: 'translate', text: 'Of course.', to: 'de' });
});
