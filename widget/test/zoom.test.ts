import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';
import { showcase } from './showcase.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

/** Elements that are cut off, covered or off screen. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('[data-firstword]')?.shadowRoot;
    const panel = root?.querySelector<HTMLElement>('.panel');
    if (!root || !panel) return ['there is no panel'];
    const found: string[] = [];
    const name = (element: Element) => element.getAttribute('aria-label') ?? `.${element.className}`;
    const seen = (element: Element) => element.getClientRects().length > 0 && !element.closest('.unseen');
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    const frame = panel.getBoundingClientRect();
    if (frame.left < 0 || frame.top < 0 || frame.right > innerWidth || frame.bottom > innerHeight)
      found.push('the panel leaves the screen');
    for (const element of panel.querySelectorAll<HTMLElement>('*')) {
      if (!seen(element)) continue;
      const { overflowX, textOverflow } = getComputedStyle(element);
      const scrolls = overflowX === 'auto' && element.closest('table, pre, .table') !== null;
      const tooWide = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
      if (tooWide && overflowX !== 'visible' && textOverflow !== 'ellipsis' && !scrolls)
        found.push(`${name(element)} is cut off`);
    }
    // Stacked elements must not overlap.
    const parts = [...panel.children].filter((part) => seen(part) && getComputedStyle(part).position !== 'absolute');
    for (const [at, part] of parts.entries()) {
      const box = part.getBoundingClientRect();
      const next = parts[at + 1]?.getBoundingClientRect();
      if (next && next.height > 0 && box.bottom > next.top + 1) found.push(`${name(part)} lies over what follows`);
      if (box.bottom > frame.bottom + 1) found.push(`${name(part)} is below the end of the panel`);
    }
    for (const button of panel.querySelectorAll('.header button, .composer button, textarea, .pre-chat__start')) {
      if (!seen(button)) continue;
      button.scrollIntoView({ block: 'nearest' });
      const box = button.getBoundingClientRect();
      const top = root.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      if (top === null || !(button.contains(top) || top.contains(button))) found.push(`${name(button)} is covered`);
      if (box.width < 24 || box.height < 24) found.push(`${name(button)} is too small`);
    }
    return found;
  });
}

const screens: [string, BrowserContextOptions][] = [
  ['at 200 % zoom of 1280 × 800', { viewport: { width: 640, height: 400 } }],
  ['at 400 % zoom of 1280 × 1024', { viewport: { width: 320, height: 256 } }],
  ['on the narrowest phone', { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true }],
];

describe.each(screens)('%s', (_, context) => {
  test('no part of an answer, the menu, a file or a hand-off is cut off or covered', async () => {
    const script = { ...showcase, mode: 'demo' as const, uploads: { maxMb: 1, types: ['txt' as const] } };
    await using shown = await visit(browser, { script, context });
    const { page, server } = shown;
    await openPanel(page);
    await page.locator('.attach').waitFor();
    expect(await faults(page)).toEqual([]);
    await ask(page, 'Can I send back what I have not opened, and who pays for it?');
    await page.locator('.actions').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Menu' }).click();
    const items = page.getByRole('menuitem');
    for (const item of await items.all()) {
      await item.scrollIntoViewIfNeeded();
      expect(await item.evaluate((element) => element.getBoundingClientRect().right <= innerWidth)).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.locator('input[type=file]').setInputFiles({
      name: `${'a-very-long-name-'.repeat(5)}.html`,
      mimeType: 'text/html',
      buffer: Buffer.from('x'),
    });
    await page.locator('.upload').waitFor();
    server.setResponder({ responder: 'waiting-agent' });
    await page.locator('.card').waitFor();
    expect(await faults(page)).toEqual([]);
  });

  test('the pre-chat form can be filled in to its end', async () => {
    const question = { label: 'The number of your order, or where you bought it', required: true };
    const script = { preChat: { name: 'required', email: 'required', question } as const };
    await using shown = await visit(browser, { script, context });
    const { page } = shown;
    await openPanel(page);
    const begin = page.getByRole('button', { name: 'Start chat' });
    await begin.click();
    await page.locator('.pre-chat .note--bad').nth(2).waitFor();
    expect(await faults(page)).toEqual([]);
    for (const field of await page.locator('.pre-chat input').all()) await field.fill('visitor@shop.example');
    await begin.click();
    await page.locator('textarea').waitFor();
  });
});

describe('with forced colours', () => {
  const context: BrowserContextOptions = { forcedColors: 'active', colorScheme: 'dark' };
  const focusIsSeen = (page: Page) =>
    page.evaluate(() => {
      const focused = document.activeElement?.shadowRoot?.activeElement;
      if (!focused) return 'nothing has the focus';
      const shows = (element: Element) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && !/, 0\)$/.test(outlineColor);
      };
      // The composer shows the focus of its field around itself.
      const form = focused.closest('.composer');
      if (shows(focused) || (form && shows(form))) return 'seen';
      return `not seen on ${focused.getAttribute('aria-label') ?? focused.className}`;
    });

  test('every control has a border, and the focus is always visible', async () => {
    const script = { ...showcase, uploads: { maxMb: 1, types: ['txt' as const] } };
    await using shown = await visit(browser, { script, context });
    const { page, server } = shown;
    await page.locator('.launcher').waitFor();
    await page.keyboard.press('Tab');
    expect(await focusIsSeen(page)).toBe('seen');
    const edged = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(element);
          return borderTopStyle !== 'none' && borderTopWidth !== '0px' && borderTopColor !== backgroundColor;
        });
    expect(await edged('.launcher')).toBe(true);
    await page.keyboard.press('Enter');
    await page.locator('.attach').waitFor();
    await ask(page, 'Can I send it back?');
    await page.locator('.actions').waitFor();
    server.setResponder({ responder: 'waiting-agent' });
    await page.locator('.card').waitFor();
    for (const part of ['.panel', '.composer', '.composer__button', '.bubble', '.line__field', '.line__button'])
      expect(await edged(part), part).toBe(true);
    const unseen = new Set<string>();
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement != null))
        unseen.add(await focusIsSeen(page));
    }
    expect([...unseen]).toEqual(['seen']);
  });

  test('required fields show their focus, too', async () => {
    await using shown = await visit(browser, { script: { preChat: { name: 'required' } }, context });
    const { page } = shown;
    await openPanel(page);
    await page.getByRole('textbox', { name: 'Your name' }).focus();
    expect(await focusIsSeen(page)).toBe('seen');
    await page.keyboard.press('Tab');
    expect(await focusIsSeen(page)).toBe('seen');
  });
});
