/** What tests see of a list of which only a part is in the document. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** In the page: the id of the first row that is visible in the box. */
export function rowAtTop(box: Element): string | undefined {
  const { top } = box.getBoundingClientRect();
  const row = [...box.querySelectorAll<HTMLElement>('.row')].find(
    (each) => each.getBoundingClientRect().bottom > top + 1,
  );
  return row?.dataset['conversation'] ?? row?.dataset['ticket'];
}

/** In the page: how far the row with this id is below the top of the box; undefined while it is not in the document. */
export function distanceOf(box: Element, id: string): number | undefined {
  const row = box.querySelector(`[data-conversation="${id}"], [data-ticket="${id}"]`);
  return row === null ? undefined : Math.round(row.getBoundingClientRect().top - box.getBoundingClientRect().top);
}

/** Scrolls on as pages come, until `end` is there. */
export async function scrollToEnd(list: Locator, end: Locator): Promise<void> {
  await expect
    .poll(async () => {
      await list.evaluate((box) => box.scrollTo({ top: box.scrollHeight }));
      return end.isVisible();
    })
    .toBe(true);
}
