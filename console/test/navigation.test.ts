import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

test.beforeEach(({ page, server }) => enter(page, server));

test('a ticket is found, claimed, answered and resolved with the keyboard alone', async ({ page, server }) => {
  await page.keyboard.press('f');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /charged me twice/ }).waitFor();
  await page.keyboard.press('c');
  await page.getByText('assigned to you').waitFor();
  await page.keyboard.press('e');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' jkx?');
  await page.keyboard.press('Control+Enter');
  await page.locator('.message--agent').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.head').getByText('Resolved').waitFor();
  expect(server.actions.map(({ action }) => action)).toEqual(['claim', 'approve', 'resolve']);
  expect(server.actions[1]?.body['text']).toMatch(/refund today\. jkx\?$/);
  expect(server.actions[2]?.body['code']).toBe('solved');
});

test('keys pressed faster than the screen is painted act on the result of the previous ones', async ({ page }) => {
  const focused = await page.evaluate(async () => {
    const later = () => new Promise((resolve) => setTimeout(resolve));
    const press = (key: string) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press('f');
    await later();
    press('j');
    await later();
    const row = document.activeElement?.getAttribute('data-ticket');
    if (document.activeElement instanceof HTMLElement) document.activeElement.click();
    while (document.querySelector('.composer textarea') === null) await later();
    press('e');
    await later();
    return [row, document.activeElement?.tagName];
  });
  expect(focused).toEqual(['t-1042', 'TEXTAREA']);
});

test('the palette finds a command by its label', async ({ page, server, openTicket }) => {
  await openTicket(/charged me twice/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('note');
  await page.keyboard.press('Enter');
  await page.getByLabel('Note', { exact: true }).fill('Ask for the bank line.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Ask for the bank line.').waitFor();
  expect(server.actions[0]).toMatchObject({ action: 'note', body: { text: 'Ask for the bank line.' } });
});

test('on a phone, one pane is shown at a time, with a way back', async ({ page, list, reply, button, openTicket }) => {
  await page.setViewportSize({ width: 375, height: 700 });
  await openTicket(/charged me twice/);
  expect(await list().isVisible()).toBe(false);
  await button('Analysis').click();
  await expect.poll(() => reply().isVisible()).toBe(false);
  await button(/Both lines say booked/).click();
  await page.locator('mark').waitFor();
  await button('Back to the list').click();
  await list().waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-ticket'))).toBe('t-1042');
});
