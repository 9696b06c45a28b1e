import type { SavedView } from '@firstword/shared/saved-view';
import { expect, test } from 'vitest';
import { createSavedViews } from './saved-views.ts';

const legal: SavedView = { id: 'v-1', name: 'Legal', list: 'tickets', filter: { view: 'open', reason: 'legal' } };

/** @param countOf what the server counts in the view; it stops counting at a thousand */
async function openViews(countOf = 0) {
  let stored = [legal];
  const views = createSavedViews({
    readViews: async () => ({ ok: true, value: { views: stored } }),
    countViews: async () => ({ ok: true, value: { counts: { [legal.id]: countOf } } }),
    async saveView(view) {
      stored = [...stored, { ...view, id: 'v-2' }];
      return { ok: true, value: undefined };
    },
    async removeView(id) {
      stored = stored.filter((view) => view.id !== id);
      return { ok: true, value: undefined };
    },
  });
  await views.load();
  return views;
}

test('a deleted view comes back with its name and filters', async () => {
  const views = await openViews();
  await views.remove(legal);
  expect(views.views.value).toEqual([]);
  expect(views.removed.value).toEqual(legal);
  await views.undoRemove();
  expect(views.views.value).toEqual([{ ...legal, id: 'v-2' }]);
  expect(views.removed.value).toBeUndefined();
});

test('a deletion can be undone only until the menu is opened again', async () => {
  const views = await openViews();
  await views.remove(legal);
  await views.load();
  await views.undoRemove();
  expect(views.views.value).toEqual([]);
});

test.each([
  [999, '999'],
  [1000, '999+'],
])('a view with %d entries shows %s', async (count, text) => {
  const views = await openViews(count);
  await views.count();
  expect(views.countText(legal.id)).toBe(text);
  expect(views.countText('another')).toBe('');
});
