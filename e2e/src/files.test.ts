import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { listenLocally } from '@firstword/testing/listen-locally';
import { startProduct } from '@firstword/testing/npm-start';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage } from './harness/browser.ts';
import { becomeAgent, oneTimeLink } from './harness/console.ts';

/** Teardown steps, run in reverse order. */
const ends: (() => unknown)[] = [];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstword-e2e-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

test("a picture sent from another origin reaches the agent's console, and the agent's picture the visitor", async () => {
  let widget = '';
  const shop = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1>
<script async src="${widget}/widget.js" data-site="acme"></script>`);
  });
  const shopUrl = `http://127.0.0.1:${await listenLocally(shop)}`;
  ends.push(() => shop.close());
  const config = join(folder, 'config.json');
  const site = { id: 'acme', name: 'Acme', allowedOrigins: [shopUrl], uploads: {}, preChat: { name: 'required' } };
  await writeFile(config, JSON.stringify({ sites: [site] }));
  const [browser, product] = await Promise.all([
    sharedBrowser(),
    startProduct({ DEMO_PACE: 'instant', CONFIG_FILE: config }),
  ]);
  ends.push(product.stop, () => closeContexts(browser));
  widget = product.url;

  const visitor = await openPage(browser, shopUrl);
  await visitor.page.locator('.launcher').click();
  await visitor.page.getByRole('textbox', { name: 'Your name' }).fill('A visitor');
  await visitor.page.keyboard.press('Enter');
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
  const picture = { name: 'scratch.png', mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') };
  await visitor.page.locator('input[type=file]').setInputFiles(picture);
  const link = visitor.page.getByRole('button', { name: 'Download scratch.png' });
  await link.waitFor();
  const saved = visitor.page.waitForEvent('download');
  await link.click();
  expect((await saved).suggestedFilename()).toBe('scratch.png');
  await visitor.page.getByRole('textbox', { name: 'Write a message' }).fill('I want to talk to a real person, please');
  await visitor.page.keyboard.press('Enter');
  await visitor.page.locator('.card').waitFor();

  const agent = await openPage(browser, oneTimeLink(product, product.output()));
  await becomeAgent(agent.page, 'First agent', 'agent@shop.example');
  await agent.page.getByRole('link', { name: /real person/ }).click();
  const shown = agent.page.getByRole('link', { name: 'scratch.png' }).locator('img');
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await agent.page.locator('.facts').getByText('A visitor').waitFor();

  await agent.page.locator('input[type=file]').setInputFiles({ ...picture, name: 'spare-part.png' });
  const preview = agent.page.locator('.attachment__picture');
  await expect.poll(() => preview.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await agent.page.reload(); // the draft on the server has it
  await preview.waitFor();
  await agent.page.getByRole('textbox', { name: /reply/i }).fill('This part fits.');
  await agent.page.getByRole('button', { name: /^Send/ }).click();
  await agent.page.getByRole('link', { name: 'spare-part.png' }).locator('img').waitFor();
  await visitor.page.getByText('This part fits.', { exact: true }).waitFor();
  const part = visitor.page.getByRole('button', { name: 'Download spare-part.png' });
  await part.locator('canvas').waitFor();
  const download = visitor.page.waitForEvent('download');
  await part.click();
  expect((await download).suggestedFilename()).toBe('spare-part.png');
  expect([...visitor.complaints, ...agent.complaints]).toEqual([]);
});
