import { expect, test, vi } from 'vitest';
import type { Article } from './article.ts';
import { createIndexBuilder } from './index-builder.ts';
import { createKnowledge } from './knowledge.ts';

// A real thread on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const articles = (count: number): Article[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `article-${index}`,
    title: `Refunds of order kind ${index}`,
    category: '',
    keywords: '',
    url: '',
    body: `Word${index} is refunded within ${index} days. `.repeat(40),
  }));

test('an index built in the thread answers like one built in place', async () => {
  const large = articles(100);
  const { search, version, size, textOf } = await createIndexBuilder().build('v1', large);
  const inPlace = createKnowledge(large);
  expect([version, size, textOf('article-7')]).toEqual([inPlace.version, inPlace.size, large[7]?.body]);
  for (const question of ['When is word7 refunded?', 'refnd of order kind 12', 'nothing of this'])
    expect(search(question, 4)).toEqual(inPlace.search(question, 4));
});

test('stored JSON is accepted, too, and anything but articles is an error', async () => {
  const { build } = createIndexBuilder();
  const stored = articles(100);
  const { size } = await build('v1', Buffer.from(JSON.stringify(stored)));
  expect(size.articles).toBe(100);
  await expect(build('v2', Buffer.from(' '.repeat(30_000)))).rejects.toThrow('JSON');
  await expect(build('v3', Buffer.from('[{}]'))).rejects.toThrow();
});

test('requests for the same version share one index, which is built once', async () => {
  const { build } = createIndexBuilder();
  const [first, second] = await Promise.all([build('v1', articles(3)), build('v1', articles(3))]);
  expect(second).toBe(first);
  expect(await build('v1', [])).toBe(first);
});

test('the event loop runs on while a large index is built', async () => {
  const { build } = createIndexBuilder();
  await build('warm', articles(100)); // the thread starts
  const large = Buffer.from(JSON.stringify(articles(1000)));
  let turns = 0;
  const turn = setInterval(() => {
    turns++;
  }, 1);
  await build('large', large);
  clearInterval(turn);
  expect(turns).toBeGreaterThan(10);
});
