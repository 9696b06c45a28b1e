import { violations } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPanel, visit } from './browser.ts';

const uploads = { maxMb: 0.1, types: ['txt', 'png'] } as const;
const note = { name: 'a note.txt', mimeType: 'text/plain', buffer: Buffer.from('Hello') };
let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

test('a site without uploads shows no upload button', async () => {
  await using shown = await visit(browser);
  await openPanel(shown.page);
  expect(await shown.page.getByRole('button', { name: 'Attach a file' }).count()).toBe(0);
});

/** One green pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('a picture that was sent is drawn, where the page’s policy allows no images, and can be saved', async () => {
  await using shown = await visit(browser, { script: { uploads: { ...uploads, types: [...uploads.types] } } });
  const { page, complaints } = shown;
  await openPanel(page);
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach a file' }).click();
  await (await chosen).setFiles({ name: 'plan.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') });
  const picture = page.locator('.file__picture');
  const drawn = () => picture.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const empty = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    return canvas.toDataURL();
  });
  await expect.poll(drawn).not.toBe(empty);
  await page.getByRole('button', { name: 'Download plan.png' }).waitFor();
  expect(complaints).toEqual([]);
});

test('files of an agent are drawn and saved like the visitor’s own, and are announced by name', async () => {
  await using shown = await visit(browser);
  const { page, server, complaints } = shown;
  await openPanel(page);
  server.attachFile('plan.png', Buffer.from(PIXEL, 'base64'));
  server.attachFile('steps.txt', Buffer.from('First, unplug it.'));
  await page.locator('.agent .file__picture').waitFor();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download steps.txt' }).click();
  expect((await saved).suggestedFilename()).toBe('steps.txt');
  const announced = page.locator('.unseen[aria-live=polite] p');
  await expect.poll(() => announced.allTextContents()).toEqual(['Second Agent: plan.png', 'Second Agent: steps.txt']);
  expect(complaints).toEqual([]);
});

test('a picked file appears in the conversation and can be downloaded', async () => {
  await using shown = await visit(browser, { script: { uploads: { ...uploads, types: [...uploads.types] } } });
  const { page, server, complaints } = shown;
  await openPanel(page);
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach a file' }).click();
  expect(await page.locator('input[type=file]').getAttribute('accept')).toBe('.txt,.log,.png');
  await (await chosen).setFiles(note);
  const link = page.getByRole('button', { name: 'Download a note.txt' });
  await link.waitFor();
  expect(await link.textContent()).toContain('1 kB');
  await expect.poll(() => page.locator('.upload').count()).toBe(0);
  const saved = page.waitForEvent('download');
  await link.click();
  expect((await saved).suggestedFilename()).toBe('a note.txt');
  const tokens = server.received.filter(({ event }) => event === 'file').map(({ payload }) => payload);
  expect(tokens).toEqual(['Bearer session-token', 'Bearer session-token']);
  expect(complaints).toEqual([]);
});

test('a refused file shows the reason and can be removed; a failed upload can be retried', async () => {
  await using shown = await visit(browser, {
    script: { uploads: { ...uploads, types: [...uploads.types] } },
    context: { bypassCSP: true },
  });
  const { page, server } = shown;
  await openPanel(page);
  const picker = page.locator('input[type=file]');
  await picker.setInputFiles({ ...note, name: 'page.html' });
  await page.getByText('You can’t send this type of file. Supported types: txt, log, png.').waitFor();
  await page.getByRole('button', { name: 'Remove: page.html' }).click();
  await picker.setInputFiles({ ...note, buffer: Buffer.alloc(110_000, 'x') });
  await page.getByText('This file is too large. The limit is 102 kB.').waitFor();
  await page.getByRole('button', { name: 'Remove: a note.txt' }).click();
  await picker.setInputFiles({ ...note, buffer: Buffer.alloc(0) });
  await page.getByText('This file is empty.').waitFor();
  expect(server.received.map(({ event }) => event)).not.toContain('file');
  await page.getByRole('button', { name: 'Remove: a note.txt' }).click();
  server.script.refuseFile = { status: 415, code: 'content' };
  await picker.setInputFiles(note);
  await page.getByText('This file’s content doesn’t match its extension.').waitFor();
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Remove: a note.txt' }).click();
  server.script.refuseFile = { status: 503, code: 'unavailable' };
  await picker.setInputFiles(note);
  await page.getByText('The file couldn’t be sent.').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Download a note.txt' }).waitFor();
  expect(await page.locator('.upload').count()).toBe(0);
});

test('an upload shows its progress and can be cancelled', async () => {
  await using shown = await visit(browser, { script: { uploads: { ...uploads, types: [...uploads.types] } } });
  const { page, server } = shown;
  await openPanel(page);
  await page.route('**/files?*', () => {});
  await page.locator('input[type=file]').setInputFiles(note);
  await page.getByRole('progressbar', { name: 'Uploading a note.txt…' }).waitFor();
  await page.getByRole('button', { name: 'Remove: a note.txt' }).click();
  await expect.poll(() => page.getByRole('progressbar').count()).toBe(0);
  expect(server.messages).toEqual([]);
});
