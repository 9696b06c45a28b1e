import { expect, test } from 'vitest';
import { mergeSources } from './site-articles.ts';

const entry = (id: string, hash: string | null = `hash of ${id}`) => ({ id, title: id, hash });
const source = (id: string, ...entries: ReturnType<typeof entry>[]) => ({ id, isManual: false, entries });
const ids = (merged: ReturnType<typeof mergeSources>) => merged.map(({ id, sourceId }) => [id, sourceId]);

test('a source never overwrites an article of another one', () => {
  const merged = mergeSources([source('first-source', entry('a')), source('second-source', entry('a'), entry('b'))]);
  expect(ids(merged)).toEqual([
    ['a', 'first-source'],
    ['second-s/a', 'second-source'],
    ['b', 'second-source'],
  ]);
});

test('what is written or removed by hand outranks what was imported, wherever its source stands', () => {
  const manual = { id: 'manual', isManual: true, entries: [entry('a', 'by hand'), entry('b', null), entry('c')] };
  const merged = mergeSources([manual, source('help', entry('a'), entry('b'))]);
  expect(merged.map(({ id, hash, sourceId }) => [id, hash, sourceId])).toEqual([
    ['a', 'by hand', 'manual'],
    ['b', null, 'manual'],
    ['c', 'hash of c', 'manual'],
  ]);
});
