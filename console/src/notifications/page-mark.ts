/** The title of the browser's tab: what it shows, with a count of what is new, which also puts a dot on its icon. */

export interface PageMark {
  show(count: number): void;
  /** @param part of the product that the tab shows; undefined: none by itself */
  name(part: string | undefined): void;
}

const DOT = '<circle cx="24" cy="8" r="8" fill="#c62f2f" stroke="#fff" stroke-width="2"/></svg>';

/**
 * @param page its icon is read once, as it is without a mark
 * @param product its title
 */
export function createPageMark(page: Document, product: string): PageMark {
  let title = product;
  const icon = page.querySelector<HTMLLinkElement>('link[rel=icon]');
  const plain = icon?.href;
  let marked: Promise<string> | undefined;
  let shown = 0;

  /** A picture that is drawn as an icon can load no other, so the dot is added to the source of the icon. */
  const drawMarked = async (href: string) => {
    const source = await (await fetch(href)).text();
    return `data:image/svg+xml,${encodeURIComponent(source.replace('</svg>', DOT))}`;
  };
  const showIcon = async () => {
    if (icon === null || plain === undefined) return;
    marked ??= drawMarked(plain);
    const href = shown > 0 ? await marked : plain;
    // The count may have changed while the icon was loaded.
    if (shown > 0 === (href !== plain)) icon.href = href;
  };

  const showTitle = () => {
    page.title = shown > 0 ? `(${shown}) ${title}` : title;
  };

  return {
    name(part) {
      title = part === undefined ? product : `${part} · ${product}`;
      showTitle();
    },
    show(count) {
      if (count === shown) return;
      shown = count;
      showTitle();
      showIcon().catch(() => {
        marked = undefined; // the count in the title is enough
      });
    },
  };
}
