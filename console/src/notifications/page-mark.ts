/** Shows a count in the page's title and a dot on its icon. */

export interface PageMark {
  show(count: number): void;
}

const DOT = '<circle cx="24" cy="8" r="8" fill="#c62f2f" stroke="#fff" stroke-width="2"/></svg>';

/** @param page its title and icon are read once, as they are without a mark */
export function createPageMark(page: Document): PageMark {
  const { title } = page;
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

  return {
    show(count) {
      if (count === shown) return;
      shown = count;
      page.title = count > 0 ? `(${count}) ${title}` : title;
      showIcon().catch(() => {
        marked = undefined; // the count in the title is enough
      });
    },
  };
}
