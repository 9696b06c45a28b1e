import { schemeColours } from '@firstword/shared/theme';
import { sharedBrowser } from '@firstword/testing/browser';
import { expect, test } from 'vitest';
import { openPanel, visit } from './browser.ts';

test("a site's corners, font and colours apply in both schemes under a strict content policy", async () => {
  const browser = await sharedBrowser();
  const accent = '#7a1fa2';
  const theme = {
    radius: 2,
    font: 'serif' as const,
    light: schemeColours(accent, 'light', { surface: '#fdf6e3' }),
    dark: schemeColours(accent, 'dark', { surface: '#002b36' }),
  };
  await using shown = await visit(browser, { script: { accent, theme }, context: { colorScheme: 'light' } });
  const { page, complaints } = shown;
  await openPanel(page);
  const panel = page.getByRole('dialog');
  const look = () =>
    panel.evaluate((element) => {
      const { backgroundColor, borderTopLeftRadius, fontFamily } = getComputedStyle(element);
      return [backgroundColor, borderTopLeftRadius, fontFamily.slice(0, 8)];
    });
  await expect.poll(look).toEqual(['rgb(253, 246, 227)', '2px', 'ui-serif']);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(look).toEqual(['rgb(0, 43, 54)', '2px', 'ui-serif']);
  expect(complaints).toEqual([]);
});

test('with data-accent the launcher has the colour of the site in every frame, before and after the chat connects', async () => {
  const browser = await sharedBrowser();
  const accent = '#7a1fa2';
  await using shown = await visit(browser, {
    script: { accent },
    attributes: `data-accent="${accent}"`,
    before: `window.seen = []; requestAnimationFrame(function look() {
      const launcher = document.querySelector('[data-firstword]')?.shadowRoot?.querySelector('.launcher');
      if (launcher) window.seen.push(getComputedStyle(launcher).backgroundColor);
      requestAnimationFrame(look);
    });`,
  });
  const { page, server } = shown;
  await page.locator('.launcher').waitFor();
  expect(server.handshakes).toEqual([]);
  await page.evaluate(`firstword('open')`);
  await page.locator('.empty__greeting').waitFor();
  expect(await page.evaluate('[...new Set(window.seen)]')).toEqual(['rgb(122, 31, 162)']);
});
