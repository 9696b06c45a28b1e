import { expect, test } from 'vitest';
import { createDrafts } from './drafts.ts';

function memoryStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

test('a draft is kept for its ticket and forgotten when sent', () => {
  const drafts = createDrafts(memoryStorage());
  drafts.write('t1', { text: 'Hello', runId: 'r1' });
  drafts.write('t2', { text: 'Other' });
  expect(drafts.read('t1')).toEqual({ text: 'Hello', runId: 'r1' });
  drafts.clear('t1');
  expect(drafts.read('t1')).toBeUndefined();
  expect(drafts.read('t2')).toEqual({ text: 'Other' });
});

test.each(['{', 'null', '[]', '{"text":3}'])('a stored draft that reads %s counts as none', (json) => {
  const storage = memoryStorage();
  storage.items.set('firstword-draft:t1', json);
  expect(createDrafts(storage).read('t1')).toBeUndefined();
});

test('a full storage is no reason to fail', () => {
  const full = {
    ...memoryStorage(),
    setItem: () => {
      throw new Error('quota');
    },
  };
  expect(() => createDrafts(full).write('t1', { text: 'Hello' })).not.toThrow();
});
