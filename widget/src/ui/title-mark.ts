/** Shows the unread count in the page's title, and keeps the page's own changes to it. */
export interface TitleMark {
  show(count: number): void;
}

export function createTitleMark(page: { title: string }): TitleMark {
  let mark = '';
  return {
    show(count) {
      // The page may have set a new title; then the mark is gone already.
      const plain = mark !== '' && page.title.startsWith(mark) ? page.title.slice(mark.length) : page.title;
      mark = count > 0 ? `(${count}) ` : '';
      if (page.title !== mark + plain) page.title = mark + plain;
    },
  };
}
