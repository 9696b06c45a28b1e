import type { Article } from '@firstword/shared/article';
import { expect, test } from 'vitest';
import { createArticleController } from './article-controller.ts';

const refund: Article = {
  id: 'refund',
  title: 'Refunds',
  category: 'Money',
  keywords: 'cash',
  url: '',
  body: 'Nine days.',
};

function openArticles() {
  const calls: string[] = [];
  const done = async (call: string, value: unknown = {}) => {
    calls.push(call);
    return { ok: true as const, value };
  };
  const controller = createArticleController(
    {
      readArticles: async () => ({
        ok: true,
        value: { articles: [{ id: 'refund', title: 'Refunds', sourceId: 's1', hidden: false }] },
      }),
      readArticle: async () => ({
        ok: true,
        value: { ...refund, alsoIn: [{ id: 'refund-de', title: 'Erstattung', language: 'de' }] },
      }),
      writeArticle: (site, article) => done(`write ${site} ${JSON.stringify(article)}`),
      removeArticle: (site, id) => done(`remove ${site} ${id}`),
      restoreArticle: (site, id) => done(`restore ${site} ${id}`),
    },
    () => 'shop',
    () => calls.push('changed'),
  );
  return { controller, calls };
}

test('an edited article keeps what the form does not show', async () => {
  const { controller, calls } = openArticles();
  await controller.edit('refund');
  await controller.save({ id: 'refund', title: 'Refunds', url: '', body: 'Ten days.' });
  expect(calls).toEqual([`write shop ${JSON.stringify({ ...refund, body: 'Ten days.' })}`, 'changed']);
  expect(controller.edited.value).toBeUndefined();
});

test('a new article never replaces one that has its id', async () => {
  const { controller, calls } = openArticles();
  await controller.load();
  controller.create();
  await controller.save({ id: 'refund', title: 'Other', url: '', body: 'Text.' });
  expect(calls).toEqual([]);
  expect(controller.failure.value).toContain('“refund”');
  expect(controller.edited.value).toBe('new');
});

test('undoing a deletion restores an imported article, and writes one again that no source has', async () => {
  const { controller, calls } = openArticles();
  await controller.remove('refund', false);
  expect(controller.deleted.value).toEqual({ id: 'refund', title: 'Refunds' });
  await controller.undo();
  await controller.remove('refund', true);
  await controller.undo();
  const changes = calls.filter((call) => call !== 'changed');
  expect(changes).toEqual([
    'remove shop refund',
    'restore shop refund',
    'remove shop refund',
    `write shop ${JSON.stringify(refund)}`,
  ]);
  expect(controller.deleted.value).toBeUndefined();
});
