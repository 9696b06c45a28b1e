import { violations } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { type Product, startProduct } from '@firstword/testing/npm-start';
import { type SpokenEndpoint, startSpokenEndpoint } from '@firstword/testing/spoken-endpoint';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask, openPage, openWidget } from './harness/browser.ts';
import { becomeAgent, oneTimeLink } from './harness/console.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

async function openChat(product: Product, options = {}) {
  const opened = await openPage(browser, product.url, options);
  await openWidget(opened.page);
  const answers = opened.page.locator('.answer[aria-busy=false] .answer__text');
  return {
    ...opened,
    /** Resolves with the complete answer, as text. */
    async asked(text: string) {
      const before = await answers.count();
      await ask(opened.page, text);
      await answers.nth(before).waitFor();
      return answers.nth(before).innerText();
    },
  };
}

describe('with the demo engine', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({ DEMO_PACE: 'instant' });
  });
  afterAll(() => product.stop());

  test('a question that the articles do not cover gets an honest answer, and the visitor who accepts reaches an agent', async () => {
    const { page, complaints, asked } = await openChat(product);
    expect(await asked('Who won the football championship in 1998?')).toContain('don’t cover this');
    await page.getByText('Would you like someone from our team to take over?').waitFor();
    expect(await page.locator('.card').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Talk to our team' }).click();
    await page.locator('.card').waitFor();
    expect(complaints).toEqual([]);
  });

  test('a follow-up is answered from the article of the question before', async () => {
    const { page, asked } = await openChat(product);
    await asked('How long does delivery to Austria take?');
    expect(await asked('And to Switzerland?')).toContain('6–10 working days');
    expect(await page.locator('.sources').last().innerText()).toContain('Delivery times and costs');
  });

  test('a question in French is answered from English articles', async () => {
    const { page, asked } = await openChat(product, { locale: 'fr-FR' });
    expect(await asked('Combien de temps ai-je pour retourner un article ?')).toContain('30 days');
    expect(await page.locator('.sources').last().innerText()).toContain('Returns within 30 days');
  });
});

describe('with a model that invents', () => {
  let endpoint: SpokenEndpoint;
  let product: Product;
  beforeAll(async () => {
    endpoint = await startSpokenEndpoint();
    product = await startProduct({ LLM_BASE_URL: endpoint.baseUrl });
  });
  afterAll(async () => {
    await product.stop();
    await endpoint.stop();
  });

  test('the claim is marked for the visitor and for the agent, and its link is plain text', async () => {
    endpoint.script({
      answer:
        'You may return almost everything within 30 days of delivery [1]. Every lamp carries a lifetime guarantee [1]. ' +
        'Claim it [here](https://evil.example/claim), or read https://evil.example.',
    });
    const visitor = await openChat(product);
    const answer = await visitor.asked('How long do I have to return an item?');
    expect(answer).toContain('Claim it here (evil.example), or read evil.example.');
    expect(await visitor.page.locator('.answer__text a[href*="evil"]').count()).toBe(0);
    const marked = visitor.page.locator('.unsupported');
    await marked.getByText('Not in our help articles:').waitFor();
    expect(await marked.getByRole('listitem').allInnerTexts()).toEqual([
      'Every lamp carries a lifetime guarantee.',
      expect.stringContaining('Claim it'),
    ]);
    await ask(visitor.page, 'I want to talk to a real person');
    await visitor.page.locator('.card').waitFor();

    const agent = await openPage(browser, oneTimeLink(product, product.output()));
    await becomeAgent(agent.page, 'First agent', 'agent@shop.example');
    await agent.page.getByRole('link', { name: /real person|return an item/ }).click();
    const noted = agent.page.locator('.message__unsupported');
    await noted.getByText('Every lamp carries a lifetime guarantee.').waitFor();
    expect(await agent.page.locator('a[href*="evil"]').count()).toBe(0);
    expect([...visitor.complaints, ...agent.complaints]).toEqual([]);
  });

  test('a link can be pressed once its answer is complete and checked', async () => {
    const streamed = 'Write to [our team](mailto:help@shop.example) or read [this](https://evil.example).';
    endpoint.script({ answer: `${streamed} You may return almost everything within 30 days of delivery [1].` });
    const goOn = endpoint.holdAfter(streamed.length);
    const { page } = await openChat(product);
    await ask(page, 'Until when may I send a lamp back?');
    const answer = page.locator('.answer__text');
    await answer.getByText('or read this').waitFor();
    expect(await answer.locator('a').count()).toBe(0);
    goOn();
    await answer.getByRole('link', { name: 'our team' }).waitFor();
    expect(await answer.locator('a[href*="evil"]').count()).toBe(0);
    await answer.getByText('this (evil.example)').waitFor();
  });
});
