import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const TALL = '<div style="height:4000px">A long page</div>';
const STYLES = [
  'body{filter:grayscale(1)}',
  'body{backdrop-filter:blur(1px)}',
  'body{transform:translateX(0)}',
  'body{translate:0 1px}',
  'body{perspective:500px}',
  'body{contain:paint}',
  'body{contain:strict;height:4000px}',
  'body{container-type:inline-size}',
  'body{will-change:transform}',
  'html{filter:grayscale(1)}',
  'html,body{height:100%;overflow:hidden}',
  'html{zoom:1.25}',
  'body{zoom:0.8}',
  'div::before,div::after{content:"Page";position:fixed;inset:0;display:block!important}',
  '::backdrop{display:block!important;pointer-events:auto!important}',
];

/** The position of an element of the widget, and whether a click in its middle reaches it. */
const at = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const hit = (element.getRootNode() as ShadowRoot).elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return { box: [left, top, right, bottom].map(Math.round), reached: hit !== null && element.contains(hit) };
  });

describe('a style of the page', () => {
  /** Launcher and panel on a long page that is scrolled down. */
  async function positions(body: string) {
    await using shown = await visit(browser, { body, styles: "'unsafe-inline'" });
    const { page } = shown;
    await page.locator('.launcher').waitFor();
    await page.evaluate(() => scrollTo(0, 900));
    const launcher = await at(page, '.launcher');
    await openPanel(page);
    return { launcher, panel: await at(page, '.panel') };
  }
  let plain: Awaited<ReturnType<typeof positions>>;
  beforeAll(async () => {
    plain = await positions(TALL);
  });

  test.each(STYLES)('with %s, launcher and panel have the same position as on a plain page', async (style) => {
    expect(await positions(`<style>${style}</style>${TALL}`)).toEqual(plain);
  });
});

test('a page that is zoomed later keeps the panel in the viewport', async () => {
  await using shown = await visit(browser, { body: '<p>Text</p>' });
  const { page } = shown;
  await openPanel(page);
  const before = await at(page, '.panel');
  await page.evaluate(() => document.body.style.setProperty('zoom', '1.5'));
  await expect.poll(() => at(page, '.panel')).toEqual(before);
});

test('a browser without popovers keeps the widget outside of the body', async () => {
  await using shown = await visit(browser, {
    body: `<style>body{filter:grayscale(1)}</style>${TALL}`,
    styles: "'unsafe-inline'",
    before: 'delete HTMLElement.prototype.showPopover;',
  });
  const { page } = shown;
  await page.locator('.launcher').waitFor();
  expect((await at(page, '.launcher')).box).toEqual([1204, 724, 1260, 780]);
  await page.evaluate(`document.body.replaceWith(document.createElement('body'))`);
  await openPanel(page);
  expect(await page.locator('html > [data-firstword]').count()).toBe(1);
});

