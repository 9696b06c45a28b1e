import { createLatch } from '@firstword/testing/latch';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

test.beforeEach(async ({ page, server }) => {
  await enter(page, server);
});

async function openReplay(page: Page) {
  await page.getByRole('link', { name: 'Conversations' }).click();
  await page.getByRole('link', { name: /linseed oil on the oak desk/ }).click();
  await page.getByText('TTFT 184 ms').first().waitFor();
  await page.getByRole('button', { name: 'Replay, message 1' }).click();
  return page.getByRole('dialog', { name: 'Replay on another model' });
}

test('two models answer a message beside what the visitor got, while the agent watches', async ({ page, server }) => {
  const dialog = await openReplay(page);
  const original = dialog.getByRole('region', { name: 'What the visitor got' });
  await original.getByText('TTFT 184 ms').waitFor();
  const latch = createLatch();
  server.replays.hold = latch.opened;
  await dialog.getByLabel('Model', { exact: true }).selectOption('deepseek-v4-pro');
  await dialog.getByLabel('Second model').selectOption('kimi-k2.5');
  await dialog.getByRole('button', { name: 'Replay' }).click();
  const answers = ['DeepSeek V4 Pro', 'Kimi K2.5'].map((name) => dialog.getByRole('region', { name }));
  for (const answer of answers) {
    await answer.getByText('Yes: a thin layer').waitFor();
    await answer.getByText('TTFT 96 ms').waitFor();
  }
  latch.open();
  for (const answer of answers)
    for (const words of ['dries overnight.', 'Not in the help articles:', 'Care for oiled wood', /TTFT 96 ms · \$/])
      await answer.getByText(words).first().waitFor();
  await answers[1]?.getByText('A ticket would be opened.').waitFor();
  await dialog.getByText('2 models have answered.').waitFor();
  expect(server.replays.requests).toEqual([
    { seq: 1, model: 'deepseek-v4-pro' },
    { seq: 1, model: 'kimi-k2.5' },
  ]);
});

test('a replay is stopped with what is written so far, and a failure says what to do', async ({ page, server }) => {
  const dialog = await openReplay(page);
  const latch = createLatch();
  server.replays.hold = latch.opened;
  server.replays.failing = 'house-model-7';
  await dialog.getByLabel('Second model').selectOption('house-model-7');
  await dialog.getByRole('button', { name: 'Replay' }).click();
  await dialog.getByText('The endpoint doesn’t offer this model.').waitFor();
  await dialog.getByText('Yes: a thin layer').waitFor();
  await page.keyboard.press('Enter'); // the focus is on the same button, which stops now
  await dialog.getByRole('button', { name: 'Replay' }).waitFor();
  await dialog.getByText('Stopped.').first().waitFor();
  expect(await dialog.getByText('Yes: a thin layer').count()).toBe(1);
  latch.open();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('an administrator changes the guidance for one replay', async ({ page, server }) => {
  const dialog = await openReplay(page);
  await dialog.getByLabel('Change the guidance for this replay').check();
  await dialog.getByLabel('Tone').fill('like a pirate');
  await dialog.getByRole('button', { name: 'Replay' }).click();
  await dialog.getByText('1 model has answered.').waitFor();
  expect(server.replays.requests).toMatchObject([{ seq: 1, guidance: { tone: 'like a pirate' } }]);
});

test('a ticket’s messages are replayed, and only where the role allows it', async ({ page, server, openTicket }) => {
  await openTicket(/charged me twice/);
  await page
    .getByRole('button', { name: /^Replay, message \d+$/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
  await page.getByText('1 model has answered.').waitFor();
  const { session } = server.tickets;
  session.agent = { ...session.agent, roles: { '*': 'viewer' } };
  await page.reload();
  await page.getByRole('heading', { level: 1, name: /charged me twice/ }).waitFor();
  expect(await page.getByRole('button', { name: /^Replay, / }).count()).toBe(0);
});
