import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

/** Replaces text nodes as the page translation of Chrome and Edge does, also in open shadow roots. */
const translate = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector('[data-firstword]')?.shadowRoot;
    if (!root) throw new Error('there is no widget');
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    while (walker.nextNode()) if (walker.currentNode instanceof Text) nodes.push(walker.currentNode);
    for (const node of nodes) {
      if (node.data.trim() === '' || node.parentElement?.closest('font, style, textarea')) continue;
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.textContent = `«${node.data}»`;
      outer.append(inner);
      node.replaceWith(outer);
    }
  });
const text = (page: Page, selector: string) => page.locator(selector).innerText();

test('on a translated page, changed text is still shown, once', async () => {
  await using shown = await visit(browser, {
    script: { pieceMs: 30, answer: 'One two **three** four.\n\nFive six seven eight.' },
  });
  const { page, server, complaints } = shown;
  await openPanel(page);
  await translate(page);
  await ask(page, 'Hello');
  await page.locator('.answer__text').waitFor();
  await translate(page);
  await page.locator('.actions').waitFor();
  expect((await text(page, '.answer__text')).replaceAll(/[«»]/g, '').replaceAll(/\s+/g, ' ').trim()).toBe(
    'One two three four. Five six seven eight.',
  );
  server.setResponder({ responder: 'waiting-agent', label: 'Someone will reply.' });
  await page.locator('.card').waitFor();
  expect(await text(page, '.header__who')).toBe('Our team will reply here');
  await translate(page);
  server.setResponder({ responder: 'waiting-agent', label: 'Someone will reply by noon.' });
  await page.locator('.card__text').getByText('Someone will reply by noon.', { exact: true }).waitFor();
  server.setResponder({ responder: 'agent', agent: { name: 'Sam', online: true } });
  server.sendMessage({ from: 'agent', text: 'Hello', agent: { name: 'Sam' } });
  await page.locator('.agent').waitFor();
  expect(await text(page, '.header__who')).toBe('Chatting with Sam');
  await translate(page);
  server.setResponder({ responder: 'closed' });
  await page.locator('.header__who').getByText('This conversation is closed', { exact: true }).waitFor();
  server.script.refuseConnection = { code: 'draining' };
  server.cut();
  await page.locator('.banner').waitFor();
  await translate(page);
  server.script.refuseConnection = { code: 'session-expired' };
  await page.locator('.banner').getByText('Your previous conversation has expired.').waitFor();
  expect(complaints).toEqual([]);
});

test('custom properties of the page affect neither the theme nor the size of the panel', async () => {
  const looks = async (style: string) => {
    await using shown = await visit(browser, {
      script: { theme: { font: 'serif' }, uploads: { maxMb: 1, types: ['txt'] } },
      body: `<style>${style}</style>`,
      styles: "'unsafe-inline'",
    });
    const { page } = shown;
    await openPanel(page);
    await page.locator('.attach').waitFor();
    return await page.locator('.panel').evaluate((panel) =>
      [panel, ...panel.querySelectorAll('.composer, .tool, .attach, .composer__button')].map((element) => {
        const { borderRadius, blockSize, insetBlockStart, color } = getComputedStyle(element);
        return [element.className, borderRadius, blockSize, insetBlockStart, color];
      }),
    );
  };
  const names = ['radius', 'visible-height', 'visible-top', 'accent', 'ink', 'surface', 'ease', 'shadow'];
  expect(await looks(`:root { ${names.map((name) => `--${name}: 99px;`).join(' ')} }`)).toEqual(await looks(''));
});

test('every custom property that a style uses is set by the widget', async () => {
  await using shown = await visit(browser, { script: { theme: { radius: 4 } } });
  const { page } = shown;
  await openPanel(page);
  const missing = await page.evaluate(() => {
    const root = document.querySelector('[data-firstword]')?.shadowRoot;
    const sheets = [...(root?.adoptedStyleSheets ?? [])];
    const css = sheets.flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText)).join('\n');
    const own = new Set([...css.matchAll(/(--[a-z-]+):/g)].map(([, name]) => name));
    for (const name of root?.querySelector('section')?.style ?? []) own.add(name);
    return [...new Set([...css.matchAll(/var\((--[a-z-]+)/g)].map(([, name]) => name))].filter(
      (name) => !own.has(name),
    );
  });
  expect(missing).toEqual([]);
});

test('times follow the server clock, also while the panel stays open', async () => {
  for (const wrongMs of [0, -2 * 3_600_000, 26 * 3_600_000]) {
    await using shown = await visit(browser);
    const { page, server } = shown;
    await page.clock.install({ time: Date.now() + wrongMs });
    await page.reload();
    await openPanel(page);
    server.sendMessage({ from: 'agent', text: 'Good morning' });
    const time = page.locator('.agent .time');
    await time.getByText('now', { exact: true }).waitFor();
    await page.clock.fastForward('25:00');
    await time.getByText('25 min. ago', { exact: true }).waitFor();
    expect(await time.count()).toBe(1);
    server.cut();
    await page
      .getByRole('button', { name: 'Reconnect' })
      .or(page.locator('.header__who', { hasText: 'instantly' }))
      .first()
      .waitFor();
    expect(await time.textContent()).toBe('25 min. ago');
  }
});

test('only conversation text counts as new while the visitor has scrolled up', async () => {
  await using shown = await visit(browser, {
    script: { answer: 'A long answer with many words. '.repeat(60), pieceLength: 400 },
  });
  const { page, server } = shown;
  await openPanel(page);
  for (let count = 1; count <= 2; count += 1) {
    await ask(page, 'Hello');
    await page
      .locator('.actions')
      .nth(count - 1)
      .waitFor();
  }
  await page.locator('.scroll__box').evaluate((box) => {
    box.scrollTop = 0;
  });
  await page.getByRole('button', { name: 'Not helpful' }).first().click();
  await page.locator('.reason, form').first().waitFor();
  server.setResponder({ responder: 'waiting-agent', label: 'Someone will reply.' });
  await page.locator('.card').waitFor();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  expect(await page.locator('.new-messages').count()).toBe(0);
  server.sendMessage({ from: 'agent', text: 'Hello' });
  await page.locator('.new-messages').waitFor();
});