describe('while the page shows a modal dialog', () => {
  const body = `<dialog id="one"><input id="field"><div id="inner"></div></dialog><div id="away"><dialog id="two">Two</dialog></div>`;
  const run = (page: Page, script: string) => page.evaluate(`{ ${script} } 0`);

  test('the chat can be opened, typed in and closed, and the dialog stays open', async () => {
    await using shown = await visit(browser, { body });
    const { page, server } = shown;
    await page.locator('.launcher').waitFor();
    await run(page, 'one.showModal()');
    await openPanel(page);
    await page.click('.composer textarea');
    await page.keyboard.type('hello');
    await page.keyboard.press('Enter');
    await page.locator('.actions').waitFor();
    expect(server.messages[0]?.text).toBe('hello');
    await page.locator('.composer textarea').focus();
    await page.keyboard.press('Escape');
    await page.locator('.panel').waitFor({ state: 'hidden' });
    expect(await page.evaluate('one.open')).toBe(true);
    await run(page, 'one.close()');
    await expect.poll(() => page.locator('body > [data-firstword]').count()).toBe(1);
    await openPanel(page);
  });

  test('a second dialog on top, and one that is removed while open, keep the chat and its draft', async () => {
    await using shown = await visit(browser, { body });
    const { page } = shown;
    await openPanel(page);
    await page.fill('.composer textarea', 'half a sentence');
    await run(page, 'one.showModal(); two.showModal()');
    await page.click('.composer textarea');
    await page.keyboard.press('End');
    await page.keyboard.type(' more');
    await run(page, 'away.remove()');
    await expect.poll(() => page.locator('#one > [data-firstword]').count()).toBe(1);
    await page.click('.composer textarea');
    await page.keyboard.press('End');
    await page.keyboard.type('.');
    await run(page, 'one.remove()');
    await expect.poll(() => page.locator('body > [data-firstword]').count()).toBe(1);
    await page.click('.composer textarea');
    expect(await page.inputValue('.composer textarea')).toBe('half a sentence more.');
    expect(await page.locator('[data-firstword]').count()).toBe(1);
  });

  test('a library that makes all other elements inert does not affect the chat', async () => {
    await using shown = await visit(browser, { body: '<div id="modal">A dialog of a library</div>' });
    const { page } = shown;
    await page.locator('.launcher').waitFor();
    await page.evaluate(() => {
      for (const child of document.body.children)
        for (const name of ['inert', 'aria-hidden', 'hidden'])
          if (child.id !== 'modal') child.setAttribute(name, 'true');
    });
    await openPanel(page);
    await page.click('.composer textarea');
    await page.keyboard.type('hello');
    expect(await page.getByRole('textbox', { name: 'Write a message' }).inputValue()).toBe('hello');
  });

  test('a dialog in the shadow root of a web component does not affect the chat, and Escape leaves it open', async () => {
    await using shown = await visit(browser, { body: '<div id="component"></div>' });
    const { page } = shown;
    await page.locator('.launcher').waitFor();
    await run(
      page,
      `const root = component.attachShadow({ mode: 'open' });
       root.innerHTML = '<dialog><input></dialog>';
       root.querySelector('dialog').showModal();`,
    );
    await openPanel(page);
    await page.fill('.composer textarea', 'typed');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem').first().waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await page.locator('.panel').waitFor({ state: 'hidden' });
    expect(await page.locator('dialog[open]').count()).toBe(1);
    await run(page, `component.shadowRoot.querySelector('dialog').close()`);
    await expect.poll(() => page.locator('body > [data-firstword]').count()).toBe(1);
    await openPanel(page);
    expect(await page.inputValue('.composer textarea')).toBe('typed');
  });

  test('a dialog that was open before the script ran counts, too', async () => {
    await using shown = await visit(browser, {
      body,
      before: `addEventListener('DOMContentLoaded', () => one.showModal())`,
    });
    const { page } = shown;
    await openPanel(page);
    await page.fill('.composer textarea', 'typed');
    expect(await page.inputValue('.composer textarea')).toBe('typed');
  });
});

describe('a navigation that replaces the body', () => {
  const swap = (page: Page, content = '<p>Two</p>') =>
    page.evaluate((html) => {
      const next = document.createElement('body');
      next.innerHTML = html;
      document.body.replaceWith(next);
    }, content);
  const state = (page: Page) =>
    page.locator('.scroll__box').evaluate((box) => {
      const root = box.getRootNode() as ShadowRoot;
      const field = root.querySelector('textarea');
      return {
        top: Math.round(box.scrollTop),
        focus: root.activeElement?.tagName,
        selection: [field?.selectionStart, field?.selectionEnd],
        newMessages: root.querySelector('.new-messages') !== null,
      };
    });

  test('keeps the scroll position, the focus, the selection and the half-written text', async () => {
    await using shown = await visit(browser, {
      script: { answer: 'A long answer with many words. '.repeat(40), pieceLength: 400 },
    });
    const { page } = shown;
    await openPanel(page);
    for (let count = 1; count <= 3; count += 1) {
      await ask(page, 'Hello');
      await page
        .locator('.actions')
        .nth(count - 1)
        .waitFor();
    }
    await page.fill('textarea', 'half a sentence');
    await page.locator('textarea').evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 7));
    const atEnd = await state(page);
    await swap(page);
    await expect.poll(() => state(page)).toEqual(atEnd);
    // The position is known at once, but the event comes with the next frame.
    await page.locator('.scroll__box').evaluate(async (box) => {
      const scrolled = new Promise((resolve) => box.addEventListener('scroll', resolve, { once: true }));
      box.scrollTop = 300;
      await scrolled;
    });
    expect((await state(page)).top).toBe(300);
    const reading = await state(page);
    await swap(page);
    await page.evaluate('document.body.innerHTML = "<p>Three</p>"');
    await expect.poll(() => state(page)).toEqual(reading);
    await page.keyboard.type('X');
    expect(await page.inputValue('textarea')).toBe('half Xsentence');
  });

  test('leaves the focus on a field of the new page that received it', async () => {
    await using shown = await visit(browser);
    const { page } = shown;
    await openPanel(page);
    await page.focus('textarea');
    await page.evaluate(() => {
      const next = document.createElement('body');
      next.innerHTML = '<input id="search">';
      document.body.replaceWith(next);
      document.getElementById('search')?.focus();
    });
    await page.locator('.panel').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
  });
});
