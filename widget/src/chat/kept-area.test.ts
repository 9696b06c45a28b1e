import { expect, test } from 'vitest';
import { createKeptArea } from './kept-area.ts';

function storageOf(values = new Map<string, string>()) {
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
  return { values, storage: storage as unknown as Storage };
}

test.each([
  [
    'throws',
    () => {
      throw new DOMException('denied', 'SecurityError');
    },
  ],
  ['is null', () => null],
  ['stores nothing', () => ({ getItem: () => null, setItem: () => {}, removeItem: () => {} }) as unknown as Storage],
])('where storage %s, values live in memory', (_, storage) => {
  const area = createKeptArea(storage);
  expect(area.get('a')).toBeUndefined();
  area.set('a', '1');
  area.refresh('a');
  expect([area.get('a'), area.latest('a')]).toEqual(['1', '1']);
  area.set('a', undefined);
  expect([area.get('a'), area.latest('a')]).toEqual([undefined, undefined]);
});

test('a full storage keeps no earlier value', () => {
  const { storage, values } = storageOf(new Map([['a', 'old']]));
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  const area = createKeptArea(() => storage);
  area.set('a', 'new');
  expect(area.get('a')).toBe('new');
  expect(values.has('a')).toBe(false);
});

test('a value that the page clears stays until another tab is followed', () => {
  const { storage, values } = storageOf();
  const area = createKeptArea(() => storage);
  area.set('a', '1');
  values.clear();
  expect(area.get('a')).toBe('1');
  values.set('a', '2');
  expect([area.get('a'), area.latest('a')]).toEqual(['1', '2']);
  area.refresh('a');
  expect(area.get('a')).toBe('2');
});
