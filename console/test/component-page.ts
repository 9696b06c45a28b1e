/** Builds the page of the components, opens it in a browser, and checks what is drawn. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CDPSession, Page } from 'playwright-core';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Pictures to look at, if this is set. They are not compared, because fonts differ between machines. */
const wantsPictures = process.env['COMPONENT_PICTURES'] !== undefined;
const PICTURES = path.join(root, '../.tsbuild/pictures/components');
/** No server has this name: requests are answered from memory. */
export const ORIGIN = 'http://components.localhost';

/** The built files by path. */
export async function buildComponents(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const built = await build({
    configFile: path.join(root, 'vite.config.ts'),
    build: { write: false, emptyOutDir: false, rolldownOptions: { input: path.join(root, 'components/index.html') } },
  });
  const outputs = Array.isArray(built) ? built : 'output' in built ? [built] : [];
  return new Map(
    outputs.flatMap(({ output }) =>
      output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
    ),
  );
}

export async function serveFromMemory(page: Page, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const body = files.get(pathname);
    const type = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }[
      path.extname(pathname)
    ];
    if (body === undefined || type === undefined) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ contentType: type, body: typeof body === 'string' ? body : Buffer.from(body) });
  });
}

/** In both color schemes. Does nothing unless pictures are wanted: to take them costs more than to check the page. */
export async function takePictures(page: Page, name: string): Promise<void> {
  if (!wantsPictures) return;
  await mkdir(PICTURES, { recursive: true });
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path.join(PICTURES, `${name}-${colorScheme}.png`), fullPage: true });
  }
}

/** Draws every control as if the pointer were on it, or as if it had the focus of the keyboard; until the page is left. */
export async function forceStates(page: Page, states: readonly ('hover' | 'focus' | 'focus-visible')[]): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root: document } = await session.send('DOM.getDocument');
  const { nodeIds } = await session.send('DOM.querySelectorAll', {
    nodeId: document.nodeId,
    selector: '.samples :is(a, button, input, select, textarea):not([data-tip])',
  });
  const force = (nodeId: number) =>
    session.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses: [...states] }).catch((error: unknown) => {
      // Some controls show for a moment only.
      if (!String(error).includes('Could not find node')) throw error;
    });
  await Promise.all(nodeIds.map(force));
}

/** Faults of the layout, each with its sample: what is wider than the page, cut off without an ellipsis, or on top of a control. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults = new Set<string>();
    const all = [...document.querySelectorAll<HTMLElement>('.samples *')].filter((element) =>
      element.checkVisibility(),
    );
    const note = (fault: string, element: Element) => {
      const sample = element.closest<HTMLElement>('[data-sample]')?.dataset['sample'] ?? '–';
      faults.add(`${sample}: ${fault}: ${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`);
    };
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      !element.matches('.samples') &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    /** Without what its scrolling ancestors don't show. */
    const shownPart = (element: Element) => {
      let { left, right, top, bottom } = element.getBoundingClientRect();
      for (let around = element.parentElement; around !== null; around = around.parentElement) {
        if (getComputedStyle(around).overflowY === 'visible') continue;
        const box = around.getBoundingClientRect();
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
        [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
      }
      return { left, right, top, bottom };
    };
    const pageWidth = document.documentElement.clientWidth;
    const controls = all.filter((element) => element.matches('a, button, input, select, textarea'));
    for (const element of all) {
      const { left, right, width } = element.getBoundingClientRect();
      const isHidden = element.matches('.visually-hidden, .visually-hidden *, .dots, svg *');
      if (isHidden || width <= 1) continue;
      const inScroller = scrolls(element.parentElement);
      if (!inScroller && (right > pageWidth + 1 || left < -1)) note('wider than the page', element);
      const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(element);
      const isField = element.matches('input, select, textarea');
      const isCut = overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1;
      if (isCut && !isField && textOverflow !== 'ellipsis' && webkitLineClamp === 'none') note('cut off', element);
      const isLow = overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2;
      if (isLow && !isField && webkitLineClamp === 'none') note('lower than its text', element);
    }
    for (const [index, one] of controls.entries())
      for (const other of controls.slice(index + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        const [a, b] = [shownPart(one), shownPart(other)];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 1) note('on top of another control', one);
      }
    return [...faults];
  });
}
