/** Finds the translations that a page names with `hreflang`. Pure. */
import type { Translation } from '@firstword/shared/article';
import type { HTMLElement } from 'node-html-parser';
import { translationIn } from './language-tag.ts';

/**
 * @param url of the page. It must be among those that it names: some sites name their first page on each page, and all of their pages
 * would be translations of one another.
 */
export function pageTranslation(page: HTMLElement, url: string): Translation | undefined {
  const named = page.querySelectorAll('link[rel=alternate][hreflang]').flatMap((link) => {
    const href = link.getAttribute('href') ?? '';
    const language = link.getAttribute('hreflang') ?? '';
    return URL.canParse(href) && language !== 'x-default' ? [{ address: addressOf(href), language }] : [];
  });
  const addresses = [...new Set(named.map(({ address }) => address))].sort();
  const own = URL.canParse(url) ? named.find(({ address }) => address === addressOf(url)) : undefined;
  const [group] = addresses;
  if (own === undefined || group === undefined || addresses.length < 2) return undefined;
  return translationIn(group, own.language);
}

function addressOf(href: string): string {
  const url = new URL(href);
  url.hash = '';
  return url.href.replace(/\/$/, '');
}
