import { violations } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { type Product, startProduct } from '@firstword/testing/npm-start';
import { startSpokenEndpoint } from '@firstword/testing/spoken-endpoint';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask, composer, openPage, openWidget } from './harness/browser.ts';

let browser: Browser;
let product: Product;
beforeAll(async () => {
  [browser, product] = await Promise.all([sharedBrowser(), startProduct({ DATABASE_URL: '' })]);
});
afterAll(async () => {
  await closeContexts(browser);
  await product.stop();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const QUESTION = 'How long do I have to return an item?';

describe('a visitor of the demo shop', () => {
  test('asks and reads a streamed answer that cites its source', async () => {
    const { page, complaints } = await openPage(browser, product.url);
    await openWidget(page);
    await ask(page, QUESTION);
    await page.locator('.answer__text').waitFor();
    await page.getByRole('button', { name: 'Stop answering' }).waitFor();
    await page.locator('.actions').waitFor();

    expect(await page.locator('.answer__text').innerText()).toContain('30 days');
    const source = page.locator('.sources a').first();
    expect(await source.getAttribute('href')).toContain('/help/');
    expect(await page.getByText('Demo mode', { exact: true }).isVisible()).toBe(true);
    expect(complaints).toEqual([]);

    const [article] = await Promise.all([page.context().waitForEvent('page'), source.click()]);
    await article.waitForLoadState();
    expect(await article.locator('h1').innerText()).toMatch(/return/i);
  });

  test('reloads in the middle of an answer and reads the same text to its end', async () => {
    const { page } = await openPage(browser, product.url);
    await openWidget(page);
    await ask(page, QUESTION);
    await page.locator('.answer__text').waitFor();
    await page.reload();
    await page.getByRole('dialog').waitFor();
    await page.locator('.actions').waitFor();
    const afterReload = await page.locator('.answer__text').innerText();

    const again = await page.context().newPage();
    await again.goto(product.url);
    await openWidget(again);
    await again.locator('.actions').waitFor();
    expect(await again.locator('.answer__text').innerText()).toBe(afterReload);
    expect(await again.locator('.own').count()).toBe(1);
    expect(afterReload).toContain('30 days');
  });

  test('stops an answer and keeps its text', async () => {
    const { page } = await openPage(browser, product.url);
    await openWidget(page);
    await ask(page, 'What does delivery cost and how long does it take, and can I return it?');
    await page.locator('.answer__text').waitFor();
    await page.getByRole('button', { name: 'Stop answering' }).click();
    await page.getByText('You stopped this answer.').waitFor();
    expect((await page.locator('.answer__text').innerText()).length).toBeGreaterThan(0);
  });

  test('opens, asks and closes with the keyboard, and gets the focus back', async () => {
    const { page } = await openPage(browser, product.url);
    const launcher = page.locator('.launcher');
    await launcher.waitFor();
    await launcher.focus();
    await page.keyboard.press('Enter');
    await composer(page).waitFor();
    await expect.poll(() => focused(page)).toContain('textarea');
    await page.keyboard.type(QUESTION);
    await page.keyboard.press('Enter');
    await page.locator('.actions').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toContain('launcher');
  });

  test.each(['light', 'dark'] as const)(
    'has no accessibility violation that axe finds, in %s, closed, open and answered',
    async (colorScheme) => {
      const { page } = await openPage(browser, product.url, { colorScheme });
      await page.locator('.launcher').waitFor();
      expect(await violations(page)).toEqual([]);
      await openWidget(page);
      expect(await violations(page)).toEqual([]);
      await ask(page, QUESTION);
      await page.locator('.actions').waitFor();
      expect(await violations(page)).toEqual([]);
    },
  );
});

describe('with the site owner’s endpoint', () => {
  test('the page gets its answers from it, and nothing mentions the demo', async () => {
    const endpoint = await startSpokenEndpoint();
    endpoint.script({ answer: 'You have 30 days, in Größe and 漢字 [1].' });
    const live = await startProduct({ LLM_BASE_URL: endpoint.baseUrl });
    try {
      const { page } = await openPage(browser, live.url);
      await openWidget(page);
      await ask(page, QUESTION);
      await page.locator('.actions').waitFor();
      expect(await page.locator('.answer__text').innerText()).toContain('You have 30 days, in Größe and 漢字');
      expect(await page.locator('.sources a').count()).toBe(1);
      expect(await page.getByText('Demo mode', { exact: true }).count()).toBe(0);
      // The start asks each model once more, to check it.
      const asked = endpoint.requests.filter(({ isTriage, question }) => isTriage || question.includes(QUESTION));
      expect(asked.map(({ body }) => body.model).sort()).toEqual(['deepseek-v4-flash', 'qwen3-8b']);
    } finally {
      expect(await live.stop()).toBe(0);
      await endpoint.stop();
    }
  });
});

/** Tag and class of the focused element, through every shadow root. */
function focused(page: import('playwright-core').Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return `${element?.tagName.toLowerCase()} ${element?.className}`;
  });
}
