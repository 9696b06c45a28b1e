import { expect, test } from 'vitest';
import { storedValue } from './stored-text.ts';

test('texts and names are replaced wherever they are in a value, and nothing else changes', () => {
  const value = { name: 'A\0da', tags: ['x', '\ud83d', '🦩'], 'od\0d': { on: true, count: 1, none: null } };
  expect(storedValue(value)).toEqual({
    ...{ name: 'A\ufffdda', tags: ['x', '\ufffd', '🦩'] },
    'od\ufffdd': { on: true, count: 1, none: null },
  });
});

test('a value whose texts can be stored is returned itself', () => {
  const value = { name: 'Ada', tags: ['🦩'], inner: { text: 'ü\n' } };
  expect(storedValue(value)).toBe(value);
});

test('a key named __proto__ stays a key', () => {
  const value = storedValue(JSON.parse('{"__proto__":{"polluted":"\\u0000"}}'));
  expect(Object.keys(Object(value))).toEqual(['__proto__']);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('a value that is nested ten thousand deep ends no process', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(10_000)}"\\u0000"${']'.repeat(10_000)}`);
  expect(storedValue(deep)).toBe(deep);
});
