import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';
import { showcase } from './showcase.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const HOSTILE = `<style>
  html { font-size: 40px; letter-spacing: 4px; visibility: hidden; }
  body { color: red; font: italic 40px/3 fantasy; text-transform: uppercase; word-spacing: 9px; cursor: crosshair;
    text-align: right; white-space: pre; user-select: none; pointer-events: none; text-indent: 50px; quotes: none; }
  body * { transform: rotate(3deg) !important; box-sizing: content-box !important;
    transition: all 9s !important; border: 3px dashed red !important; opacity: 0.5 !important; zoom: 1.3 !important;
    --ink: red !important; --surface: lime !important; --accent: blue !important; --line: red !important; }
  * { direction: rtl !important; }
  div, section { display: none !important; position: static !important; z-index: -1 !important; }
  button, textarea, p, ol, ul, li, h2, a, svg, path, form, span { all: unset !important; color: red !important; }
  [data-firstword] { inset: 0 !important; filter: blur(4px) !important; }
  :focus, :focus-visible { outline: 9px solid red !important; }
</style>`;

/** The computed styles of every element of the widget, one line for each property. */
function computedStyles(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('[data-firstword]')?.shadowRoot;
    return [...(root?.querySelectorAll('*') ?? [])].flatMap((element, at) => {
      const style = getComputedStyle(element);
      const { x, y, width, height } = element.getBoundingClientRect();
      const name = `${at} ${element.tagName} ${element.className}`;
      // Browsers order custom properties differently.
      const values = [...style].sort().map((property) => `${name} ${property}: ${style.getPropertyValue(property)}`);
      return [`${name} is at ${x} ${y} ${width} ${height}`, ...values];
    });
  });
}

async function drawn(body: string): Promise<string[]> {
  await using shown = await visit(browser, { body, styles: "'unsafe-inline'" });
  const { page, server } = shown;
  await page.locator('.launcher').waitFor();
  const closed = await computedStyles(page);
  await page.evaluate(`firstword('open')`);
  await page.locator('.empty__greeting').waitFor();
  // The parts that are loaded once the panel is open have arrived.
  await page.locator('.home-button').waitFor();
  const opened = await computedStyles(page);
  server.sendMessage({ from: 'visitor', text: 'Can I send it back?' });
  server.sendMessage({ from: 'assistant', text: showcase.answer, citations: showcase.citations, turnId: 'turn' });
  server.sendMessage({ from: 'agent', text: 'Good morning.', agent: { name: 'An agent' } });
  await page.locator('.agent').waitFor();
  // The list follows the newest message.
  const belowView = () =>
    page.locator('.scroll__content').evaluate((content) => {
      const box = content.parentElement;
      return box === null ? 0 : Math.round(box.scrollHeight - box.scrollTop - box.clientHeight);
    });
  await expect.poll(belowView).toBeLessThan(2);
  return [...closed, ...opened, ...(await computedStyles(page))];
}

test("a page's hostile styles do not change any element", async () => {
  const calm = await drawn('');
  const hostile = await drawn(HOSTILE);
  expect(calm.length).toBeGreaterThan(10_000);
  expect(hostile.filter((line, at) => line !== calm[at]).slice(0, 20)).toEqual([]);
  expect(hostile).toHaveLength(calm.length);
});

test("without adopted style sheets the style elements carry the page's nonce", async () => {
  await using shown = await visit(browser, {
    script: showcase,
    attributes: 'data-nonce="n"',
    styles: "'nonce-n'",
    before: 'delete ShadowRoot.prototype.adoptedStyleSheets; delete Document.prototype.adoptedStyleSheets;',
  });
  const { page, complaints } = shown;
  await openPanel(page);
  await ask(page, 'Can I send it back?');
  await page.locator('.actions').waitFor();
  expect(complaints).toEqual([]);
  const looks = await page.locator('.panel').evaluate((panel) => {
    const { borderRadius, display } = getComputedStyle(panel);
    return [borderRadius, display, (panel.getRootNode() as ShadowRoot).querySelectorAll('style').length > 0];
  });
  expect(looks).toEqual(['14px', 'flex', true]);
});

test('the widget adds exactly one global name', async () => {
  await using shown = await visit(browser, { before: 'window.before = Object.keys(window)' });
  const { page } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  const fresh = await page.evaluate(
    `Object.keys(window).filter((name) => !window.before.includes(name) && name !== 'before')`,
  );
  expect(fresh).toEqual(['firstword']);
});

const swaps: [string, string][] = [
  ['swaps the body', 'document.body.replaceWith(next)'],
  ['empties the body', 'document.body.replaceChildren()'],
  [
    'replaces the whole document, as hydration does',
    `const html = document.createElement('html');
     html.append(document.createElement('head'), next);
     document.replaceChild(html, document.documentElement)`,
  ],
  [
    'brings back a copy that it kept',
    'next.append(document.querySelector("[data-firstword]").cloneNode(true)); document.body.replaceWith(next)',
  ],
];
test.each(swaps)('a navigation that %s keeps one open widget, its draft and the running answer', async (_, swap) => {
  await using shown = await visit(browser, { script: { pieceMs: 20, answer: 'One two three four five six seven.' } });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.answer__text').waitFor();
  await page.fill('textarea', 'A draft');
  // As frameworks do: the script element is inserted again and runs again.
  await page.evaluate(`
    const next = document.createElement('body');
    ${swap};
    const script = document.createElement('script');
    script.nonce = 'n';
    script.src = '/widget.js';
    script.dataset.site = 'acme';
    document.body.append(script);
    new Promise((done) => script.addEventListener('load', done));
  `);
  await page.locator('.actions').waitFor();
  expect(await page.locator('[data-firstword]').count()).toBe(1);
  expect(await page.getByRole('dialog').isVisible()).toBe(true);
  expect(await page.inputValue('textarea')).toBe('A draft');
  expect(await page.locator('.answer__text').textContent()).toBe('One two three four five six seven.');
  expect(server.handshakes).toHaveLength(1);
  await page.evaluate(`firstword('shutdown')`);
  await expect.poll(() => page.locator('[data-firstword]').count()).toBe(0);
  await page.evaluate('document.body.replaceChildren()');
  expect(await page.locator('[data-firstword]').count()).toBe(0);
});
