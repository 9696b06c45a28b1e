import { describe, expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

describe('the analysis of a ticket', () => {
  test.beforeEach(async ({ page, server, openTicket }) => {
    await enter(page, server);
    await openTicket(/charged me twice/);
  });

  test('a quote scrolls to the quoted passage and highlights it', async ({ page, button }) => {
    await button(/Both lines say booked/).click();
    const mark = page.locator('mark');
    await mark.waitFor();
    expect(await mark.textContent()).toBe('Both lines say booked, not pending');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-seq'))).toBe('3');
  });

  test('a quote that isn’t in its source is marked and can’t be clicked', async ({ page, button }) => {
    await page.getByText('Quote not found in the source').waitFor();
    expect(await button(/it is only reserved/).count()).toBe(0);
  });

  test('an unsupported sentence is underlined and explained, and can be selected', async ({ page, button }) => {
    expect(await page.locator('.unsupported').textContent()).toBe('As an apology we add a voucher of €20.');
    await button(/No article promises a voucher/).click();
    expect(await page.evaluate(() => window.getSelection()?.toString())).toContain('voucher of €20');
  });

  test('an answer shows its model, TTFT and cost, and why that model was chosen', async ({ page }) => {
    const calls = page.locator('.message--assistant .calls');
    await calls.getByText('Step-3.5-Flash · us-east · TTFT 124 ms · at least $0.000016').click();
    await calls.getByText('Why this model: fast tier, us-east: deepseek-v4-flash').waitFor();
    await calls.getByRole('row', { name: /^Answer DeepSeek V4 Flash .* another request was faster/ }).waitFor();
    await calls.getByRole('row', { name: /^Answer, hedge request Step-3.5-Flash .* Completed/ }).waitFor();
    const part = page.getByRole('region', { name: 'Analysis', exact: true });
    await part.getByText('Conversation cost: at least $0.00071 and 1 call with unknown price').waitFor();
    await part.getByText('Analysis cost:').waitFor();
    await part.getByText('All calls (5)').click();
    await part
      .getByRole('row', { name: /^Analysis DeepSeek V4 Pro/ })
      .first()
      .waitFor();
  });

  test('older runs can be selected', async ({ page, button }) => {
    await button('Run 1').click();
    await page.getByText('Rejected by Second Agent: Wrong facts').waitFor();
    await page.getByText('The visitor asks about a reservation on the card.').waitFor();
    await button('Approve and send').waitFor();
  });

  test('two runs are compared side by side, and the reply of either can be used', async ({ page, reply }) => {
    await page.keyboard.press('v');
    const dialog = page.getByRole('dialog');
    const [older, newer] = [dialog.locator('.compare__run').first(), dialog.locator('.compare__run').last()];
    await older.getByText('Rejected by Second Agent: Wrong facts').waitFor();
    await newer.getByText('3 of 4 quotes found · 1 unsupported sentence').waitFor();
    expect(await newer.locator('.unsupported').textContent()).toBe('As an apology we add a voucher of €20.');
    const text = await older.locator('.compare__reply').textContent();
    await older.getByRole('button', { name: 'Use this reply' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await reply().inputValue()).toBe(text);
  });
});

describe('a missing or incomplete analysis', () => {
  test.beforeEach(({ page, server }) => enter(page, server));

  test('a failed analysis says so, and agents can still reply', async ({ page, server, reply, openTicket }) => {
    await openTicket(/linseed oil/);
    await page.getByText('No model answered within 60 seconds.').waitFor();
    await reply().fill('Yes, thinned by half.');
    await reply().press('Control+Enter');
    await page.locator('.message--agent').waitFor();
    expect(server.actions[0]).toMatchObject({ action: 'reply', body: { text: 'Yes, thinned by half.' } });
  });

  test('a running analysis says so', async ({ page, openTicket }) => {
    await openTicket(/einem Menschen/);
    await page.getByText('Analysis in progress').waitFor();
  });

  test('an unknown price is never shown as zero', async ({ page, openTicket }) => {
    await openTicket(/My lawyer/);
    const foot = page.locator('.run-foot');
    await foot.getByText('price unknown').waitFor();
    await foot.getByText('house-model-7').waitFor();
  });
});
