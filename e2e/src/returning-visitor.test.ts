import { createRedisKeys } from '@firstword/server/store/keys';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { type Product, startProduct } from '@firstword/testing/npm-start';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPage, openWidget } from './harness/browser.ts';

/** 3.6 s, the shortest time that can be set. */
const SHORTEST = { storage: { hotHours: 0.001 } };

let browser: Browser;
let redis: RedisServer;
let product: Product;
beforeAll(async () => {
  redis = await startRedisServer();
  [browser, product] = await Promise.all([
    sharedBrowser(),
    startProduct({ REDIS_URL: redis.url, DEMO_PACE: 'instant' }, SHORTEST),
  ]);
});
afterAll(async () => {
  await closeContexts(browser);
  await product.stop();
  await redis.stop();
});

test('a visitor whose conversation has left Redis comes back to it, and goes on', async () => {
  const commands = await redis.connect();
  const coldConversations = async () => {
    const heads = await commands.keys(createRedisKeys('firstword').allHeads());
    return (await Promise.all(heads.map((head) => commands.hexists(head, 'cold')))).filter(Boolean).length;
  };
  const { page } = await openPage(browser, product.url);
  await openWidget(page);
  await ask(page, 'How long do I have to return an item?');
  await page.locator('.actions').waitFor();
  const answer = await page.locator('.answer__text').innerText();
  await page.goto('about:blank');
  await expect.poll(coldConversations, { timeout: 20_000 }).toBe(1);

  await page.goto(product.url);
  await page.getByRole('dialog').waitFor();
  await expect.poll(() => page.locator('.answer__text').allInnerTexts()).toEqual([answer]);
  expect(await page.locator('.own').count()).toBe(1);
  await ask(page, 'What does delivery cost?');
  await expect.poll(() => page.locator('.answer__text').count()).toBe(2);
  await expect.poll(() => page.locator('.own').count()).toBe(2);
});
