/** An agent attaches files to a reply. */
import { violations } from '@firstword/testing/axe';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

/** One green pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const picture = { name: 'lamp.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') };
const bill = { name: 'bill.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') };
const program = { name: 'tool.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') };

const attached = (page: Page) => page.getByRole('list', { name: 'Attachments' }).getByRole('listitem');
const names = (page: Page) => page.locator('.attachment__name').allTextContents();
async function pick(page: Page, files: readonly (typeof bill)[]) {
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chosen).setFiles([...files]);
}
/** As a browser pastes or drops it into the reply. */
const give = (page: Page, kind: 'paste' | 'drop') =>
  page.getByRole('textbox', { name: /reply/i }).evaluate((field, event) => {
    const data = new DataTransfer();
    data.items.add(new File(['First, unplug it.'], `${event}.txt`, { type: 'text/plain' }));
    const init = { bubbles: true, cancelable: true };
    field.dispatchEvent(
      event === 'paste'
        ? new ClipboardEvent(event, { ...init, clipboardData: data })
        : new DragEvent(event, { ...init, dataTransfer: data }),
    );
  }, kind);

test.beforeEach(async ({ page, server, openTicket }) => {
  await enter(page, server);
  await openTicket(/charged me twice/);
});

test('picked files go with the reply, and an unedited proposal stays one', async ({ page, server, button }) => {
  await pick(page, [picture, bill]);
  await expect.poll(() => page.locator('.attachment__size').count()).toBe(2);
  expect(await violations(page)).toEqual([]);
  await button('Approve and send').click();
  await page.locator('.message--agent').waitFor();
  const idOf = (name: string) => [...server.files.kept.values()].find(({ file }) => file.name === name)?.file.id;
  // In the order in which they were picked; either upload may end first.
  expect(server.actions).toMatchObject([
    { action: 'approve', body: { attachments: [idOf(picture.name), idOf(bill.name)] } },
  ]);
  await expect.poll(() => attached(page).count()).toBe(0);
});

test('files can be pasted and dropped, and be sent without a text', async ({ page, server, reply, button }) => {
  await button('Write your own reply').click();
  await reply().fill('');
  await give(page, 'paste');
  await give(page, 'drop');
  await expect.poll(() => server.files.kept.size).toBe(2);
  expect((await names(page)).toSorted()).toEqual(['drop.txt', 'paste.txt']);
  await button('Send reply').click();
  await expect.poll(() => server.actions.at(-1)).toMatchObject({ action: 'reply', body: { text: '' } });
});

test('a file that can’t be accepted says why, and a failed upload can be tried again', async ({ page, server }) => {
  server.files.refuse = 1;
  await pick(page, [program, bill]);
  await page.getByText('This file type isn’t allowed. Allowed: png, pdf, txt, log.').waitFor();
  await page.getByText('The file couldn’t be uploaded.').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.attachment__size').waitFor();
  await page.getByRole('button', { name: 'Remove tool.exe' }).click();
  expect(await names(page)).toEqual(['bill.pdf']);
  await page.getByRole('button', { name: 'Remove bill.pdf' }).click();
  await expect.poll(() => [server.files.kept.size, server.drafts.get('t-1042')?.attachments]).toEqual([0, undefined]);
});

test('the draft keeps its files, also in another browser', async ({ page, server }) => {
  await pick(page, [bill]);
  await expect.poll(() => server.drafts.get('t-1042')?.attachments?.map(({ name }) => name)).toEqual(['bill.pdf']);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect.poll(() => names(page)).toEqual(['bill.pdf']);
});
