/** Watches a page on which attacks are shown: what ran, what was requested, and which elements came from the text. */
import type { Locator, Page } from 'playwright-core';

/** The page's own policy would hide a fault of the rendering, so it is switched off. */
export const WITHOUT_POLICY = { bypassCSP: true };

export interface AttackWatch {
  /** Dialogs that opened, which every attack's script does. */
  readonly dialogs: string[];
  /** Requests to other hosts. None leaves the browser. */
  readonly foreignRequests: string[];
  /** The page's own errors. */
  readonly errors: string[];
}

export async function watchAttacks(page: Page, ownUrl: string): Promise<AttackWatch> {
  const watch: AttackWatch = { dialogs: [], foreignRequests: [], errors: [] };
  const { host } = new URL(ownUrl);
  page.on('pageerror', ({ message }) => watch.errors.push(message));
  page.on('dialog', (dialog) => {
    watch.dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  await page.route(
    (url) => url.host !== host && /^(https?|ftp|wss?):$/.test(url.protocol),
    (route) => {
      watch.foreignRequests.push(route.request().url());
      return route.abort();
    },
  );
  return watch;
}

/** The part of an element that is read. This workspace has no types of the DOM. */
interface Element {
  readonly localName: string;
  /** Of links. */
  readonly protocol?: string;
  getAttributeNames(): string[];
  querySelectorAll(selector: string): Iterable<Element>;
}

/** Every kind of element, attribute and link below `root`, such as `img`, `img[onerror]` and `a javascript:`. */
export function markupKinds(root: Locator): Promise<string[]> {
  return root.evaluateAll((roots: readonly Element[]) => {
    const elements = roots.flatMap((each) => [...each.querySelectorAll('*')]);
    const kinds = elements.flatMap((element) => [
      element.localName,
      ...element.getAttributeNames().map((name) => `${element.localName}[${name}]`),
      ...(element.localName === 'a' ? [`a ${element.protocol}`] : []),
    ]);
    return [...new Set(kinds)];
  });
}

/** The schemes of all links below `root`, without repetition. */
export async function linkSchemes(root: Locator): Promise<string[]> {
  const links = (await markupKinds(root)).filter((kind) => kind.startsWith('a '));
  return links.map((kind) => kind.slice(2, -1)).toSorted();
}
